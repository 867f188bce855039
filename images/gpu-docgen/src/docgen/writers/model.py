"""The shape of a writer: prompts in, replies out, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.deadline import Deadline


@dataclass(frozen=True)
class Prompt:
    """One request. `system` is the same for every prompt of a repository, so a model may keep its state.

    `schema` is the JSON schema of the reply, `reply_tokens` the most it may have.
    """

    system: str
    user: str
    schema: dict[str, Any]
    reply_tokens: int


@dataclass(frozen=True)
class Reply:
    """What came back: `text` is hostile; `failure` says why there is none (`timeout`, `status_500`)."""

    text: str = ""
    prompt_tokens: int = 0
    reply_tokens: int = 0
    failure: str = ""


class Writer(Protocol):
    """A model that answers prompts."""

    def count(self, text: str) -> int:
        """The tokens of `text`, never fewer than it has by much."""

    def write(self, prompts: Sequence[Prompt], deadline: Deadline) -> list[Reply]:
        """One reply a prompt, in their order; raises `ModelUnavailableError` when none can be had."""
