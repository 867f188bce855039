"""Commits, trees and blobs."""

from __future__ import annotations

import stat
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dulwich.objects import Blob

from tests.fakes.github import render
from tests.fakes.github.graphql.sources import EntryNode, ObjectNode, connection
from tests.fakes.github.store import MODULE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.github.graphql.sources import Info

_TEXT_LIMIT = 512_000


def _message(source: ObjectNode) -> str:
    return str(source.commit.message.decode("utf-8", "replace")).rstrip("\n")


def _actor(source: ObjectNode, info: Info, *, is_author: bool) -> dict[str, Any]:
    commit = source.commit
    raw, at = (commit.author, commit.author_time) if is_author else (commit.committer, commit.commit_time)
    who = render.person(raw, at)
    login = who["email"].removesuffix("@users.noreply.github.com").partition("+")[2]
    account = info.context.fake.accounts.get(login.lower()) if login else None
    # A bot is no user, so GitHub shows none for it.
    return {**who, "user": account if account is not None and account.kind == "User" else None}


def _history(source: ObjectNode, _: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    found = source.repository.store.history(source.oid, arguments.get("path") or "")
    since, until = _seconds(arguments.get("since"), 0), _seconds(arguments.get("until"), 2**63)
    listed = [ObjectNode(source.repository, oid) for oid in found]
    inside = [node for node in listed if since <= node.commit.commit_time <= until]
    return connection("history", inside, arguments)


def _seconds(timestamp: str | None, default: int) -> int:
    return int(datetime.fromisoformat(timestamp).timestamp()) if timestamp else default


def _parents(source: ObjectNode, _: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    parents = [ObjectNode(source.repository, oid.decode()) for oid in source.commit.parents]
    return connection("parents", parents, arguments)


def _signature(source: ObjectNode, _: Info) -> dict[str, Any] | None:
    if not render.is_signed(source.commit):
        return None
    return {
        "__typename": "GpgSignature",
        "email": "noreply@github.com",
        "keyId": "B5690EEEBB952194",
        "isValid": True,
        "signature": render.SIGNATURE.decode(),
        "state": "VALID",
        "wasSignedByGitHub": True,
    }


def _changed_files(source: ObjectNode, _: Info) -> int:
    store, commit = source.repository.store, source.commit
    old = store.tree_of(commit.parents[0].decode()) if commit.parents else ""
    return sum(1 for _ in store.changed(old, commit.tree.decode()))


def _file(source: ObjectNode, _: Info, path: str) -> EntryNode | None:
    found = source.repository.store.find(source.commit.tree.decode(), path)
    return EntryNode(source.repository, path, *found) if found else None


def _entries(source: ObjectNode, _: Info) -> list[EntryNode]:
    found = source.repository.store.entries(source.oid, recursive=False)
    return [EntryNode(source.repository, path, mode, oid) for path, mode, oid in found]


def _kind(source: EntryNode, _: Info) -> str:
    return "commit" if source.mode == MODULE else "tree" if stat.S_ISDIR(source.mode) else "blob"


def _entry_object(source: EntryNode, _: Info) -> ObjectNode | None:
    return ObjectNode(source.repository, source.oid) if source.repository.store.get(source.oid) else None


def _size(source: EntryNode, _: Info) -> int:
    blob = source.repository.store.get(source.oid)
    return len(blob.data) if isinstance(blob, Blob) else 0


def _data(source: ObjectNode) -> bytes:
    assert isinstance(source.git, Blob)
    return bytes(source.git.data)


def _text(source: ObjectNode, _: Info) -> str | None:
    if _is_binary(source, _):
        return None
    return _data(source)[:_TEXT_LIMIT].decode("utf-8", "replace")


def _is_binary(source: ObjectNode, _: Info) -> bool:
    return b"\0" in _data(source)[:8000]


def _id(source: ObjectNode, _: Info) -> str:
    prefix = {"Commit": "C", "Tree": "T", "Blob": "B"}[type(source.git).__name__]
    return render.object_id(source.repository, prefix, source.oid)


def _url(source: ObjectNode, info: Info) -> str:
    return f"{render.html(info.context.fake, source.repository)}/commit/{source.oid}"


_OBJECT: dict[str, Callable[..., Any]] = {
    "id": _id,
    "abbreviatedOid": lambda source, _: source.oid[:7],
}

RESOLVERS: dict[str, dict[str, Callable[..., Any]]] = {
    "Commit": {
        **_OBJECT,
        "message": lambda source, _: _message(source),
        "messageHeadline": lambda source, _: _message(source).partition("\n")[0],
        "messageBody": lambda source, _: _message(source).partition("\n")[2].strip("\n"),
        "author": lambda source, info: _actor(source, info, is_author=True),
        "committer": lambda source, info: _actor(source, info, is_author=False),
        "authoredDate": lambda source, _: render.person(b"", source.commit.author_time)["date"],
        "committedDate": lambda source, _: render.person(b"", source.commit.commit_time)["date"],
        "history": _history,
        "parents": _parents,
        "signature": _signature,
        "changedFilesIfAvailable": _changed_files,
        "tree": lambda source, _: ObjectNode(source.repository, source.commit.tree.decode()),
        "file": _file,
        "url": _url,
        "commitUrl": _url,
    },
    "Tree": {**_OBJECT, "entries": _entries},
    "TreeEntry": {
        "name": lambda source, _: source.path.rpartition("/")[2],
        "type": _kind,
        "object": _entry_object,
        "size": _size,
    },
    "Blob": {
        **_OBJECT,
        "byteSize": lambda source, _: len(_data(source)),
        "isBinary": _is_binary,
        "isTruncated": lambda source, _: len(_data(source)) > _TEXT_LIMIT,
        "text": _text,
    },
}
