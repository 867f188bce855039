"""The tools that `make test-manifests` installs, and what they render."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]
VALUES = PROJECT / "helm-values"
MANIFESTS = VALUES / "manifests"
TOOLS = PROJECT / "build/manifests/bin"
ENVIRONMENTS = ("dev", "staging", "prod")
PARTS = ("shared", "colour", "routes")
COLOURS = ("blue", "green")

Document = dict[str, Any]

_SCHEMA = PROJECT / "build/manifests/values.schema.json"
_HOW = f"""the values schema of the official Airflow chart 1.22.0 is needed; get it with
  helm repo add apache-airflow https://airflow.apache.org
  helm pull apache-airflow/airflow --version 1.22.0 --untar --untardir build/manifests/chart
  cp build/manifests/chart/airflow/values.schema.json {_SCHEMA}
or name a copy in AIRFLOW_CHART_SCHEMA"""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, with our tools before others, ended; its status is for the caller to look at."""
    environment = {**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    return subprocess.run(
        [*map(str, command)], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


def kustomize(folder: Path) -> str:
    """What `kubectl kustomize` makes of the folder."""
    done = run(TOOLS / "kubectl", "kustomize", folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def rendered(environment: str, colour: str = "blue") -> str:
    """All that an environment applies, as `tools/deploy.sh` and `tools/switch.sh` do."""
    done = [run("tools/manifests.sh", environment, part, colour) for part in PARTS]
    assert not any(each.returncode for each in done), [each.stderr for each in done]
    return "---\n".join(each.stdout for each in done)


@cache
def overlay(environment: str, colour: str = "blue") -> tuple[Document, ...]:
    """The documents of an environment, with one colour active."""
    return tuple(yaml.safe_load_all(rendered(environment, colour)))


def of_kind(documents: tuple[Document, ...], kind: str, namespace: str | None = None) -> list[Document]:
    """Those of one kind, in one namespace or in all."""
    found = [document for document in documents if document["kind"] == kind]
    return [document for document in found if namespace in {None, document["metadata"].get("namespace")}]


def template(chart: Path, environment: str, *more: str | Path) -> subprocess.CompletedProcess[str]:
    """What helm makes of the chart with an environment's values, ended."""
    files = [VALUES / name for name in ("base.yaml", "metrics.yaml", f"{environment}.yaml")]
    given = ["--namespace=documenthor-blue", *(f"--values={path}" for path in files)]
    return run(TOOLS / "helm", "template", "airflow", chart, *given, *more)


def merged(chart: Path, environment: str) -> Document:
    """The values that an environment gives the chart."""
    done = template(chart, environment)
    assert done.returncode == 0, done.stderr
    values = yaml.safe_load(done.stdout)
    assert isinstance(values, dict)
    return values


def chart_schema() -> Path:
    """The chart's own schema; fails, and says how to get it, where there is none."""
    path = Path(os.environ.get("AIRFLOW_CHART_SCHEMA") or _SCHEMA)
    assert path.is_file(), _HOW
    return path
