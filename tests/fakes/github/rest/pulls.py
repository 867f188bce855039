"""Pull requests and their reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.github import render_pulls
from tests.fakes.github.messages import Answer, Refusal, invalid, not_found
from tests.fakes.github.routes import Call, routes

if TYPE_CHECKING:
    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.state import Account, Pull, Repository

TITLE_LIMIT, BODY_LIMIT = 256, 65536


def exists(head: str) -> Refusal:
    """What a second pull request of a branch is told; `head` is `OWNER:BRANCH`."""
    return invalid("PullRequest", "custom", message=f"A pull request already exists for {head}.")


def pull_of(call: Call) -> Pull:
    """The pull request in the path; raises `Refusal` 404."""
    number = call.params["number"]
    pull = call.repository.pulls.get(int(number)) if number.isdigit() else None
    if pull is None:
        raise not_found()
    return pull


def open_pull(
    fake: FakeGitHub, repository: Repository, account: Account, wanted: dict[str, Any], lag: int = 0
) -> Pull:
    """Open a pull request of two branches of one repository; raises `Refusal` 422 as REST words it."""
    head, base = str(wanted["head"]).rpartition(":")[2], str(wanted["base"])
    tips = {name: repository.store.ref(f"refs/heads/{name}") for name in (head, base)}
    for field, name in (("head", head), ("base", base)):
        if not tips[name]:
            raise invalid("PullRequest", "invalid", field)
    known = [
        pull
        for pull in repository.pulls.values()
        if (pull.head, pull.base, pull.state) == (head, base, "open")
    ]
    if known:
        raise exists(f"{repository.owner.login}:{head}")
    if repository.store.is_ancestor(tips[head], tips[base]):
        raise invalid("PullRequest", "custom", message=f"No commits between {base} and {head}")
    _check_texts(wanted)
    texts = {"title": str(wanted["title"]), "body": str(wanted.get("body") or "")}
    return fake.open(repository, head, base, account, **texts, is_draft=bool(wanted.get("draft")), hidden=lag)


@routes("GET", "/repos/{owner}/{repo}/pulls", "pull_requests:read")
def list_pulls(call: Call) -> Answer:
    """Pull requests by state, head and base, newest first."""
    query = call.request.query
    state, head, base = query.get("state", "open"), query.get("head", ""), query.get("base", "")
    owner, _, branch = head.rpartition(":")
    found = [
        pull
        for pull in call.repository.pulls.values()
        if state in ("all", pull.state)
        and (not head or (pull.head == branch and owner.lower() in ("", call.repository.owner.login.lower())))
        and (not base or pull.base == base)
    ]
    seen = [pull for pull in found if call.repository.read_pull(pull)]
    seen.sort(key=lambda pull: pull.number, reverse=query.get("direction", "desc") == "desc")
    page, headers = call.page(seen)
    return Answer(200, [render_pulls.pull(call.fake, call.repository, one) for one in page], headers)


@routes("POST", "/repos/{owner}/{repo}/pulls", "pull_requests:write", creates="pull request")
def create_pull(call: Call) -> Answer:
    """A new pull request; 422 if the branch has one."""
    wanted = {"title": call.text("title"), "head": call.text("head"), "base": call.text("base")}
    pull = open_pull(call.fake, call.repository, call.account, call.body | wanted, call.lag)
    shown = render_pulls.pull(call.fake, call.repository, pull, is_full=True)
    return Answer(201, shown, {"location": shown["url"]})


@routes("GET", "/repos/{owner}/{repo}/pulls/{number}", "pull_requests:read")
def get_pull(call: Call) -> Answer:
    """One pull request."""
    pull = call.repository.read_pull(pull_of(call))
    if pull is None:
        raise not_found()
    return Answer(200, render_pulls.pull(call.fake, call.repository, pull, is_full=True))


@routes("PATCH", "/repos/{owner}/{repo}/pulls/{number}", "pull_requests:write", creates="pull request")
def update_pull(call: Call) -> Answer:
    """Another title, body, base or state."""
    pull = pull_of(call)
    _check_texts(call.body)
    pull.title = call.body.get("title") or pull.title
    pull.body = pull.body if call.body.get("body") is None else call.body["body"]
    pull.base = call.body.get("base") or pull.base
    state = call.body.get("state") or pull.state
    if state == "open" and pull.state == "closed":
        _reopen(call, pull)
    elif state == "closed" and pull.state == "open":
        call.fake.close(call.repository, pull.number)
    pull.updated_at = call.now
    return Answer(200, render_pulls.pull(call.fake, call.repository, pull, is_full=True))


@routes(
    "POST",
    "/repos/{owner}/{repo}/pulls/{number}/requested_reviewers",
    "pull_requests:write",
    creates="reviewers",
)
def request_reviewers(call: Call) -> Answer:
    """Ask users and teams for a review; 422 for any that is no collaborator."""
    pull = pull_of(call)
    users, teams = list(call.body.get("reviewers", [])), list(call.body.get("team_reviewers", []))
    known = {login.lower() for login in call.repository.collaborators}
    if pull.author.login in users:
        raise Refusal(422, "Review cannot be requested from pull request author.")
    if any(login.lower() not in known for login in users) or not set(teams) <= set(call.repository.teams):
        raise Refusal(
            422,
            "Reviews may only be requested from collaborators. One or more of the users or teams you"
            f" specified is not a collaborator of the {call.repository.full_name} repository.",
        )
    if users or teams:
        pull.events.append("review_requested")
    pull.reviewers += [login for login in users if login not in pull.reviewers]
    pull.teams += [slug for slug in teams if slug not in pull.teams]
    return Answer(201, render_pulls.pull(call.fake, call.repository, pull))


def _reopen(call: Call, pull: Pull) -> None:
    if pull.merged_at is not None or not call.repository.store.ref(f"refs/heads/{pull.head}"):
        raise invalid("PullRequest", "invalid", "state")
    pull.state, pull.closed_at = "open", None


def _check_texts(wanted: dict[str, Any]) -> None:
    for key, limit in (("title", TITLE_LIMIT), ("body", BODY_LIMIT)):
        if len(wanted.get(key) or "") > limit:
            text = f"{key} is too long (maximum is {limit} characters)"
            raise invalid("PullRequest", "custom", key, text)
