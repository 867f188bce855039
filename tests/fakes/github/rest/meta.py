"""What the service says of itself and of whoever asks."""

from __future__ import annotations

from tests.fakes.github import render
from tests.fakes.github.limits import limited_as
from tests.fakes.github.messages import Answer, Refusal
from tests.fakes.github.routes import Call, routes


@routes("GET", "/rate_limit")
def get_rate_limit(call: Call) -> Answer:
    """What is left of each resource; asking costs nothing."""
    owner, limits = limited_as(call.token), call.fake.limits
    shown = {name: limits.window(owner, name, call.now).as_json() for name in ("core", "graphql")}
    shown["search"] = {"limit": 30, "remaining": 30, "reset": shown["core"]["reset"], "used": 0}
    return Answer(200, {"resources": shown, "rate": shown["core"]})


@routes("GET", "/meta")
def get_meta(call: Call) -> Answer:
    """Facts about the service; an Enterprise Server would say its version."""
    shown: dict[str, object] = {"verifiable_password_authentication": False}
    if call.fake.enterprise_version:
        shown["installed_version"] = call.fake.enterprise_version
    return Answer(200, shown)


@routes("GET", "/user")
def get_user(call: Call) -> Answer:
    """Who a personal access token belongs to."""
    if call.account.kind == "Bot":
        raise Refusal(403, "Resource not accessible by integration")
    shown = render.account(call.fake, call.account) | dict.fromkeys(
        ("name", "company", "blog", "location", "email", "hireable", "bio", "twitter_username")
    )
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    times = dict.fromkeys(("created_at", "updated_at"), render.time(call.now))
    return Answer(200, shown | counts | times)
