"""Repositories, refs, commits and accounts as GitHub's REST API shows them."""

from __future__ import annotations

import base64
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from dulwich.objects import Commit

    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.state import Account, Repository

COMMITTER = "GitHub <noreply@github.com>"
# Stands for GitHub's own signature; `is_signed` looks for exactly this one.
SIGNATURE = b"-----BEGIN PGP SIGNATURE-----\n\nZmFrZQ==\n-----END PGP SIGNATURE-----"

_USER_ADDRESSES = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}
_REPOSITORY_ADDRESSES = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
_COUNTS = ("forks", "forks_count", "stargazers_count", "watchers", "watchers_count")
_FEATURES = ("has_downloads", "has_issues", "has_projects", "has_wiki")


def time(at: datetime | None) -> str | None:
    """Whole seconds in UTC."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def base64_lines(content: bytes) -> str:
    """Base64 in lines of 60, as GitHub breaks it."""
    return "".join(f"{line}\n" for line in textwrap.wrap(base64.b64encode(content).decode(), 60))


def api(fake: FakeGitHub, repository: Repository) -> str:
    """A repository's address in the API."""
    return f"{fake.api_url}/repos/{repository.full_name}"


def html(fake: FakeGitHub, repository: Repository) -> str:
    """A repository's address in a browser."""
    return f"{fake.html_url}/{repository.full_name}"


def object_id(repository: Repository, prefix: str, oid: str) -> str:
    """The global id of a git object."""
    raw = f"{repository.id}:{oid}".encode()
    return f"{prefix}_kwDO{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


def account(fake: FakeGitHub, one: Account) -> dict[str, Any]:
    """A user, bot or organisation in short."""
    login = quote(one.login)
    base = f"{fake.api_url}/users/{login}"
    page = f"apps/{one.login.removesuffix('[bot]')}" if one.kind == "Bot" else login
    return {
        "login": one.login,
        "id": one.id,
        "node_id": one.node_id,
        "avatar_url": f"https://avatars.githubusercontent.com/u/{one.id}?v=4",
        "gravatar_id": "",
        "url": base,
        "html_url": f"{fake.html_url}/{page}",
        **{key: base + suffix for key, suffix in _USER_ADDRESSES.items()},
        "type": one.kind,
        "site_admin": False,
    }


def repository(fake: FakeGitHub, one: Repository, *, is_full: bool = False) -> dict[str, Any]:
    """A repository; the full one is what `GET /repos/{owner}/{repo}` answers."""
    base, page = api(fake, one), html(fake, one)
    open_pulls = sum(1 for pull in one.pulls.values() if pull.state == "open")
    shown = {
        "id": one.id,
        "node_id": one.node_id,
        "name": one.name,
        "full_name": one.full_name,
        "private": one.visibility != "public",
        "owner": account(fake, one.owner),
        "html_url": page,
        "description": one.description or None,
        "fork": one.is_fork,
        "url": base,
        **{key: base + suffix for key, suffix in _REPOSITORY_ADDRESSES.items()},
        "git_url": f"git://github.com/{one.full_name}.git",
        "ssh_url": f"git@github.com:{one.full_name}.git",
        "clone_url": fake.clone_url(one),
        "svn_url": page,
        "homepage": None,
        "mirror_url": f"https://mirror.example/{one.name}.git" if one.is_mirror else None,
        "size": one.size,
        "language": one.language,
        **dict.fromkeys(_COUNTS, 0),
        **dict.fromkeys(_FEATURES, True),
        "has_pages": False,
        "has_discussions": False,
        "archived": one.is_archived,
        "disabled": one.is_disabled,
        "open_issues": open_pulls,
        "open_issues_count": open_pulls,
        "license": None,
        "is_template": one.is_template,
        "topics": one.topics,
        "visibility": one.visibility,
        "default_branch": one.default_branch,
        "pushed_at": time(one.pushed_at),
        "created_at": time(one.created_at),
        "updated_at": time(one.pushed_at),
    }
    if is_full:
        shown |= {"network_count": 0, "subscribers_count": 0}
    return shown


def ref(fake: FakeGitHub, repo: Repository, name: str, oid: str) -> dict[str, Any]:
    """A git ref."""
    base = api(fake, repo)
    target = {"sha": oid, "type": "commit", "url": f"{base}/git/commits/{oid}"}
    short = name.removeprefix("refs/")
    return {
        "ref": name,
        "node_id": object_id(repo, "REF", name),
        "url": f"{base}/git/refs/{short}",
        "object": target,
    }


def person(signature: bytes, at: int) -> dict[str, str]:
    """`Name <address>` and when."""
    name, _, address = signature.decode("utf-8", "replace").rpartition(" <")
    when = datetime.fromtimestamp(at, UTC)
    return {"name": name, "email": address.rstrip(">"), "date": str(time(when))}


def is_signed(commit: Commit) -> bool:
    """Whether GitHub signed it."""
    return bool(commit.gpgsig == SIGNATURE)


def verification(commit: Commit) -> dict[str, Any]:
    """What is said of a commit's signature."""
    if not is_signed(commit):
        unsigned = {"verified": False, "reason": "unsigned", "signature": None, "payload": None}
        return unsigned | {"verified_at": None}
    return {
        "verified": True,
        "reason": "valid",
        "signature": SIGNATURE.decode(),
        "payload": f"tree {commit.tree.decode()}\n",
        "verified_at": time(datetime.fromtimestamp(commit.commit_time, UTC)),
    }


def git_commit(fake: FakeGitHub, repo: Repository, oid: str) -> dict[str, Any]:
    """A commit of `/git/commits`."""
    commit, base, page = repo.store.commit(oid), api(fake, repo), html(fake, repo)
    tree = commit.tree.decode()
    return {
        "sha": oid,
        "node_id": object_id(repo, "C", oid),
        "url": f"{base}/git/commits/{oid}",
        "html_url": f"{page}/commit/{oid}",
        "author": person(commit.author, commit.author_time),
        "committer": person(commit.committer, commit.commit_time),
        "tree": {"sha": tree, "url": f"{base}/git/trees/{tree}"},
        "message": commit.message.decode("utf-8", "replace"),
        "parents": [_parent(base, page, parent.decode(), "git/commits") for parent in commit.parents],
        "verification": verification(commit),
    }


def commit(fake: FakeGitHub, repo: Repository, oid: str) -> dict[str, Any]:
    """A commit of `/commits`, which also knows the accounts behind it."""
    git, base, page = git_commit(fake, repo, oid), api(fake, repo), html(fake, repo)
    inner = {key: git[key] for key in ("author", "committer", "message", "tree", "verification")}
    return {
        "sha": oid,
        "node_id": git["node_id"],
        "commit": inner | {"url": git["url"], "comment_count": 0},
        "url": f"{base}/commits/{oid}",
        "html_url": git["html_url"],
        "comments_url": f"{base}/commits/{oid}/comments",
        "author": _account_of(fake, git["author"]),
        "committer": _account_of(fake, git["committer"]),
        "parents": [_parent(base, page, parent["sha"], "commits") for parent in git["parents"]],
    }


def _account_of(fake: FakeGitHub, who: dict[str, str]) -> dict[str, Any] | None:
    login = who["email"].removesuffix("@users.noreply.github.com").partition("+")[2]
    if who["email"] == "noreply@github.com":
        login = "web-flow"
    found = fake.user("web-flow") if login == "web-flow" else fake.accounts.get(login.lower())
    return None if found is None else account(fake, found)


def _parent(base: str, page: str, oid: str, kind: str) -> dict[str, str]:
    return {"sha": oid, "url": f"{base}/{kind}/{oid}", "html_url": f"{page}/commit/{oid}"}
