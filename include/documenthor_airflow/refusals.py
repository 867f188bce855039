"""What a cluster that will not have a pod, or its Secret, means for the task."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from airflow.sdk.exceptions import AirflowRescheduleException
from documenthor.errors import GeneratorError
from documenthor.runtimes.pods import readable

if TYPE_CHECKING:
    from datetime import datetime

    from kubernetes.client import ApiException

# A pod that is on its way out counts until it is gone, which takes some seconds.
_QUOTA_WAIT = timedelta(seconds=20)
_QUOTA = "exceeded quota"
# Others may be the cluster's trouble, which passes, or a pod that was deleted before its Secret was there.
_FINAL = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY})


def refused(what: str, error: ApiException, now: datetime) -> Exception:
    """The exception for the task: to come back later where the quota is used up, else a `GeneratorError`.

    Coming back takes no retry and meanwhile no slot of the pool: who waits for a pod's share of the quota
    must not keep the task from running that frees it.
    """
    answer = _sentence(error)
    if error.status == HTTPStatus.FORBIDDEN and _QUOTA in answer:
        return AirflowRescheduleException(now + _QUOTA_WAIT)  # type: ignore[no-untyped-call]
    text = f"{what} cannot be created ({error.status} {error.reason}: {answer}); see docs/kubernetes.md"
    return GeneratorError("pod", "refused", text, final=error.status in _FINAL)


def _sentence(error: ApiException) -> str:
    """What the cluster says, without its headers."""
    try:
        return readable(str(json.loads(error.body or "{}").get("message") or "it gives no reason"))
    except (ValueError, AttributeError):
        return "its answer cannot be read"
