"""One life of a repository, call by call: everything that the fake serves over REST, and its refusals."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.github.world import World

_R = "/repos/octo/engine"


@dataclass(frozen=True)
class Step:
    """One call. `path` and `body` may ask the world for what only it knows; `who` names a credential."""

    name: str
    method: str
    path: str | Callable[[World], str]
    status: int
    body: Any = None
    who: str = "write"


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


STEPS = (
    Step("app", "GET", "/app", 200, who="app"),
    Step("installation", "GET", lambda w: f"/app/installations/{w.installation.id}", 200, who="app"),
    Step("organisation's installation", "GET", "/orgs/octo/installation", 200, who="app"),
    Step("no installation", "GET", "/orgs/appmakers/installation", 404, who="app"),
    Step("repository's installation", "GET", f"{_R}/installation", 200, who="app"),
    Step(
        "token", "POST", lambda w: f"/app/installations/{w.installation.id}/access_tokens", 201,
        {"repositories": ["engine"], "permissions": {"contents": "read"}}, "app",
    ),
    Step(
        "token for too much", "POST", lambda w: f"/app/installations/{w.installation.id}/access_tokens", 422,
        {"permissions": {"administration": "write"}}, "app",
    ),
    Step(
        "strange token", "POST", lambda w: f"/app/installations/{w.installation.id}/access_tokens", 422,
        {"repositories": ["elsewhere"]}, "app",
    ),
    Step("no app", "GET", "/app/installations/1", 404, who="app"),
    Step("token's repositories", "GET", "/installation/repositories?per_page=100", 200),
    Step("repository", "GET", _R, 200),
    Step("no repository", "GET", "/repos/octo/nothing", 404),
    Step("organisation's repositories", "GET", "/orgs/octo/repos?per_page=2", 200),
    Step("user", "GET", "/user", 200, who="classic"),
    Step("rate limit", "GET", "/rate_limit", 200),
    Step("meta", "GET", "/meta", 200),
    Step("ref", "GET", f"{_R}/git/ref/heads/main", 200),
    Step("no ref", "GET", f"{_R}/git/ref/heads/none", 404),
    Step("ref of an empty repository", "GET", "/repos/octo/empty/git/ref/heads/main", 409),
    Step("matching refs", "GET", f"{_R}/git/matching-refs/heads/ma", 200),
    Step("no matching refs", "GET", f"{_R}/git/matching-refs/heads/zz/y", 200),
    Step("new ref", "POST", f"{_R}/git/refs", 201, lambda w: {"ref": "refs/heads/docs/bot", "sha": w.main}),
    Step("ref again", "POST", f"{_R}/git/refs", 422, lambda w: {"ref": "refs/heads/docs/bot", "sha": w.main}),
    Step("deep ref", "GET", f"{_R}/git/ref/heads/docs/bot", 200),
    Step("ref in an empty repository", "POST", "/repos/octo/empty/git/refs", 409,
         lambda w: {"ref": "refs/heads/docs/bot", "sha": w.main}),
    Step("blob", "POST", f"{_R}/git/blobs", 201, {"content": _text(b"hello\n"), "encoding": "base64"}),
    Step("blob read", "GET", lambda w: f"{_R}/git/blobs/{w.seen('blob')['sha']}", 200),
    Step("no blob", "GET", f"{_R}/git/blobs/{'0' * 40}", 404),
    Step("tree", "POST", f"{_R}/git/trees", 201, lambda w: {
        "base_tree": w.main,
        "tree": [{"path": "docs/a.md", "mode": "100644", "type": "blob", "sha": w.seen("blob")["sha"]}],
    }),
    Step("tree read", "GET", f"{_R}/git/trees/main?recursive=1", 200),
    Step("no tree", "GET", f"{_R}/git/trees/none", 404),
    Step("tree of an empty repository", "GET", "/repos/octo/empty/git/trees/main", 409),
    Step("commit", "POST", f"{_R}/git/commits", 201, lambda w: {
        "message": "Document", "tree": w.seen("tree")["sha"], "parents": [w.main],
    }),
    Step("commit of nothing", "POST", f"{_R}/git/commits", 422, {"message": "x", "tree": "0" * 40}),
    Step("commit read", "GET", lambda w: f"{_R}/git/commits/{w.seen('commit')['sha']}", 200),
    Step("no commit", "GET", f"{_R}/git/commits/{'0' * 40}", 404),
    Step("ref moved", "PATCH", f"{_R}/git/refs/heads/docs/bot", 200,
         lambda w: {"sha": w.seen("commit")["sha"]}),
    Step("ref moved back", "PATCH", f"{_R}/git/refs/heads/docs/bot", 422, lambda w: {"sha": w.main}),
    Step("protected ref", "PATCH", "/repos/octo/guarded/git/refs/heads/main", 422,
         lambda w: {"sha": w.guarded, "force": True}),
    Step("compare", "GET", f"{_R}/compare/main...docs%2Fbot", 200),
    Step("compare deep", "GET", f"{_R}/compare/main...docs/bot", 200),
    Step("no compare", "GET", f"{_R}/compare/main...none", 404),
    Step("commits", "GET", f"{_R}/commits?sha=docs/bot&per_page=10", 200),
    Step("commit with its files", "GET", f"{_R}/commits/docs/bot", 200),
    Step("no such commit", "GET", f"{_R}/commits/none", 422),
    Step("commits of somebody", "GET", f"{_R}/commits?author=ada@example.org", 200),
    Step("commits of a path", "GET", f"{_R}/commits?path=README.md", 200),
    Step("commits of an empty repository", "GET", "/repos/octo/empty/commits", 409),
    Step("file", "GET", f"{_R}/contents/README.md", 200),
    Step("deep file", "GET", f"{_R}/contents/docs/a.md?ref=docs/bot", 200),
    Step("folder", "GET", f"{_R}/contents/docs?ref=docs/bot", 200),
    Step("link", "GET", f"{_R}/contents/link", 200),
    Step("no file", "GET", f"{_R}/contents/none.md", 404),
    Step("file written", "PUT", f"{_R}/contents/docs/b.md", 201,
         {"message": "Add", "content": _text(b"b\n"), "branch": "docs/bot"}),
    Step("protected file", "PUT", "/repos/octo/guarded/contents/docs/b.md", 409,
         {"message": "Add", "content": _text(b"b\n")}),
    Step("merge", "POST", f"{_R}/merges", 201, {"base": "docs/bot", "head": "feature"}),
    Step("nothing to merge", "POST", f"{_R}/merges", 204, {"base": "docs/bot", "head": "main"}),
    Step("conflict", "POST", f"{_R}/merges", 409, {"base": "docs/bot", "head": "clash"}),
    Step("branch", "GET", f"{_R}/branches/main", 200),
    Step("no branch", "GET", f"{_R}/branches/none/such", 404),
    Step("protection", "GET", "/repos/octo/classic/branches/main/protection", 200, who="admin"),
    Step("no protection", "GET", f"{_R}/branches/main/protection", 404, who="admin"),
    Step("rules", "GET", "/repos/octo/guarded/rules/branches/main", 200),
    Step("pull", "POST", f"{_R}/pulls", 201,
         {"title": "Docs", "head": "docs/bot", "base": "main", "body": "b", "draft": True}),
    Step("pull again", "POST", f"{_R}/pulls", 422, {"title": "Docs", "head": "docs/bot", "base": "main"}),
    Step("pull of nothing", "POST", f"{_R}/pulls", 422, {"title": "Docs", "head": "none", "base": "main"}),
    Step("pulls", "GET", f"{_R}/pulls?state=all&head=octo:docs/bot&base=main", 200),
    Step("pull read", "GET", f"{_R}/pulls/1", 200),
    Step("no pull", "GET", f"{_R}/pulls/9", 404),
    Step("pull changed", "PATCH", f"{_R}/pulls/1", 200, {"title": "Documentation", "body": "c"}),
    Step("pull with too long a title", "PATCH", f"{_R}/pulls/1", 422, {"title": "x" * 300}),
    Step("reviewers", "POST", f"{_R}/pulls/1/requested_reviewers", 201,
         {"reviewers": ["ada"], "team_reviewers": ["docs"]}),
    Step("strange reviewers", "POST", f"{_R}/pulls/1/requested_reviewers", 422, {"reviewers": ["nobody"]}),
    Step("new label", "POST", f"{_R}/labels", 201, {"name": "documentation", "color": "0075ca"}),
    Step("label again", "POST", f"{_R}/labels", 422, {"name": "documentation"}),
    Step("label", "GET", f"{_R}/labels/documentation", 200),
    Step("no label", "GET", f"{_R}/labels/none", 404),
    Step("labels put on", "POST", f"{_R}/issues/1/labels", 200, {"labels": ["documentation", "bot"]}),
    Step("labels read", "GET", f"{_R}/issues/1/labels", 200),
    Step("label taken off", "DELETE", f"{_R}/issues/1/labels/bot", 200),
    Step("events", "GET", f"{_R}/issues/1/events", 200),
    Step("comment", "POST", f"{_R}/issues/1/comments", 201, {"body": "Hands off."}),
    Step("comments", "GET", f"{_R}/issues/1/comments", 200),
    Step("pull closed", "PATCH", f"{_R}/pulls/1", 200, {"state": "closed"}),
    Step("merged pull", "GET", "/repos/octo/merged/pulls/1", 200),
    Step("ref deleted", "DELETE", f"{_R}/git/refs/heads/docs/bot", 204),
    Step("ref deleted again", "DELETE", f"{_R}/git/refs/heads/docs/bot", 422),
    Step("archived", "POST", "/repos/octo/archived/labels", 403, {"name": "x"}),
    Step("token revoked", "DELETE", "/installation/token", 204),
)  # fmt: skip
