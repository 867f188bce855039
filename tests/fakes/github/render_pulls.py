"""Pull requests, labels and comments as GitHub's REST API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.github import render

if TYPE_CHECKING:
    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.state import Comment, Label, Pull, Repository

_LINKS = {
    "self": "/pulls/{n}",
    "issue": "/issues/{n}",
    "comments": "/issues/{n}/comments",
    "review_comments": "/pulls/{n}/comments",
    "review_comment": "/pulls/comments{{/number}}",
    "commits": "/pulls/{n}/commits",
    "statuses": "/statuses/{head}",
}


def label(fake: FakeGitHub, repo: Repository, one: Label) -> dict[str, Any]:
    """A label."""
    return {
        "id": one.id,
        "node_id": f"LA_{one.id}",
        "url": f"{render.api(fake, repo)}/labels/{one.name}",
        "name": one.name,
        "color": one.color,
        "default": False,
        "description": one.description or None,
    }


def _label_of_pull(fake: FakeGitHub, repo: Repository, one: Label) -> dict[str, Any]:
    # Here GitHub describes the description as text, where it describes a label as text or null.
    return label(fake, repo, one) | {"description": one.description}


def comment(fake: FakeGitHub, repo: Repository, pull: Pull, one: Comment) -> dict[str, Any]:
    """A comment on a pull request, which to GitHub is one on an issue."""
    base = render.api(fake, repo)
    return {
        "id": one.id,
        "node_id": f"IC_{one.id}",
        "url": f"{base}/issues/comments/{one.id}",
        "html_url": f"{render.html(fake, repo)}/pull/{pull.number}#issuecomment-{one.id}",
        "issue_url": f"{base}/issues/{pull.number}",
        "user": render.account(fake, one.author),
        "body": one.body,
        "author_association": "CONTRIBUTOR",
        "created_at": render.time(one.created_at),
        "updated_at": render.time(one.created_at),
    }


def event(fake: FakeGitHub, repo: Repository, pull: Pull, number: int, name: str) -> dict[str, Any]:
    """Something that happened to a pull request; who did it is not told apart here."""
    identity = pull.id * 1000 + number
    shown: dict[str, Any] = {
        "id": identity,
        "node_id": f"LE_{identity}",
        "url": f"{render.api(fake, repo)}/issues/events/{identity}",
        "actor": render.account(fake, pull.author),
        "event": name,
        "commit_id": None,
        "commit_url": None,
        "created_at": render.time(pull.updated_at),
        "performed_via_github_app": None,
    }
    return shown | ({"label": {"name": "", "color": "ededed"}} if name == "labeled" else {})


def team(fake: FakeGitHub, repo: Repository, slug: str) -> dict[str, Any]:
    """A team that is asked for a review."""
    base = f"{fake.api_url}/organizations/{repo.owner.id}/team/{slug}"
    return {
        "id": repo.teams.index(slug) + 1,
        "node_id": f"T_{slug}",
        "name": slug,
        "slug": slug,
        "description": "",
        "privacy": "closed",
        "permission": "push",
        "type": "organization",
        "url": base,
        "html_url": f"{fake.html_url}/orgs/{repo.owner.login}/teams/{slug}",
        "members_url": f"{base}/members{{/member}}",
        "repositories_url": f"{base}/repos",
        "parent": None,
    }


def pull(fake: FakeGitHub, repo: Repository, one: Pull, *, is_full: bool = False) -> dict[str, Any]:
    """A pull request; the full one is what a call about this one alone answers."""
    base, page = render.api(fake, repo), f"{render.html(fake, repo)}/pull/{one.number}"
    links = {key: base + path.format(n=one.number, head=one.head_oid) for key, path in _LINKS.items()}
    shown = {
        "url": links["self"],
        "id": one.id,
        "node_id": one.node_id,
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "issue_url": links["issue"],
        "commits_url": links["commits"],
        "review_comments_url": links["review_comments"],
        "review_comment_url": links["review_comment"],
        "comments_url": links["comments"],
        "statuses_url": links["statuses"],
        "number": one.number,
        "state": one.state,
        "locked": False,
        "title": one.title,
        "user": render.account(fake, one.author),
        "body": one.body or None,
        "labels": [_label_of_pull(fake, repo, repo.labels[name.lower()]) for name in one.labels],
        "milestone": None,
        "created_at": render.time(one.created_at),
        "updated_at": render.time(one.updated_at),
        "closed_at": render.time(one.closed_at),
        "merged_at": render.time(one.merged_at),
        "merge_commit_sha": one.merge_oid or None,
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [render.account(fake, fake.user(login)) for login in one.reviewers],
        "requested_teams": [team(fake, repo, slug) for slug in one.teams],
        "head": _side(fake, repo, one.head, one.head_oid),
        "base": _side(fake, repo, one.base, one.base_oid),
        "_links": {key: {"href": address} for key, address in {**links, "html": page}.items()},
        "author_association": "CONTRIBUTOR",
        "auto_merge": None,
        "draft": one.is_draft,
        "active_lock_reason": None,
    }
    return shown | _details(fake, repo, one) if is_full else shown


def _details(fake: FakeGitHub, repo: Repository, one: Pull) -> dict[str, Any]:
    store = repo.store
    old = store.tree_of(store.merge_base(one.base_oid, one.head_oid))
    is_open = one.state == "open"
    base = store.ref(f"refs/heads/{one.base}") or one.base_oid
    is_mergeable = fake.merged_tree(repo, base, one.head_oid) is not None if is_open else None
    return {
        "merged": one.merged_at is not None,
        "mergeable": is_mergeable,
        "rebaseable": is_mergeable,
        "mergeable_state": "clean" if is_mergeable else "dirty" if is_open else "unknown",
        "merged_by": None if one.merged_by is None else render.account(fake, one.merged_by),
        "comments": len(one.comments),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": 1,
        "additions": 0,
        "deletions": 0,
        "changed_files": sum(1 for _ in store.changed(old, store.tree_of(one.head_oid))),
    }


def _side(fake: FakeGitHub, repo: Repository, branch: str, oid: str) -> dict[str, Any]:
    return {
        "label": f"{repo.owner.login}:{branch}",
        "ref": branch,
        "sha": oid,
        "user": render.account(fake, repo.owner),
        "repo": render.repository(fake, repo),
    }
