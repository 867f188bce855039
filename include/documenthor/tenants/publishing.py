"""The section of a tenant file that says how a pull request presents itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Reviewers(StrEnum):
    """Whom to ask for a review of a pull request."""

    CODE_OWNERS = "codeowners"
    NOBODY = "nobody"


def _unique(labels: tuple[str, ...]) -> tuple[str, ...]:
    if len({label.casefold() for label in labels}) != len(labels):
        raise ValueError("a label is named twice; name each one once")
    return labels


Label = Annotated[str, Field(pattern=r"^[^\s,](?:[^\r\n\t,]{0,48}[^\s,])?$")]


class Publishing(BaseModel):
    """A pull request's labels, whom it asks for a review, and whether it is a draft."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: Annotated[tuple[Label, ...], Field(max_length=10), AfterValidator(_unique)] = ("documentation",)
    reviewers: Reviewers = Reviewers.CODE_OWNERS
    draft: bool = False
