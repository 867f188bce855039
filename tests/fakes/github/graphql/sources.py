"""What resolvers hand to each other, refusals in GraphQL, and connections page by page."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from dulwich.objects import Blob, Commit, Tree
    from graphql import GraphQLResolveInfo

    from tests.fakes.github.routes import Call
    from tests.fakes.github.state import Comment, Label, Pull, Repository

    Info: TypeAlias = GraphQLResolveInfo[Call]

_MOST = 100


class Failure(Exception):  # noqa: N818 - what GitHub says, and no error of the fake
    """An entry of `errors`; `kind` is what GitHub calls its type."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class RefNode:
    """A ref, and what it points to as this read sees it."""

    repository: Repository
    name: str
    oid: str


@dataclass(frozen=True)
class ObjectNode:
    """A commit, tree or blob."""

    repository: Repository
    oid: str

    @property
    def git(self) -> Blob | Tree | Commit:
        """The object itself."""
        found = self.repository.store.get(self.oid)
        assert found is not None
        return found

    @property
    def commit(self) -> Commit:
        """The object where it is a commit."""
        return self.repository.store.commit(self.oid)


@dataclass(frozen=True)
class EntryNode:
    """A tree's entry."""

    repository: Repository
    path: str
    mode: int
    oid: str


@dataclass(frozen=True)
class PullNode:
    """A pull request, of a repository."""

    repository: Repository
    pull: Pull


@dataclass(frozen=True)
class CommentNode:
    """A comment on a pull request."""

    repository: Repository
    pull: Pull
    comment: Comment


@dataclass(frozen=True)
class LabelNode:
    """A label."""

    label: Label


def require(call: Call, repository: Repository, permission: str, level: str = "read") -> None:
    """Raise `Failure` unless the credential has a permission on a repository."""
    assert call.token is not None
    if call.token.may(permission, level, repository):
        return
    who = "integration" if call.token.kind == "installation" else "personal access token"
    if call.token.kind == "classic":
        needed = "public_repo" if repository.visibility == "public" else "repo"
        raise Failure(
            "INSUFFICIENT_SCOPES",
            "Your token has not been granted the required scopes to execute this query. The field requires"
            f" one of the following scopes: ['{needed}'], but your token has only been granted the:"
            f" {list(call.token.scopes or ())} scopes. Please modify your token's scopes at:"
            " https://github.com/settings/tokens.",
        )
    raise Failure("FORBIDDEN", f"Resource not accessible by {who}")


def connection(name: str, items: Sequence[Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """The page of `items` that `first`/`after` or `last` ask for; raises `Failure` for none or too much."""
    first, last = arguments.get("first"), arguments.get("last")
    if first is None and last is None:
        raise Failure(
            "MISSING_PAGINATION_BOUNDARIES",
            f"You must provide a `first` or `last` value to properly paginate the `{name}` connection.",
        )
    for word, value in (("first", first), ("last", last)):
        if value is not None and value > _MOST:
            raise Failure(
                "EXCESSIVE_PAGINATION",
                f"Requesting {value} records on the `{name}` connection exceeds the `{word}` limit of"
                f" {_MOST} records.",
            )
    start = _offset(name, arguments.get("after"))
    end = min(start + first, len(items)) if first is not None else len(items)
    if first is None:
        start = max(len(items) - (last or 0), 0)
    page = list(items[start:end])
    cursors = [_cursor(number) for number in range(start + 1, start + 1 + len(page))]
    return {
        "nodes": page,
        "edges": [{"node": node, "cursor": cursor} for node, cursor in zip(page, cursors, strict=True)],
        "totalCount": len(items),
        "pageInfo": {
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
            "hasNextPage": end < len(items),
            "hasPreviousPage": start > 0,
        },
    }


def _cursor(number: int) -> str:
    return base64.b64encode(f"cursor:{number}".encode()).decode()


def _offset(name: str, cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "cursor":
            return int(number)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        pass
    raise Failure("INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor for {name}.")
