"""Whom a tenant file wants told, and of what. Credentials are in Airflow connections, never here."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from documenthor.tenants.section import Section


class News(StrEnum):
    """What people are told of, once each: a job that ended, that ended with failures, that is late."""

    FINISHED = "finished"
    FAILED = "failed"
    LATE = "late"


Connection = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,200}$")]
Events = Annotated[tuple[News, ...], Field(min_length=1)]
_ALERTS = (News.FAILED, News.LATE)


class Slack(Section):
    """A channel, as the app in the Airflow connection may post to it."""

    via: Literal["slack"]
    channel: Annotated[str, Field(pattern=r"^[#@]?[\w.-]{1,80}$")]
    connection: Connection = "slack_api_default"
    events: Events = _ALERTS

    @property
    def key(self) -> str:
        """What tells this channel from others."""
        return f"slack:{self.connection}:{self.channel}"


class Email(Section):
    """Addresses, through the mail server in the Airflow connection."""

    via: Literal["email"]
    to: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,180}$")], ...],
        Field(min_length=1, max_length=20),
    ]
    connection: Connection = "smtp_default"
    events: Events = _ALERTS

    @property
    def key(self) -> str:
        """What tells these addresses from others."""
        return f"email:{self.connection}:{','.join(sorted(self.to))}"


Channel = Annotated[Slack | Email, Field(discriminator="via")]
