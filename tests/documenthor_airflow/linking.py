"""What the links of a task lead to, as Airflow asks for them when a task ends; printed by their cases."""

from __future__ import annotations

import json
import os
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docgen.contract import JobSpec
from documenthor.outcomes import Kind, Outcome, skipped
from documenthor_airflow.deployment import deployment

_HUB, _FOLDER = "https://github.example/acme/web.git", "/forge/web"
_COMMIT = Outcome(Kind.COMMITTED, commit="c" * 40, reference="c" * 40)
_PULL = "https://github.example/acme/web/pull/7"
_PUBLISHED = {
    "pull request": (_HUB, Outcome(Kind.PULL_REQUEST, commit="c" * 40, reference=_PULL)),
    "commit": (_HUB, _COMMIT),
    "commit in a folder": (_FOLDER, _COMMIT),
    "nothing": (_HUB, skipped("superseded")),
    "it failed": (_HUB, None),
    "no web address": (_HUB, Outcome(Kind.PULL_REQUEST, reference="javascript:alert(1)")),
}


def _link(task: Any, name: str) -> str:  # noqa: ANN401 - a task
    (link,) = [each for each in task.operator_extra_links if each.name == name]
    found: str = link.get_link(task, ti_key=None)
    return found


def _published(task: Any, url: str, outcome: Outcome | None) -> str:  # noqa: ANN401 - a task
    spec = JobSpec(tenant="local", job="j", repository="web", url=url, commit="0" * 40)
    task.assigned, task.outcome = {"spec": spec.model_dump_json()}, outcome
    return _link(task, "Publication")


def _log(task: Any, template: str, pod: str | None) -> str:  # noqa: ANN401 - a task
    os.environ["DOCUMENTHOR_POD_LOG_URL"] = template
    deployment.cache_clear()
    task.pod = pod and SimpleNamespace(metadata=SimpleNamespace(namespace="jobs", name=pod))
    return _link(task, "Pod log")


def main() -> None:
    """Print them."""
    path = Path(__file__).resolve().parents[2] / "dags" / "documenthor.py"
    dag = runpy.run_path(str(path))["documenthor_local"]
    logs = "https://logs.example/{namespace}/{pod}?tail=1"
    generate = dag.get_task("repository.generate")
    found = {
        **{
            f"{way}: {case}": _published(dag.get_task(f"repository.{way}"), *given)
            for way in ("commit", "pull_request")
            for case, given in _PUBLISHED.items()
        },
        "pod": _log(generate, logs, "docgen-1/2"),
        "no pod": _log(generate, logs, None),
        "nowhere": _log(generate, "", "docgen-1"),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
