"""Mutations: a signed commit on a branch, and a pull request."""

from __future__ import annotations

import base64
import binascii
import stat
from typing import TYPE_CHECKING, Any

from tests.fakes.github import protecting, render
from tests.fakes.github.graphql.repositories import named, seen
from tests.fakes.github.graphql.sources import Failure, ObjectNode, PullNode, RefNode, require
from tests.fakes.github.messages import Refusal
from tests.fakes.github.rest.pulls import open_pull
from tests.fakes.github.state import Repository
from tests.fakes.github.store import FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.github.graphql.sources import Info
    from tests.fakes.github.routes import Call

_NO_OBJECT = "0" * 40


def _create_commit(_: object, info: Info, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    call: Call = info.context
    repository, ref = _branch(call, input["branch"])
    require(call, repository, "contents", "write")
    _require_open(repository)
    store, before = repository.store, repository.store.ref(ref)
    if not before:
        raise Failure("NOT_FOUND", f"Branch '{ref.removeprefix('refs/heads/')}' not found.")
    if before != input["expectedHeadOid"]:
        raise Failure(
            "STALE_DATA",
            f'Expected branch to point to "{input["expectedHeadOid"]}" but it did not. Pull and try again.',
        )
    _require_unprotected(call, repository, ref)
    tree = store.change_tree(store.tree_of(before), _changes(call, repository, before, input))
    if tree == store.tree_of(before) and not input.get("fileChanges"):
        raise Failure("UNPROCESSABLE", "A commit needs at least one change.")
    oid = store.add_commit(
        tree,
        [before],
        _message(input["message"]),
        call.account.signature,
        call.now,
        render.COMMITTER,
        render.SIGNATURE,
    )
    call.fake.move(repository, ref, oid, call.lag)
    repository.pushed_at = call.now
    return {
        "clientMutationId": input.get("clientMutationId"),
        "commit": ObjectNode(repository, oid),
        "ref": RefNode(repository, ref, oid),
    }


def _by_node(call: Call, wanted: str) -> Repository:
    repository = call.fake.by_node.get(wanted)
    if not isinstance(repository, Repository) or not seen(call, repository):
        raise Failure("NOT_FOUND", f"Could not resolve to a node with the global id of '{wanted}'")
    return repository


def _branch(call: Call, wanted: dict[str, Any]) -> tuple[Repository, str]:
    name = wanted.get("repositoryNameWithOwner")
    if not name or not wanted.get("branchName"):
        raise Failure(
            "UNPROCESSABLE", "Either `id` or `repositoryNameWithOwner` and `branchName` must be given."
        )
    owner, _, short = name.partition("/")
    branch = wanted["branchName"].removeprefix("refs/heads/")
    return named(call, owner, short), f"refs/heads/{branch}"


def _changes(
    call: Call, repository: Repository, before: str, wanted: dict[str, Any]
) -> dict[str, tuple[int, str] | None]:
    given, store = wanted.get("fileChanges") or {}, repository.store
    tree = store.tree_of(before)
    changes: dict[str, tuple[int, str] | None] = {}
    for deletion in given.get("deletions") or []:
        if store.find(tree, deletion["path"]) is None:
            raise Failure(
                "UNPROCESSABLE",
                f"The path {deletion['path']} requested for deletion does not exist as of"
                f" commit oid `{before}`",
            )
        changes[deletion["path"]] = None
    for addition in given.get("additions") or []:
        path = addition["path"]
        _require_path(call, repository, path)
        known = store.find(tree, path)
        # An executable file stays one, as git's own index has it.
        mode = known[0] if known is not None and stat.S_ISREG(known[0]) else FILE
        changes[path] = (mode, store.add_blob(_decoded(addition["contents"])))
    return changes


def _require_path(call: Call, repository: Repository, path: str) -> None:
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) or "\0" in path:
        raise Failure("UNPROCESSABLE", f"A path was requested for addition which is invalid: `{path}`")
    if path.startswith(".github/workflows/"):
        require(call, repository, "workflows", "write")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Failure("UNPROCESSABLE", "Contents must be valid Base64.") from error


def _message(wanted: dict[str, Any]) -> str:
    body = wanted.get("body") or ""
    return f"{wanted['headline']}\n\n{body}" if body else str(wanted["headline"])


def _require_open(repository: Repository) -> None:
    if repository.is_archived:
        raise Failure("FORBIDDEN", "Repository was archived so is read-only.")


def _require_unprotected(call: Call, repository: Repository, ref: str) -> None:
    found = protecting.violation(repository, ref, call.account)
    if found is not None:
        raise Failure(
            "UNPROCESSABLE" if found[0].is_ruleset else "BRANCH_PROTECTION_RULE_VIOLATION", found[1]
        )


def _create_pull(_: object, info: Info, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    call: Call = info.context
    repository = _by_node(call, input["repositoryId"])
    require(call, repository, "pull_requests", "write")
    wanted = {
        "title": input["title"],
        "body": input.get("body"),
        "head": input["headRefName"],
        "base": input["baseRefName"],
        "draft": input.get("draft"),
    }
    try:
        pull = open_pull(call.fake, repository, call.account, wanted, call.lag)
    except Refusal as refusal:
        told = refusal.errors[0] if refusal.errors else {}
        raise Failure("UNPROCESSABLE", told.get("message") or refusal.message) from refusal
    return {"clientMutationId": input.get("clientMutationId"), "pullRequest": PullNode(repository, pull)}


def _update_refs(_: object, info: Info, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    call: Call = info.context
    repository = _by_node(call, input["repositoryId"])
    require(call, repository, "contents", "write")
    _require_open(repository)
    updates = input["refUpdates"]
    for update in updates:
        _require_before(repository, update)
    for update in updates:
        gone = update["afterOid"] == _NO_OBJECT
        call.fake.move(repository, update["name"], "" if gone else update["afterOid"], call.lag)
    return {"clientMutationId": input.get("clientMutationId")}


def _require_before(repository: Repository, update: dict[str, Any]) -> None:
    """All of the updates hold or none is made: where the ref has to be, and that it is not forced."""
    store, name, after = repository.store, update["name"], update["afterOid"]
    now, before = store.ref(name), update.get("beforeOid")
    if before is not None and before != (now or _NO_OBJECT):
        raise Failure("UNPROCESSABLE", f"Reference {name} is not at {before}")
    forced = update.get("force") or after == _NO_OBJECT or not now
    if not forced and not store.is_ancestor(now, after):
        raise Failure("UNPROCESSABLE", f"Update of {name} is not a fast forward")


RESOLVERS: dict[str, dict[str, Callable[..., Any]]] = {
    "Mutation": {
        "createCommitOnBranch": _create_commit,
        "createPullRequest": _create_pull,
        "updateRefs": _update_refs,
    },
}
