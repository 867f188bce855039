"""Repositories, their branches and what protects these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.github import render
from tests.fakes.github.messages import Answer, Refusal, not_found
from tests.fakes.github.routes import Call, routes

if TYPE_CHECKING:
    from tests.fakes.github.state import Protection


@routes("GET", "/repos/{owner}/{repo}", "metadata:read")
def get_repository(call: Call) -> Answer:
    """One repository."""
    return Answer(200, render.repository(call.fake, call.repository, is_full=True))


@routes("GET", "/orgs/{org}/repos", "metadata:read")
def list_repositories(call: Call) -> Answer:
    """An organisation's repositories that whoever asks may see."""
    login = call.params["org"].lower()
    if login not in call.fake.accounts:
        raise not_found()
    every = sorted(call.fake.repositories.items())
    seen = [
        one for _, one in every if one.owner.login.lower() == login and (call.token and call.token.sees(one))
    ]
    page, headers = call.page(seen)
    return Answer(200, [render.repository(call.fake, one) for one in page], headers)


@routes("GET", "/repos/{owner}/{repo}/branches/{branch*}/protection", "administration:read")
def get_protection(call: Call) -> Answer:
    """The classic protection of a branch, which rulesets are no part of."""
    rule = call.repository.protections.get(call.params["branch"])
    if rule is None or rule.is_ruleset:
        raise Refusal(404, "Branch not protected")
    return Answer(200, _protection(call, rule))


@routes("GET", "/repos/{owner}/{repo}/branches/{branch*}", "contents:read")
def get_branch(call: Call) -> Answer:
    """One branch, and whether it is protected."""
    name = call.params["branch"]
    oid = call.repository.read_ref(f"refs/heads/{name}")
    if not oid:
        raise Refusal(404, "Branch not found")
    base, page = render.api(call.fake, call.repository), render.html(call.fake, call.repository)
    rule = call.repository.protections.get(name)
    checks = {"enforcement_level": "off", "contexts": [], "checks": []}
    return Answer(
        200,
        {
            "name": name,
            "commit": render.commit(call.fake, call.repository, oid),
            "_links": {"self": f"{base}/branches/{name}", "html": f"{page}/tree/{name}"},
            "protected": rule is not None,
            "protection": {
                "enabled": rule is not None and not rule.is_ruleset,
                "required_status_checks": checks,
            },
            "protection_url": f"{base}/branches/{name}/protection",
        },
    )


@routes("GET", "/repos/{owner}/{repo}/rules/branches/{branch*}", "metadata:read")
def list_rules(call: Call) -> Answer:
    """The rules of rulesets that hold for a branch."""
    rule = call.repository.protections.get(call.params["branch"])
    if rule is None or not rule.is_ruleset:
        return Answer(200, [])
    source = {
        "ruleset_source_type": "Repository",
        "ruleset_source": call.repository.full_name,
        "ruleset_id": 1,
    }
    return Answer(200, [one | source for one in _rules(rule)])


def _rules(rule: Protection) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if rule.requires_pull_request:
        parameters = {
            "allowed_merge_methods": ["merge", "squash", "rebase"],
            "dismiss_stale_reviews_on_push": False,
            "require_code_owner_review": False,
            "require_last_push_approval": False,
            "required_approving_review_count": 1,
            "required_review_thread_resolution": False,
        }
        found.append({"type": "pull_request", "parameters": parameters})
    if rule.requires_signatures:
        found.append({"type": "required_signatures"})
    if rule.blocks_creation:
        found.append({"type": "creation"})
    if rule.required_checks:
        wanted = [{"context": name} for name in rule.required_checks]
        strict = {"required_status_checks": wanted, "strict_required_status_checks_policy": False}
        found.append({"type": "required_status_checks", "parameters": strict})
    return found


def _protection(call: Call, rule: Protection) -> dict[str, Any]:
    base = f"{render.api(call.fake, call.repository)}/branches/{call.params['branch']}/protection"
    shown: dict[str, Any] = {
        "url": base,
        "required_signatures": {"url": f"{base}/required_signatures", "enabled": rule.requires_signatures},
        "enforce_admins": {"url": f"{base}/enforce_admins", "enabled": True},
        "allow_force_pushes": {"enabled": False},
        "allow_deletions": {"enabled": False},
    }
    if rule.requires_pull_request:
        shown["required_pull_request_reviews"] = {
            "url": f"{base}/required_pull_request_reviews",
            "dismiss_stale_reviews": False,
            "require_code_owner_reviews": False,
            "required_approving_review_count": 1,
        }
    return shown
