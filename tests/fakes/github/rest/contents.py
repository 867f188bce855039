"""Files at a commit, comparing two commits, listing commits."""

from __future__ import annotations

import base64
import stat
from itertools import islice
from typing import TYPE_CHECKING, Any

from dulwich.objects import Blob, Commit

from tests.fakes.github import protecting, render
from tests.fakes.github.messages import Answer, Refusal, not_found
from tests.fakes.github.rest.git_data import require_content
from tests.fakes.github.routes import Call, routes
from tests.fakes.github.store import FILE, LINK, MODULE

if TYPE_CHECKING:
    from tests.fakes.github.state import Repository

_INLINE_LIMIT = 1_000_000
_FILES = 300


@routes("GET", "/repos/{owner}/{repo}/contents", "contents:read")
def get_root(call: Call) -> Answer:
    """The top folder."""
    return _content(call, "")


@routes("GET", "/repos/{owner}/{repo}/contents/{path*}", "contents:read")
def get_content(call: Call) -> Answer:
    """A file, link, submodule or folder."""
    return _content(call, call.params["path"])


@routes("PUT", "/repos/{owner}/{repo}/contents/{path*}", "contents:write", creates="commit")
def put_content(call: Call) -> Answer:
    """Write one file by a commit of its own; `sha` has to be that of the file which is replaced."""
    repo, path, branch = call.repository, call.params["path"], call.body.get("branch")
    name = f"refs/heads/{branch or repo.default_branch}"
    parent = repo.store.ref(name)
    if not parent and branch:
        raise Refusal(404, f"Branch {branch} not found")
    protecting.check_rest(call, name, status=409)
    tree = repo.store.tree_of(parent) if parent else ""
    known = repo.store.find(tree, path) if tree else None
    _check_sha(path, known[1] if known else "", call.body.get("sha"))
    blob = repo.store.add_blob(base64.b64decode(call.text("content")))
    changed = repo.store.change_tree(tree, {path: (known[0] if known else FILE, blob)})
    signature = render.SIGNATURE if call.account.kind == "Bot" else b""
    oid = repo.store.add_commit(
        changed,
        [parent] if parent else [],
        call.text("message"),
        call.account.signature,
        call.now,
        render.COMMITTER,
        signature,
    )
    call.fake.move(repo, name, oid, call.lag)
    content = _file(call, path, *(repo.store.find(changed, path) or (FILE, blob)), oid)
    shown = {"content": content, "commit": render.git_commit(call.fake, repo, oid)}
    return Answer(200 if known else 201, shown)


def _check_sha(path: str, known: str, given: str | None) -> None:
    if known and not given:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if known and given != known:
        raise Refusal(409, f"{path} does not match {given}")


@routes("GET", "/repos/{owner}/{repo}/compare/{basehead*}", "contents:read")
def compare(call: Call) -> Answer:
    """What `HEAD` has over the common ancestor with `BASE`, in `BASE...HEAD`."""
    repo, store = call.repository, call.repository.store
    require_content(repo)
    base, dots, head = call.params["basehead"].partition("...")
    old, new = (store.resolve(side.rpartition(":")[2]) for side in (base, head))
    if not dots or not old or not new:
        raise not_found()
    ancestor = store.merge_base(old, new)
    if not ancestor:
        raise Refusal(404, f"No common ancestor between {base} and {head}.")
    of_old, of_new = dict.fromkeys(store.history(old)), dict.fromkeys(store.history(new))
    ahead = [oid for oid in of_new if oid not in of_old]
    behind = [oid for oid in of_old if oid not in of_new]
    status = {(False, False): "identical", (True, False): "ahead", (False, True): "behind"}
    base_url, page = f"{render.api(call.fake, repo)}/compare/{base}...{head}", render.html(call.fake, repo)
    commits, headers = call.page(ahead[::-1])
    return Answer(
        200,
        {
            "url": base_url,
            "html_url": f"{page}/compare/{base}...{head}",
            "permalink_url": f"{page}/compare/{old}...{new}",
            "diff_url": f"{page}/compare/{base}...{head}.diff",
            "patch_url": f"{page}/compare/{base}...{head}.patch",
            "base_commit": render.commit(call.fake, repo, old),
            "merge_base_commit": render.commit(call.fake, repo, ancestor),
            "status": status.get((bool(ahead), bool(behind)), "diverged"),
            "ahead_by": len(ahead),
            "behind_by": len(behind),
            "total_commits": len(ahead),
            "commits": [render.commit(call.fake, repo, oid) for oid in commits],
            "files": list(islice(_files(call, repo, ancestor, new), _FILES)),
        },
        headers,
    )


def _files(call: Call, repo: Repository, old: str, new: str) -> Any:  # noqa: ANN401 - an iterator of JSON
    store, base, page = repo.store, render.api(call.fake, repo), render.html(call.fake, repo)
    for path, status, before, after in store.changed(store.tree_of(old) if old else "", store.tree_of(new)):
        added, deleted = (_lines(repo, after) if after else 0), (_lines(repo, before) if before else 0)
        yield {
            "sha": after or before,
            "filename": path,
            "status": status,
            "additions": added,
            "deletions": deleted,
            "changes": added + deleted,
            "blob_url": f"{page}/blob/{new}/{path}",
            "raw_url": f"{page}/raw/{new}/{path}",
            "contents_url": f"{base}/contents/{path}?ref={new}",
        }


def _lines(repo: Repository, oid: str) -> int:
    blob = repo.store.get(oid)
    return bytes(blob.data).count(b"\n") if isinstance(blob, Blob) else 0


@routes("GET", "/repos/{owner}/{repo}/commits", "contents:read")
def list_commits(call: Call) -> Answer:
    """Commits from `sha` (default: the default branch) backwards, with `path` those that changed it."""
    require_content(call.repository)
    query, store = call.request.query, call.repository.store
    start = store.resolve(query.get("sha", call.repository.default_branch))
    if not start:
        raise not_found()
    found = store.history(start, query.get("path", ""))
    if wanted := query.get("author", ""):
        found = (oid for oid in found if _is_by(store.commit(oid), wanted))
    page, headers = call.page(list(found))
    return Answer(200, [render.commit(call.fake, call.repository, oid) for oid in page], headers)


@routes("GET", "/repos/{owner}/{repo}/commits/{ref*}", "contents:read")
def show_commit(call: Call) -> Answer:
    """One commit, with the files that it changed."""
    repo, store = call.repository, call.repository.store
    require_content(repo)
    oid = store.resolve(call.params["ref"])
    if not isinstance(store.get(oid), Commit):
        raise Refusal(422, f"No commit found for SHA: {call.params['ref']}")
    parents = store.commit(oid).parents
    files = _files(call, repo, parents[0].decode() if parents else "", oid)
    return Answer(200, render.commit(call.fake, repo, oid) | {"files": list(islice(files, _FILES))})


def _is_by(commit: Commit, wanted: str) -> bool:
    """Whether a commit's author has this address, or this login in a no-reply one."""
    address = str(render.person(commit.author, commit.author_time)["email"])
    login = address.removesuffix("@users.noreply.github.com").partition("+")[2]
    return wanted.lower() in {address.lower(), login.lower()}


@routes("POST", "/repos/{owner}/{repo}/merges", "contents:write", creates="commit")
def merge_branch(call: Call) -> Answer:
    """Merge `head` into the branch `base`: 204 if there is nothing to merge, 409 for a conflict."""
    repo, base, head = call.repository, call.text("base"), call.text("head")
    name, theirs = f"refs/heads/{base}", repo.store.resolve(head)
    ours = repo.store.ref(name)
    if not ours:
        raise Refusal(404, "Base does not exist")
    if not theirs:
        raise Refusal(404, "Head does not exist")
    if repo.store.is_ancestor(theirs, ours):
        return Answer(204)
    protecting.check_rest(call, name, status=409)
    tree = call.fake.merged_tree(repo, ours, theirs)
    if tree is None:
        raise Refusal(409, "Merge conflict")
    message = call.text("commit_message", f"Merge {head} into {base}")
    signature = render.SIGNATURE
    oid = repo.store.add_commit(
        tree, [ours, theirs], message, call.account.signature, call.now, render.COMMITTER, signature
    )
    call.fake.move(repo, name, oid, call.lag)
    return Answer(201, render.commit(call.fake, repo, oid))


def _content(call: Call, path: str) -> Answer:
    repo, store = call.repository, call.repository.store
    if repo.is_empty:
        raise Refusal(404, "This repository is empty.")
    rev = call.request.query.get("ref", repo.default_branch)
    commit = store.resolve(rev)
    if not commit:
        raise Refusal(404, f"No commit found for the ref {rev}")
    tree = store.tree_of(commit)
    found = store.find(tree, path)
    if found is None:
        raise not_found()
    mode, oid = found
    if not stat.S_ISDIR(mode):
        return Answer(200, _file(call, path, mode, oid, rev))
    prefix = f"{path.strip('/')}/" if path.strip("/") else ""
    entries = list(store.entries(oid, recursive=False))
    return Answer(200, [_common(call, prefix + name, at, one, rev) for name, at, one in entries])


def _file(call: Call, path: str, mode: int, oid: str, rev: str) -> dict[str, Any]:
    shown = _common(call, path, mode, oid, rev)
    blob = call.repository.store.get(oid)
    if not isinstance(blob, Blob):
        return shown | {"submodule_git_url": None}
    if mode == LINK:
        return shown | {"target": bytes(blob.data).decode("utf-8", "replace")}
    if len(blob.data) > _INLINE_LIMIT:
        return shown | {"content": "", "encoding": "none"}
    return shown | {"content": render.base64_lines(blob.data), "encoding": "base64"}


def _common(call: Call, path: str, mode: int, oid: str, rev: str) -> dict[str, Any]:
    base, page = render.api(call.fake, call.repository), render.html(call.fake, call.repository)
    kind = {LINK: "symlink", MODULE: "submodule"}.get(mode, "dir" if stat.S_ISDIR(mode) else "file")
    sort = "trees" if kind in ("dir", "submodule") else "blobs"
    blob = call.repository.store.get(oid)
    address = f"{base}/contents/{path}?ref={rev}"
    view = f"{page}/{'tree' if kind == 'dir' else 'blob'}/{rev}/{path}"
    git = f"{base}/git/{sort}/{oid}"
    raw = f"https://raw.githubusercontent.com/{call.repository.full_name}/{rev}/{path}"
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": oid,
        "size": len(blob.data) if isinstance(blob, Blob) else 0,
        "url": address,
        "html_url": view,
        "git_url": git,
        "download_url": raw if kind in ("file", "symlink") else None,
        "type": kind,
        "_links": {"self": address, "git": git, "html": view},
    }
