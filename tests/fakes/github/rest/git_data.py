"""`/git/...`: refs, commits, trees, blobs."""

from __future__ import annotations

import base64
import re
import stat
from typing import TYPE_CHECKING, Any

from dulwich.objects import Blob, Commit

from tests.fakes.github import protecting, render
from tests.fakes.github.messages import Answer, Refusal, not_found
from tests.fakes.github.routes import Call, routes
from tests.fakes.github.store import FOLDER, LINK, MODULE

if TYPE_CHECKING:
    from tests.fakes.github.state import Repository

TREE_LIMIT = 100_000
_OID = re.compile(r"[0-9a-f]{40}")
_REF = re.compile(r"refs/(?:heads|tags|[\w-]+)/(?!.*(?:\.\.|//|@\{|\.lock$))[^\s~^:?*\[\\\x00-\x1f]+")


def require_content(repository: Repository) -> None:
    """Raise `Refusal` 409 for a repository that nothing was ever pushed to."""
    if repository.is_empty:
        raise Refusal(409, "Git Repository is empty.")


@routes("GET", "/repos/{owner}/{repo}/git/ref/{ref*}", "contents:read")
def get_ref(call: Call) -> Answer:
    """One ref, by its whole name."""
    require_content(call.repository)
    name = f"refs/{call.params['ref']}"
    oid = call.repository.read_ref(name)
    if not oid:
        raise not_found()
    return Answer(200, render.ref(call.fake, call.repository, name, oid))


@routes("GET", "/repos/{owner}/{repo}/git/matching-refs/{ref*}", "contents:read")
def list_matching_refs(call: Call) -> Answer:
    """Refs whose names start so."""
    require_content(call.repository)
    start = f"refs/{call.params['ref']}"
    names = [name for name in call.repository.store.refs() if name.startswith(start)]
    found = [(name, call.repository.read_ref(name)) for name in names]
    return Answer(200, [render.ref(call.fake, call.repository, name, oid) for name, oid in found if oid])


@routes("POST", "/repos/{owner}/{repo}/git/refs", "contents:write", creates="ref")
def create_ref(call: Call) -> Answer:
    """A new ref; 422 if there is one."""
    name, oid = call.text("ref"), call.text("sha")
    require_content(call.repository)
    if not _REF.fullmatch(name):
        raise Refusal(422, f"{name} is not a valid ref name.")
    if not call.repository.store.has(oid):
        raise Refusal(422, "Object does not exist")
    if call.repository.store.ref(name):
        raise Refusal(422, "Reference already exists")
    protecting.check_rest(call, name, is_new=True)
    call.fake.move(call.repository, name, oid, call.lag)
    return Answer(201, render.ref(call.fake, call.repository, name, oid))


@routes("PATCH", "/repos/{owner}/{repo}/git/refs/{ref*}", "contents:write", creates="ref")
def update_ref(call: Call) -> Answer:
    """Move a ref forward, or with `force` anywhere."""
    name, oid = f"refs/{call.params['ref']}", call.text("sha")
    store = call.repository.store
    old = store.ref(name)
    if not old:
        raise Refusal(422, "Reference does not exist")
    if not store.has(oid):
        raise Refusal(422, "Object does not exist")
    if not call.body.get("force") and not store.is_ancestor(old, oid):
        raise Refusal(422, "Update is not a fast forward")
    protecting.check_rest(call, name)
    call.fake.move(call.repository, name, oid, call.lag)
    call.repository.pushed_at = call.now
    return Answer(200, render.ref(call.fake, call.repository, name, oid))


@routes("DELETE", "/repos/{owner}/{repo}/git/refs/{ref*}", "contents:write", creates="ref")
def delete_ref(call: Call) -> Answer:
    """Take a ref away; pull requests from it are closed."""
    name = f"refs/{call.params['ref']}"
    if not call.repository.store.ref(name):
        raise Refusal(422, "Reference does not exist")
    protecting.check_rest(call, name)
    call.fake.move(call.repository, name, "", call.lag)
    return Answer(204)


@routes("GET", "/repos/{owner}/{repo}/git/commits/{sha}", "contents:read")
def get_commit(call: Call) -> Answer:
    """A git commit."""
    require_content(call.repository)
    if not isinstance(call.repository.store.get(call.params["sha"]), Commit):
        raise not_found()
    return Answer(200, render.git_commit(call.fake, call.repository, call.params["sha"]))


@routes("POST", "/repos/{owner}/{repo}/git/commits", "contents:write", creates="commit")
def create_commit(call: Call) -> Answer:
    """A commit that no ref points to; without an author it is signed, as an app's are."""
    store, parents = call.repository.store, list(call.body.get("parents", []))
    if not store.tree_of(call.text("tree")):
        raise Refusal(422, "Tree SHA does not exist")
    if not all(isinstance(store.get(parent), Commit) for parent in parents):
        raise Refusal(422, "Parent SHA does not exist or is not a commit object")
    author = call.body.get("author")
    named = f"{author['name']} <{author['email']}>" if author else call.account.signature
    signature = b"" if author or call.account.kind != "Bot" else render.SIGNATURE
    oid = store.add_commit(
        call.text("tree"), parents, call.text("message"), named, call.now, render.COMMITTER, signature
    )
    return Answer(201, render.git_commit(call.fake, call.repository, oid))


@routes("GET", "/repos/{owner}/{repo}/git/trees/{sha*}", "contents:read")
def get_tree(call: Call) -> Answer:
    """A tree, with `recursive` all that is in it, up to a limit."""
    require_content(call.repository)
    store = call.repository.store
    tree = store.tree_of(store.resolve(call.params["sha"]))
    if not tree:
        raise not_found()
    items: list[dict[str, Any]] = []
    truncated = False
    for path, mode, oid in store.entries(tree, recursive="recursive" in call.request.query):
        if len(items) == TREE_LIMIT:
            truncated = True
            break
        items.append(_entry(call, path, mode, oid))
    address = f"{render.api(call.fake, call.repository)}/git/trees/{tree}"
    return Answer(200, {"sha": tree, "url": address, "tree": items, "truncated": truncated})


@routes("POST", "/repos/{owner}/{repo}/git/trees", "contents:write", creates="tree")
def create_tree(call: Call) -> Answer:
    """A tree, from `base_tree` and entries; an entry whose sha is null is taken away."""
    store, base = call.repository.store, call.body.get("base_tree", "")
    changes: dict[str, tuple[int, str] | None] = {}
    for entry in call.body.get("tree", []):
        oid = store.add_blob(entry["content"].encode()) if "content" in entry else entry.get("sha")
        if oid is not None and not store.has(oid):
            raise Refusal(422, "tree.sha does not exist")
        changes[entry["path"]] = None if oid is None else (int(entry["mode"], 8), oid)
    tree = store.change_tree(store.tree_of(base) if base else "", changes)
    items = [_entry(call, path, mode, oid) for path, mode, oid in store.entries(tree, recursive=False)]
    address = f"{render.api(call.fake, call.repository)}/git/trees/{tree}"
    return Answer(201, {"sha": tree, "url": address, "tree": items, "truncated": False})


@routes("GET", "/repos/{owner}/{repo}/git/blobs/{sha}", "contents:read")
def get_blob(call: Call) -> Answer:
    """A blob, base64 in lines."""
    require_content(call.repository)
    oid = call.params["sha"]
    if not _OID.fullmatch(oid):
        raise Refusal(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    blob = call.repository.store.get(oid)
    if not isinstance(blob, Blob):
        raise not_found()
    return Answer(200, _blob(call, oid) | {"content": render.base64_lines(blob.data), "encoding": "base64"})


@routes("POST", "/repos/{owner}/{repo}/git/blobs", "contents:write", creates="blob")
def create_blob(call: Call) -> Answer:
    """A blob from text or base64."""
    text = call.text("content")
    content = base64.b64decode(text) if call.body.get("encoding") == "base64" else text.encode()
    oid = call.repository.store.add_blob(content)
    address = f"{render.api(call.fake, call.repository)}/git/blobs/{oid}"
    return Answer(201, {"sha": oid, "url": address}, {"location": address})


def _blob(call: Call, oid: str) -> dict[str, Any]:
    blob = call.repository.store.get(oid)
    return {
        "sha": oid,
        "node_id": render.object_id(call.repository, "B", oid),
        "size": len(blob.data) if isinstance(blob, Blob) else 0,
        "url": f"{render.api(call.fake, call.repository)}/git/blobs/{oid}",
    }


def _entry(call: Call, path: str, mode: int, oid: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"path": path, "mode": f"{mode:06o}", "type": "blob", "sha": oid}
    base = render.api(call.fake, call.repository)
    if stat.S_ISDIR(mode) or mode == FOLDER:
        return entry | {"type": "tree", "url": f"{base}/git/trees/{oid}"}
    if mode == MODULE:
        return entry | {"type": "commit"}
    assert mode == LINK or stat.S_ISREG(mode)
    blob = call.repository.store.get(oid)
    size = len(blob.data) if isinstance(blob, Blob) else 0
    return entry | {"size": size, "url": f"{base}/git/blobs/{oid}"}
