"""The buttons of a task lead to what it published and to its pod's log, and to web pages alone."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_PUBLISHED = {
    "pull request": "https://github.example/acme/web/pull/7",
    "commit": f"https://github.example/acme/web/commit/{'c' * 40}",
    "commit in a folder": "",
    "nothing": "",
    "it failed": "",
    "no web address": "",
}


def test_links_lead_to_what_was_made(migrated: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.linking"],
        env=environment(migrated) | {"DOCUMENTHOR_RUNTIME": "kubernetes"},
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        **{f"{way}: {case}": to for way in ("commit", "pull_request") for case, to in _PUBLISHED.items()},
        "pod": "https://logs.example/jobs/docgen-1%2F2?tail=1",
        "no pod": "",
        "nowhere": "",
    }
