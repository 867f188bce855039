"""Organisations, repositories, languages, topics, the viewer and the rate limit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.fakes.github import protecting, render
from tests.fakes.github.graphql.sources import Failure, ObjectNode, PullNode, RefNode, connection, require
from tests.fakes.github.limits import limited_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.github.graphql.sources import Info
    from tests.fakes.github.routes import Call
    from tests.fakes.github.state import Account, Repository

_ORDERS: dict[str, Callable[[Repository], Any]] = {
    "NAME": lambda one: one.name.lower(),
    "CREATED_AT": lambda one: one.created_at,
    "PUSHED_AT": lambda one: one.pushed_at,
    "UPDATED_AT": lambda one: one.pushed_at,
    "STARGAZERS": lambda one: one.id,
}


def seen(call: Call, repository: Repository | None) -> bool:
    """Whether a repository exists for whoever asks."""
    return repository is not None and call.token is not None and call.token.sees(repository)


def _organization(_: object, info: Info, login: str) -> Account:
    found: Account | None = info.context.fake.accounts.get(login.lower())
    if found is None or found.kind != "Organization":
        raise Failure("NOT_FOUND", f"Could not resolve to an Organization with the login of '{login}'.")
    return found


def _repository(_: object, info: Info, owner: str, name: str, **__: object) -> Repository:
    return named(info.context, owner, name)


def named(call: Call, owner: str, name: str) -> Repository:
    """A repository by name; raises `Failure` if it does not exist for whoever asks."""
    found = call.fake.find(owner, name)
    if found is None or not seen(call, found):
        raise Failure("NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return found


def _node(_: object, info: Info, id: str) -> Repository | PullNode:  # noqa: A002 - as the schema says
    found = info.context.fake.by_node.get(id)
    repository, pull = found if isinstance(found, tuple) else (found, None)
    if repository is None or not seen(info.context, repository) or (pull and not repository.read_pull(pull)):
        raise Failure("NOT_FOUND", f"Could not resolve to a node with the global id of '{id}'")
    return repository if pull is None else PullNode(repository, pull)


def _nodes(source: object, info: Info, ids: list[str]) -> list[Any]:
    if len(ids) > 100:
        raise Failure(
            "ARGUMENT_LIMIT", f"You may not provide more than 100 node ids; you provided {len(ids)}."
        )
    return [_node_or_failure(source, info, one) for one in ids]


def _node_or_failure(source: object, info: Info, one: str) -> Any:  # noqa: ANN401
    try:
        return _node(source, info, one)
    except Failure as failure:
        return failure


def _viewer(_: object, info: Info) -> Account:
    # For an app's token this is its bot, although the schema says that it is a user.
    account: Account = info.context.account
    return account


def _rate_limit(_: object, info: Info, **__: object) -> dict[str, Any]:
    call: Call = info.context
    window = call.fake.limits.window(limited_as(call.token), "graphql", call.now).as_json()
    reset = render.time(datetime.fromtimestamp(window.pop("reset"), UTC))
    return {**window, "cost": 1, "nodeCount": 0, "resetAt": reset}


def _repositories(source: Account, info: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    call: Call = info.context
    found = [
        one
        for one in call.fake.repositories.values()
        if one.owner.id == source.id
        and seen(call, one)
        and arguments.get("isArchived", one.is_archived) in (None, one.is_archived)
        and arguments.get("isFork", one.is_fork) in (None, one.is_fork)
        and arguments.get("visibility") in (None, one.visibility.upper())
    ]
    order = arguments.get("orderBy")
    if order:
        found.sort(key=_ORDERS[order["field"]], reverse=order["direction"] == "DESC")
    return connection("repositories", found, arguments)


def _default_ref(source: Repository, info: Info) -> RefNode | None:
    require(info.context, source, "contents")
    return ref_node(source, f"refs/heads/{source.default_branch}")


def ref_node(repository: Repository, name: str) -> RefNode | None:
    """A ref by its full name as a read sees it, or None."""
    oid = repository.read_ref(name)
    return RefNode(repository, name, oid) if oid else None


def _ref(source: Repository, info: Info, qualifiedName: str) -> RefNode | None:  # noqa: N803
    require(info.context, source, "contents")
    for name in (qualifiedName, f"refs/heads/{qualifiedName}", f"refs/tags/{qualifiedName}"):
        if name.startswith("refs/") and (found := ref_node(source, name)):
            return found
    return None


def _refs(source: Repository, info: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    require(info.context, source, "contents")
    start, part = arguments["refPrefix"], arguments.get("query") or ""
    names = [name for name in source.store.refs() if name.startswith(start) and part in name]
    return connection("refs", [RefNode(source, name, source.store.ref(name)) for name in names], arguments)


def _object(
    source: Repository, info: Info, expression: str | None = None, oid: str | None = None
) -> ObjectNode | None:
    require(info.context, source, "contents")
    rev, colon, path = (expression or "").partition(":")
    found = source.store.resolve(oid or rev)
    if found and colon:
        entry = source.store.find(source.store.tree_of(found), path)
        found = entry[1] if entry else ""
    return ObjectNode(source, found) if found and source.store.get(found) else None


def _languages(source: Repository, _: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    sizes = sorted(source.languages.items(), key=lambda pair: -pair[1])
    page = connection("languages", [_language(name) for name, _ in sizes], arguments)
    edges = [edge | {"size": source.languages[edge["node"]["name"]]} for edge in page["edges"]]
    return page | {"edges": edges, "totalSize": sum(source.languages.values())}


def _language(name: str) -> dict[str, Any]:
    return {"id": f"LANG_{name}", "name": name, "color": None}


def _topics(source: Repository, info: Info, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    base = f"{info.context.fake.html_url}/topics"
    topics = [
        {"id": f"RT_{source.id}_{name}", "topic": {"id": f"T_{name}", "name": name}, "url": f"{base}/{name}"}
        for name in source.topics
    ]
    return connection("repositoryTopics", topics, arguments)


def _permission(source: Repository, info: Info) -> str | None:
    account = info.context.account
    return None if account.kind == "Bot" else source.collaborators.get(account.login, "read").upper()


def _update_rule(source: RefNode, info: Info) -> dict[str, Any] | None:
    """What a branch protection rule says; a ruleset is not shown here."""
    rule = source.repository.protections.get(source.name.removeprefix("refs/heads/"))
    if rule is None or rule.is_ruleset:
        return None
    account = info.context.account
    return {"viewerCanPush": protecting.violation(source.repository, source.name, account) is None}


def _account_url(source: Account, info: Info) -> str:
    return f"{info.context.fake.html_url}/{source.login}"


_ACCOUNT = {
    "id": lambda source, _: source.node_id,
    "databaseId": lambda source, _: source.id,
    "url": _account_url,
}

RESOLVERS: dict[str, dict[str, Callable[..., Any]]] = {
    "Query": {
        "node": _node,
        "nodes": _nodes,
        "organization": _organization,
        "repository": _repository,
        "viewer": _viewer,
        "rateLimit": _rate_limit,
    },
    "User": _ACCOUNT,
    "Bot": _ACCOUNT,
    "Organization": {
        **_ACCOUNT,
        "repositories": _repositories,
        "repository": lambda source, info, name, **_: named(info.context, source.login, name),
    },
    "Repository": {
        "id": lambda source, _: source.node_id,
        "databaseId": lambda source, _: source.id,
        "nameWithOwner": lambda source, _: source.full_name,
        "url": lambda source, info: render.html(info.context.fake, source),
        "isArchived": lambda source, _: source.is_archived,
        "isDisabled": lambda source, _: source.is_disabled,
        "isEmpty": lambda source, _: source.is_empty,
        "isFork": lambda source, _: source.is_fork,
        "isLocked": lambda source, _: source.is_disabled,
        "isMirror": lambda source, _: source.is_mirror,
        "isTemplate": lambda source, _: source.is_template,
        "isPrivate": lambda source, _: source.visibility != "public",
        "isInOrganization": lambda source, _: source.owner.kind == "Organization",
        "visibility": lambda source, _: source.visibility.upper(),
        "diskUsage": lambda source, _: source.size,
        "pushedAt": lambda source, _: render.time(source.pushed_at),
        "createdAt": lambda source, _: render.time(source.created_at),
        "updatedAt": lambda source, _: render.time(source.pushed_at),
        "description": lambda source, _: source.description or None,
        "primaryLanguage": lambda source, _: _language(source.language) if source.language else None,
        "viewerPermission": _permission,
        "defaultBranchRef": _default_ref,
        "ref": _ref,
        "refs": _refs,
        "object": _object,
        "languages": _languages,
        "repositoryTopics": _topics,
    },
    "Ref": {
        "id": lambda source, _: render.object_id(source.repository, "REF", source.name),
        "name": lambda source, _: source.name.split("/", 2)[2],
        "prefix": lambda source, _: "/".join(source.name.split("/", 2)[:2]) + "/",
        "target": lambda source, _: ObjectNode(source.repository, source.oid),
        "refUpdateRule": _update_rule,
    },
}
