"""Comments and labels, which pull requests share with issues."""

from __future__ import annotations

from tests.fakes.github import render_pulls
from tests.fakes.github.messages import Answer, Refusal, invalid, not_found
from tests.fakes.github.rest.pulls import BODY_LIMIT, pull_of
from tests.fakes.github.routes import Call, routes
from tests.fakes.github.state import Comment, Label


@routes("GET", "/repos/{owner}/{repo}/issues/{number}/comments", "pull_requests:read")
def list_comments(call: Call) -> Answer:
    """Comments, oldest first."""
    pull = pull_of(call)
    page, headers = call.page(pull.comments)
    return Answer(200, [render_pulls.comment(call.fake, call.repository, pull, one) for one in page], headers)


@routes("POST", "/repos/{owner}/{repo}/issues/{number}/comments", "pull_requests:write", creates="comment")
def create_comment(call: Call) -> Answer:
    """A new comment."""
    pull, body = pull_of(call), call.text("body")
    if not body.strip() or len(body) > BODY_LIMIT:
        raise invalid("IssueComment", "unprocessable", "data", "Body is too long or blank")
    comment = Comment(call.fake.next_id(), call.account, body, call.now)
    pull.comments.append(comment)
    shown = render_pulls.comment(call.fake, call.repository, pull, comment)
    return Answer(201, shown, {"location": shown["url"]})


@routes("GET", "/repos/{owner}/{repo}/issues/{number}/events", "pull_requests:read")
def list_events(call: Call) -> Answer:
    """What happened to a pull request, oldest first."""
    pull = pull_of(call)
    page, headers = call.page(list(enumerate(pull.events)))
    shown = [render_pulls.event(call.fake, call.repository, pull, *one) for one in page]
    return Answer(200, shown, headers)


@routes("GET", "/repos/{owner}/{repo}/issues/{number}/labels", "pull_requests:read")
def list_labels_on(call: Call) -> Answer:
    """The labels of a pull request."""
    return _labels_on(call)


@routes("POST", "/repos/{owner}/{repo}/issues/{number}/labels", "pull_requests:write", creates="label")
def add_labels(call: Call) -> Answer:
    """Put labels on; ones that the repository does not have are made."""
    pull = pull_of(call)
    for name in call.body.get("labels", []):
        label = call.fake.label(call.repository, name)
        if label.name not in pull.labels:
            pull.labels.append(label.name)
            pull.events.append("labeled")
    return _labels_on(call)


@routes(
    "DELETE", "/repos/{owner}/{repo}/issues/{number}/labels/{name}", "pull_requests:write", creates="label"
)
def remove_label(call: Call) -> Answer:
    """Take one label off."""
    pull = pull_of(call)
    kept = [name for name in pull.labels if name.lower() != call.params["name"].lower()]
    if kept == pull.labels:
        raise Refusal(404, "Label does not exist")
    pull.labels = kept
    return _labels_on(call)


@routes("GET", "/repos/{owner}/{repo}/labels/{name}", "pull_requests:read")
def get_label(call: Call) -> Answer:
    """One label of a repository."""
    found = call.repository.labels.get(call.params["name"].lower())
    if found is None:
        raise not_found()
    return Answer(200, render_pulls.label(call.fake, call.repository, found))


@routes("POST", "/repos/{owner}/{repo}/labels", "pull_requests:write", creates="label")
def create_label(call: Call) -> Answer:
    """A new label; 422 if there is one."""
    name = call.text("name")
    if name.lower() in call.repository.labels:
        raise invalid("Label", "already_exists", "name")
    label = Label(call.fake.next_id(), name, call.text("color", "ededed"), call.text("description", ""))
    call.repository.labels[name.lower()] = label
    return Answer(201, render_pulls.label(call.fake, call.repository, label))


def _labels_on(call: Call) -> Answer:
    labels = [call.repository.labels[name.lower()] for name in pull_of(call).labels]
    return Answer(200, [render_pulls.label(call.fake, call.repository, one) for one in labels])
