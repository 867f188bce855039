"""The app about itself, its installations and their tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.github import render
from tests.fakes.github.messages import Answer, Refusal, not_found
from tests.fakes.github.routes import Call, routes

if TYPE_CHECKING:
    from tests.fakes.github.auth import App, Installation

_MOST_REPOSITORIES = 500


def _app(call: Call) -> App:
    assert call.token is not None
    assert call.token.app is not None
    return call.token.app


def _installation_on(call: Call, login: str) -> Installation:
    for installation in _app(call).installations.values():
        if installation.owner.login.lower() == login.lower():
            return installation
    raise not_found()


@routes("GET", "/app", "app:read")
def get_app(call: Call) -> Answer:
    """The app that signed the request."""
    app = _app(call)
    return Answer(
        200,
        {
            "id": app.id,
            "slug": app.slug,
            "client_id": app.client_id,
            "node_id": f"A_{app.id}",
            "owner": render.account(call.fake, app.owner),
            "name": app.slug,
            "description": "",
            "external_url": "https://example.org",
            "html_url": f"{call.fake.html_url}/apps/{app.slug}",
            "created_at": render.time(call.now),
            "updated_at": render.time(call.now),
            "permissions": app.permissions,
            "events": [],
            "installations_count": len(app.installations),
        },
    )


@routes("GET", "/orgs/{org}/installation", "app:read")
def get_org_installation(call: Call) -> Answer:
    """Where the app is installed on an organisation."""
    return Answer(200, _shown(call, _installation_on(call, call.params["org"])))


@routes("GET", "/app/installations/{id}", "app:read")
def get_installation(call: Call) -> Answer:
    """One installation."""
    return Answer(200, _shown(call, _installation(call)))


# `owner` and `name` in place of `repo`: the app itself may see no repository.
@routes("GET", "/repos/{owner}/{name}/installation", "app:read")
def get_repo_installation(call: Call) -> Answer:
    """Where the app is installed for a repository."""
    installation = _installation_on(call, call.params["owner"])
    found = call.fake.find(call.params["owner"], call.params["name"])
    if found is None or (installation.repositories is not None and found.id not in installation.repositories):
        raise not_found()
    return Answer(200, _shown(call, installation))


@routes("POST", "/app/installations/{id}/access_tokens", "app:write")
def create_token(call: Call) -> Answer:
    """A token for an hour, no more than is asked for; 422 for more than there is."""
    installation = _installation(call)
    if installation.is_suspended:
        raise Refusal(403, "This installation has been suspended")
    chosen = _chosen(call, installation)
    permissions = call.body.get("permissions") or {}
    token = call.fake.vault.installation_token(installation, _app(call), dict(permissions), chosen, call.now)
    shown: dict[str, Any] = {
        "token": token.value,
        "expires_at": render.time(token.expires_at),
        "permissions": {"metadata": "read", **token.permissions},
        "repository_selection": "all" if token.repositories is None else "selected",
    }
    if token.repositories is not None and chosen is not None:
        known = {one.id: one for one in call.fake.repositories.values()}
        shown["repositories"] = [
            render.repository(call.fake, known[number]) for number in sorted(token.repositories)
        ]
    return Answer(201, shown)


@routes("DELETE", "/installation/token")
def revoke_token(call: Call) -> Answer:
    """End the token that the request carries."""
    if call.token is None or call.token.kind != "installation":
        raise Refusal(401, "Requires authentication")
    del call.fake.vault.tokens[call.token.value]
    return Answer(204)


@routes("GET", "/installation/repositories", "metadata:read")
def list_installation_repositories(call: Call) -> Answer:
    """The repositories that an installation token may see."""
    if call.token is None or call.token.kind != "installation" or call.token.owner is None:
        raise Refusal(
            403,
            "You must authenticate with an installation access token in order to list"
            " repositories for an installation.",
        )
    owner, token = call.token.owner.id, call.token
    every = [one for one in call.fake.repositories.values() if one.owner.id == owner]
    seen = [one for one in every if token.repositories is None or one.id in token.repositories]
    page, headers = call.page(seen)
    selection = "all" if token.repositories is None else "selected"
    shown = [render.repository(call.fake, one) for one in page]
    body = {"total_count": len(seen), "repository_selection": selection, "repositories": shown}
    return Answer(200, body, headers)


def _installation(call: Call) -> Installation:
    number = call.params["id"]
    found = _app(call).installations.get(int(number)) if number.isdigit() else None
    if found is None:
        raise not_found()
    return found


def _chosen(call: Call, installation: Installation) -> frozenset[int] | None:
    names, numbers = call.body.get("repositories"), call.body.get("repository_ids")
    if names is None and numbers is None:
        return None
    login = installation.owner.login
    found = [call.fake.find(login, str(name)) for name in names or []]
    by_number = {one.id: one for one in call.fake.repositories.values() if one.owner.login == login}
    found += [by_number.get(number) for number in numbers or []]
    allowed = installation.repositories
    if len(found) > _MOST_REPOSITORIES or not all(
        one is not None and (allowed is None or one.id in allowed) for one in found
    ):
        raise Refusal(
            422,
            "There is at least one repository that does not exist or is not accessible to the parent"
            " installation.",
        )
    return frozenset(one.id for one in found if one is not None)


def _shown(call: Call, one: Installation) -> dict[str, Any]:
    app, base = _app(call), f"{call.fake.api_url}/app/installations/{one.id}"
    return {
        "id": one.id,
        "client_id": app.client_id,
        "account": render.account(call.fake, one.owner),
        "repository_selection": "all" if one.repositories is None else "selected",
        "access_tokens_url": f"{base}/access_tokens",
        "repositories_url": f"{call.fake.api_url}/installation/repositories",
        "html_url": f"{call.fake.html_url}/organizations/{one.owner.login}/settings/installations/{one.id}",
        "app_id": app.id,
        "app_slug": app.slug,
        "target_id": one.owner.id,
        "target_type": "Organization",
        "permissions": one.permissions,
        "events": [],
        "created_at": render.time(call.now),
        "updated_at": render.time(call.now),
        "single_file_name": None,
        "suspended_by": None,
        "suspended_at": render.time(call.now) if one.is_suspended else None,
    }
