"""Triggers on a fake cluster's pods, as a triggerer runs them; what each ended with, as JSON.

Airflow reads its environment when it is imported, so this is a process of its own. The cluster is the one
that KUBECONFIG names; the arguments are names of pods.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from documenthor_airflow.watching import PodTrigger
from kubernetes_asyncio.client import ApiException


def trigger(name: str) -> PodTrigger:
    """One that has waited for a minute, the most that it waits for a start being half of that."""
    return PodTrigger(
        pod_name=name,
        pod_namespace="jobs",
        trigger_start_time=datetime.now(UTC) - timedelta(seconds=60),
        base_container_name="base",
        connection_extras={},
        startup_timeout=3600 if name == "turning" else 30,
        poll_interval=0.1,
    )


async def _event(name: str) -> Any:  # noqa: ANN401 - whatever a trigger sends
    # Airflow makes it anew from what was stored, credentials not included.
    path, arguments = trigger(name).serialize()
    assert path == "documenthor_airflow.watching.PodTrigger"
    assert arguments["config_dict"] is None
    async for event in PodTrigger(**arguments).run():
        return event.payload
    raise AssertionError("a trigger ends with an event")


async def _all(names: list[str]) -> dict[str, Any]:
    return dict(zip(names, await asyncio.gather(*map(_event, names)), strict=True))


if __name__ == "__main__":
    found = asyncio.run(_all(sys.argv[1:]))
    answers = {code: trigger("x")._status_of(ApiException(status=code)) for code in (401, 403, 404, 500)}
    print(json.dumps({"events": found, "answers": answers}))
