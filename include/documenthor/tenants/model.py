"""What a tenant file may say. Its JSON schema is `Tenant.model_json_schema()`."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Literal, Self

from croniter import croniter
from docgen.contract import Options
from pydantic import AfterValidator, Field, model_validator

from documenthor.tenants.cost import Cost
from documenthor.tenants.github import GitHub
from documenthor.tenants.notify import Channel
from documenthor.tenants.pods import Pods
from documenthor.tenants.publishing import Publishing
from documenthor.tenants.section import Section, TimeZone
from documenthor.tenants.trust import Trust

# Airflow's scheduler pays for every mapped index of every run in every loop, and a run has tasks of its own.
MIN_RUN, MAX_RUN = 20, 100
_ROUNDS = 5


class Mode(StrEnum):
    """How documentation is published."""

    COMMIT = "commit"
    PULL_REQUEST = "pull_request"


class LocalForge(Section):
    """A folder of git repositories; a relative `path` starts at `DOCUMENTHOR_HOME`."""

    kind: Literal["local"]
    path: str = "forge"


class Processes(Section):
    """Bounds on one generator of the `process` runtime: wall-clock time and address space in MiB."""

    deadline: timedelta = timedelta(minutes=10)
    memory_mib: int = Field(default=4096, ge=256)


def _cron(expression: str) -> str:
    if not croniter.is_valid(expression):
        raise ValueError(f"{expression!r} is no cron expression such as '0 2 * * *'")
    return expression


Span = Annotated[timedelta, Field(ge=timedelta(seconds=1), le=timedelta(days=7))]


class Schedule(Section):
    """When the nightly run starts: a cron expression in an IANA time zone.

    `paused` stops the nightly run alone; the API and the UI go on as before. Work on a repository that has
    not begun `window` after the nightly run's start waits for the next night, and whoever is to be told
    hears that the job is late; `max_runtime` ends any one run.
    """

    cron: Annotated[str, AfterValidator(_cron)] = "0 2 * * *"
    paused: bool = False
    time_zone: TimeZone = "UTC"
    window: Span = timedelta(hours=6)
    max_runtime: Span = timedelta(hours=24)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max_runtime < self.window:
            raise ValueError("max_runtime ends a run before its window is over; make it as long or longer")
        return self


class Webhooks(Section):
    """Where messages may go besides public addresses: networks of one's own, as `10.20.0.0/16`."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()


def _unreserved(organisation: str) -> str:
    if organisation == "housekeeping":
        raise ValueError("is the name of a DAG of our own; choose another and say forge.organisation")
    return organisation


class Tenant(Section):
    """One organisation: its forge, how it publishes, when it runs and within which bounds.

    `concurrency` bounds generators at work in one run, `runs` the runs at work at once. Documentation
    that scores less than `minimum_score` (0 to 100, docs/quality.md) is not published; 0 asks for none.
    """

    organisation: Annotated[
        str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?$"), AfterValidator(_unreserved)
    ]
    forge: Annotated[LocalForge | GitHub, Field(discriminator="kind")]
    mode: Mode = Mode.PULL_REQUEST
    minimum_score: float = Field(default=85, ge=0, le=100, allow_inf_nan=False)
    publishing: Publishing = Publishing()
    schedule: Schedule = Schedule()
    concurrency: int = Field(default=8, ge=1)
    runs: int = Field(default=2, ge=1)
    options: Options = Options()
    pods: Pods = Pods()
    processes: Processes = Processes()
    cost: Cost = Cost()
    trust: Trust = Trust()
    webhooks: Webhooks = Webhooks()
    notify: tuple[Channel, ...] = ()

    @property
    def run_size(self) -> int:
        """How many repositories a run takes: enough to keep its generators at work, and no more."""
        return min(max(MIN_RUN, _ROUNDS * self.concurrency), MAX_RUN)

    @property
    def pool(self) -> str:
        """Airflow's pool that its pods go through; `documenthor pools` describes it."""
        return f"documenthor_{self.organisation}"

    @property
    def spreads(self) -> bool:
        """Whether a night's pull requests are spread over its window.

        A run that waits for them is a run at work; where there is but one, it would hold up all other jobs.
        """
        return self.runs > 1

    @model_validator(mode="after")
    def _a_pod_fits(self) -> Self:
        if self.pods.slots > self.pods.quota:
            raise ValueError("pods.gpus is more than pods.quota, so that no pod could ever start")
        return self
