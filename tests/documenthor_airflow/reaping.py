"""Three old pods on a fake cluster, of which one is an orphan of the tenant; what is left, as JSON.

Airflow reads its environment when it is imported, so this is a process of its own.
"""

from __future__ import annotations

import json
from typing import Any

from docgen.contract import JobSpec
from documenthor import jobs
from documenthor.outcomes import failed
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.orphans import reap_orphans
from documenthor_airflow.pod_shape import environment_of, labels_of, plain
from kubernetes.client import ApiClient, Configuration, CoreV1Api

from tests.fakes.kubernetes import FakeKubernetes

_OLD = "2026-01-01T00:00:00Z"


def _record() -> None:
    """A job of which `a` has an outcome and `b` has none."""
    database = deployment().database
    request = jobs.JobRequest(repositories=("a", "b"))
    jobs.record(database, tenant="local", request=request, requested_by="t", job_id="reaped", now=now())
    jobs.resolve(database, "reaped", [jobs.Planned(name, _spec("local", name)) for name in "ab"], now())
    jobs.finish(database, "reaped", "a", failed("generate", "x"), now())


def _spec(tenant: str, name: str) -> JobSpec:
    return JobSpec(tenant=tenant, job="reaped", repository=name, url="/r", commit="0" * 40)


def _pod(name: str, spec: JobSpec, created: str) -> dict[str, Any]:
    variables = [plain(each) for each in environment_of(spec.model_dump_json())]
    return {
        "metadata": {
            "name": name,
            "uid": f"uid-of-{name}",
            "labels": labels_of(spec),
            "creationTimestamp": created,
        },
        "spec": {"containers": [{"name": "base", "env": variables}]},
        "status": {"phase": "Running"},
    }


if __name__ == "__main__":
    _record()
    with FakeKubernetes() as cluster:
        for pod in (
            _pod("p0", _spec("local", "a"), _OLD),
            _pod("p1", _spec("local", "b"), now().isoformat()),
            _pod("p2", _spec("other", "a"), _OLD),
        ):
            cluster.objects["pods", pod["metadata"]["name"]] = pod
        client = CoreV1Api(ApiClient(Configuration(host=cluster.url)))
        seen = [each.name for each in reap_orphans("local", client=client)]
        before = len(cluster.of("pods"))
        reap_orphans("local", dry_run=False, client=client)
        after = [pod["metadata"]["name"] for pod in cluster.of("pods")]
    print(json.dumps({"seen": seen, "before": before, "after": after}))
