"""A chart that is only the official schema: helm merges and checks values with it as with the real one.

The real one renders templates in `config` and `extraEnv`; this one does so in all values.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.manifests.support import TOOLS, chart_schema

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the chart; its one template prints the merged values."""
    assert (TOOLS / "helm").is_file(), "helm is not there; run `make test-manifests`"
    folder = tmp_path_factory.mktemp("chart") / "airflow"
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: airflow\nversion: 1.22.0\n", "utf-8")
    (folder / "templates/values.yaml").write_text("{{ tpl (.Values | toYaml) . }}\n", "utf-8")
    shutil.copy(chart_schema(), folder / "values.schema.json")
    return folder
