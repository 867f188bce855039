"""The section `trust` of a tenant file: who may call for the tenant, beyond its own keys' holders.

Nothing is let in that is not written here. Names can be registered anew by somebody else, so owners and
repositories are told by their numbers.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from documenthor.tenants.patterns import glob

GITHUB = "https://token.actions.githubusercontent.com"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_WORKFLOW = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+/\.github/workflows/[^/@:]+@refs/(heads|tags)/.+"
)
_REF = re.compile(r"refs/(heads|tags|pull)/.+")


def _issuer(text: str) -> str:
    address = urlsplit(text)
    safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in _LOOPBACK)
    if not safe or not address.hostname or address.username or address.query or address.fragment:
        raise ValueError("is no address of an issuer such as 'https://HOST/_services/token'")
    if text != text.rstrip("/"):
        raise ValueError("ends with a slash, which issuers' names do not")
    return text


def _workflow(text: str) -> str:
    if not _WORKFLOW.fullmatch(text):
        raise ValueError(
            f"{text!r} is no workflow such as 'acme/web/.github/workflows/docs.yml@refs/heads/main'"
        )
    return text


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError(f"{text!r} is no reference such as 'refs/heads/main'")
    return text


Number = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,18}$")]
Pattern = Annotated[str, AfterValidator(glob)]
Workflow = Annotated[Pattern, AfterValidator(_workflow)]
Ref = Annotated[Pattern, AfterValidator(_ref)]
Event = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,63}$")]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GitHubCaller(_Section):
    """One way in for workflows: all that is listed has to fit, each by one of its entries.

    `repositories` are repository ids, or `any` of the owner's; `workflows` are compared with the file
    that the job runs (`job_workflow_ref`). No `environments` leaves the environment open. `targets` are
    names of repositories that the caller may ask for besides itself.
    """

    repositories: Annotated[tuple[Number, ...], Field(min_length=1)] | Literal["any"]
    workflows: Annotated[tuple[Workflow, ...], Field(min_length=1)]
    refs: Annotated[tuple[Ref, ...], Field(min_length=1)]
    events: Annotated[tuple[Event, ...], Field(min_length=1)] = ("push", "schedule", "workflow_dispatch")
    environments: tuple[Pattern, ...] = ()
    targets: tuple[Pattern, ...] = ()

    @model_validator(mode="after")
    def _one_workflow_for_all(self) -> GitHubCaller:
        if self.repositories == "any" and any("*" in workflow for workflow in self.workflows):
            raise ValueError("with 'repositories: any' every workflow has to be named without *")
        return self


class GitHubTrust(_Section):
    """GitHub's word for who runs a workflow. `owner` is the organisation's id (`repository_owner_id`)."""

    issuer: Annotated[str, AfterValidator(_issuer)] = GITHUB
    owner: Number
    callers: Annotated[tuple[GitHubCaller, ...], Field(min_length=1)]


class Trust(_Section):
    """`targets` is what a token of the tenant's own key may ask for if it names a repository."""

    targets: tuple[Pattern, ...] = ()
    github: GitHubTrust | None = None
