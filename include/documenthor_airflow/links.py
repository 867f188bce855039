"""Buttons of a task in Airflow's UI: its job's page, what it published, and its pod's log.

Airflow asks for them when a task instance ends, in its own process, and stores the answers as XCom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from airflow.sdk import BaseOperatorLink

from documenthor_airflow.deployment import deployment
from documenthor_airflow.news import job_page

if TYPE_CHECKING:
    from airflow.sdk.types import TaskInstanceKey

_WEB = ("https://", "http://")


class JobLink(BaseOperatorLink):
    """The page of the repository's job."""

    name = "Job"

    def get_link(self, operator: Any, *, ti_key: TaskInstanceKey) -> str:  # noqa: ARG002, ANN401 - Airflow's signature
        """Its address."""
        spec = operator.job_spec
        return job_page(spec.tenant, spec.job)


class PublicationLink(BaseOperatorLink):
    """The pull request or commit, where the forge has a page of it."""

    name = "Publication"

    def get_link(self, operator: Any, *, ti_key: TaskInstanceKey) -> str:  # noqa: ARG002, ANN401 - Airflow's signature
        """Its address; empty where nothing was published or the forge is a folder."""
        outcome, url = operator.outcome, operator.job_spec.url
        if outcome is None:
            return ""
        if outcome.reference.startswith(_WEB):
            return str(outcome.reference)
        is_shown = outcome.commit and url.startswith(_WEB)
        return f"{url.removesuffix('.git')}/commit/{outcome.commit}" if is_shown else ""


class PodLogLink(BaseOperatorLink):
    """Where the deployment keeps its pods' logs, as `DOCUMENTHOR_POD_LOG_URL` says."""

    name = "Pod log"

    def get_link(self, operator: Any, *, ti_key: TaskInstanceKey) -> str:  # noqa: ARG002, ANN401 - Airflow's signature
        """Its address; empty where no pod was made."""
        template, pod = deployment().settings.pod_log_url, operator.pod
        if not template or pod is None:
            return ""
        names = {"namespace": pod.metadata.namespace, "pod": pod.metadata.name}
        return template.format(**{key: quote(name, safe="") for key, name in names.items()})
