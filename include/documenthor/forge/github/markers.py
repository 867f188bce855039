"""The hidden comments by which we find our pull requests and comments again.

They are trusted as far as the account that wrote the text is ours; whoever may edit our texts on GitHub may
also merge, close and push, and so gains nothing by a forged one.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from documenthor.forge.discovery import Documented
from documenthor.forge.github.shapes import Oid
from documenthor.forge.model import Topic

_MARKER = re.compile(r"<!-- documenthor:pull-request (\{[^<>]{1,2000}\}) -->")


class Marker(BaseModel):
    """What a pull request of ours proposes. `withdrawn` says why we closed it, where it was us."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    commit: Oid
    recipe: str
    job: str
    documentation: str
    tip: Oid
    withdrawn: Topic | None = None

    @property
    def documented(self) -> Documented:
        """What the tip of the branch documents."""
        return Documented(self.commit, self.recipe, self.job, self.tip)

    def render(self) -> str:
        """One line."""
        return f"<!-- documenthor:pull-request {self.model_dump_json(exclude_none=True)} -->"


def parse(body: str | None) -> Marker | None:
    """The marker of a pull request's body: the last one, because ours stands at the end."""
    found = _MARKER.findall(body or "")
    if not found:
        return None
    try:
        return Marker.model_validate_json(found[-1])
    except ValidationError:
        return None


def replace(body: str, marker: Marker) -> str:
    """`body` with its last marker changed."""
    found = list(_MARKER.finditer(body))
    if not found:
        return f"{body}\n{marker.render()}\n"
    return body[: found[-1].start()] + marker.render() + body[found[-1].end() :]


def comment(topic: Topic) -> str:
    """What tells our comment on `topic` from any other."""
    return f"<!-- documenthor:comment {topic} -->"
