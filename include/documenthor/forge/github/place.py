"""One repository through one credential: what every call of the publisher needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from documenthor.errors import UnavailableError, UnknownRepositoryError
from documenthor.forge.github import shapes
from documenthor.forge.github.once import again
from documenthor.forge.github.reading import read
from documenthor.forge.model import BRANCH
from documenthor.names import is_repository_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.forge.github.api import Api


@dataclass(frozen=True, slots=True)
class State:
    """A repository as it stands: who we are, its node id, its default branch, and our branch's tip."""

    login: str
    node_id: str
    branch: str
    head: str
    tip: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Place:
    """The repository `OWNER/NAME` as `api` sees it."""

    api: Api
    owner: str
    name: str

    @property
    def full_name(self) -> str:
        """`OWNER/NAME`."""
        return f"{self.owner}/{self.name}"

    def rest(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call a path below the repository's; a read is tried again, a write never."""
        if not is_repository_name(self.name):
            raise UnknownRepositoryError(f"{self.name!r} is no repository's name")
        whole = f"/repos/{quote(self.owner)}/{quote(self.name)}/{path}"
        if method == "GET":
            return again(lambda: self.api.rest(method, whole, body))
        return self.api.rest(method, whole, body)

    def state(self) -> State:
        """The repository as it stands; raises `UnknownRepositoryError` if there is none."""
        variables = {"owner": self.owner, "name": self.name, "ours": f"refs/heads/{BRANCH}"}
        data = again(lambda: self.api.graphql(document("state"), variables))
        try:
            found, login = data["repository"], str(data["viewer"]["login"])
            if found is None or found["defaultBranchRef"] is None:
                raise UnknownRepositoryError(f"{self.full_name} is gone or empty")
            default, ours = found["defaultBranchRef"], found["ours"]
            tip = read(shapes.Oid, ours["target"]["oid"]) if ours else ""
            head = read(shapes.Oid, default["target"]["oid"])
            refusal = _refusal(default.get("refUpdateRule"))
            return State(login, str(found["id"]), str(default["name"]), head, tip, refusal)
        except (KeyError, TypeError) as error:
            raise UnavailableError(f"GitHub's answer about {self.full_name} lacks {error}") from None

    def tip(self, branch: str) -> str:
        """The commit that a branch points to; empty if there is no such branch."""
        try:
            found = self.rest("GET", f"git/ref/heads/{quote(branch)}")
        except UnknownRepositoryError:
            return ""
        return read(shapes.Ref, found).object.sha


def document(name: str) -> str:
    """The GraphQL document `name`."""
    return (files(__package__) / f"{name}.graphql").read_text("utf-8")


def _refusal(rule: Mapping[str, Any] | None) -> str:
    if not rule or rule.get("viewerCanPush", True):
        return ""
    return "a branch protection rule lets Documenthor not push to it"
