"""Pull requests, their labels and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.github import render
from tests.fakes.github.graphql.repositories import ref_node
from tests.fakes.github.graphql.sources import (
    CommentNode,
    Failure,
    LabelNode,
    ObjectNode,
    PullNode,
    connection,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.github.graphql.sources import Info
    from tests.fakes.github.state import Repository


def _state(source: PullNode) -> str:
    return "MERGED" if source.pull.merged_at else source.pull.state.upper()


def _pulls(source: Repository, info: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    require(info.context, source, "pull_requests")
    head, base = arguments.get("headRefName"), arguments.get("baseRefName")
    states, labels = arguments.get("states"), arguments.get("labels")
    found = [PullNode(source, pull) for pull in source.pulls.values()]
    kept = [
        one
        for one in found
        if head in (None, one.pull.head)
        and base in (None, one.pull.base)
        and (states is None or _state(one) in states)
        and (labels is None or set(labels) & set(one.pull.labels))
        and source.read_pull(one.pull)
    ]
    order = arguments.get("orderBy")
    if order:
        kept.sort(key=lambda one: _ordered(one, order["field"]), reverse=order["direction"] == "DESC")
    return connection("pullRequests", kept, arguments)


def _ordered(one: PullNode, field: str) -> Any:  # noqa: ANN401 - something that can be compared
    return (one.pull.updated_at if field == "UPDATED_AT" else one.pull.created_at, one.pull.number)


def _pull(source: Repository, info: Info, number: int) -> PullNode:
    require(info.context, source, "pull_requests")
    pull = source.pulls.get(number)
    if pull is None or not source.read_pull(pull):
        raise Failure("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    return PullNode(source, pull)


def _comments(source: PullNode, _: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    found = [CommentNode(source.repository, source.pull, one) for one in source.pull.comments]
    return connection("comments", found, arguments)


def _labels(source: PullNode, _: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    found = [LabelNode(source.repository.labels[name.lower()]) for name in source.pull.labels]
    return connection("labels", found, arguments)


def _url(source: PullNode, info: Info) -> str:
    return f"{render.html(info.context.fake, source.repository)}/pull/{source.pull.number}"


def _merge_commit(source: PullNode, _: Info) -> ObjectNode | None:
    return ObjectNode(source.repository, source.pull.merge_oid) if source.pull.merge_oid else None


RESOLVERS: dict[str, dict[str, Callable[..., Any]]] = {
    "Repository": {"pullRequests": _pulls, "pullRequest": _pull},
    "PullRequest": {
        "id": lambda source, _: source.pull.node_id,
        "databaseId": lambda source, _: source.pull.id,
        "number": lambda source, _: source.pull.number,
        "title": lambda source, _: source.pull.title,
        "body": lambda source, _: source.pull.body,
        "state": lambda source, _: _state(source),
        "isDraft": lambda source, _: source.pull.is_draft,
        "isCrossRepository": lambda _source, _: False,
        "headRefName": lambda source, _: source.pull.head,
        "headRefOid": lambda source, _: source.pull.head_oid,
        "baseRefName": lambda source, _: source.pull.base,
        "baseRefOid": lambda source, _: source.pull.base_oid,
        "headRef": lambda source, _: ref_node(source.repository, f"refs/heads/{source.pull.head}"),
        "baseRef": lambda source, _: ref_node(source.repository, f"refs/heads/{source.pull.base}"),
        "headRepository": lambda source, _: source.repository,
        "merged": lambda source, _: source.pull.merged_at is not None,
        "mergedAt": lambda source, _: render.time(source.pull.merged_at),
        "mergedBy": lambda source, _: source.pull.merged_by,
        "mergeCommit": _merge_commit,
        "closed": lambda source, _: source.pull.state == "closed",
        "closedAt": lambda source, _: render.time(source.pull.closed_at),
        "createdAt": lambda source, _: render.time(source.pull.created_at),
        "updatedAt": lambda source, _: render.time(source.pull.updated_at),
        "author": lambda source, _: source.pull.author,
        "comments": _comments,
        "labels": _labels,
        "url": _url,
        "permalink": _url,
    },
    "IssueComment": {
        "id": lambda source, _: f"IC_{source.comment.id}",
        "databaseId": lambda source, _: source.comment.id,
        "author": lambda source, _: source.comment.author,
        "body": lambda source, _: source.comment.body,
        "createdAt": lambda source, _: render.time(source.comment.created_at),
        "url": lambda source, info: (
            f"{_url(PullNode(source.repository, source.pull), info)}#issuecomment-{source.comment.id}"
        ),
    },
    "Label": {
        "id": lambda source, _: f"LA_{source.label.id}",
        "name": lambda source, _: source.label.name,
        "color": lambda source, _: source.label.color,
        "description": lambda source, _: source.label.description or None,
    },
}
