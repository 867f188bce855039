"""The REST side: every module enters its handlers in one table of routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.github.messages import Answer, Refusal, invalid
from tests.fakes.github.rest import apps, contents, git_data, issues, meta, pulls, repositories
from tests.fakes.github.routes import Route, routes

if TYPE_CHECKING:
    from tests.fakes.github.routes import Call

__all__ = [
    "already_exists",
    "apps",
    "contents",
    "find",
    "git_data",
    "issues",
    "meta",
    "pulls",
    "repositories",
]


def find(method: str, path: str) -> tuple[Route | None, dict[str, str]]:
    """The route of a path, or None for the GraphQL endpoint; raises `Refusal` 404."""
    if (method, path) == ("POST", "/graphql"):
        return None, {}
    return routes.find(method, path)


def already_exists(call: Call, name: str) -> Answer:
    """What GitHub answers to a second creation of the same thing."""
    if name == "create_pull":
        head = f"{call.params['owner']}:{call.text('head').rpartition(':')[2]}"
        return pulls.exists(head).answer()
    if name == "create_label":
        return invalid("Label", "already_exists", "name").answer()
    return Refusal(422, "Reference already exists").answer()
