"""Who calls, and whether they have called too often: the dependency of every endpoint that needs a token."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, NoReturn

from fastapi import Depends, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from documenthor import jobs, tokens
from documenthor.api.problems import Problem
from documenthor.api.services import Given, Services
from documenthor.errors import MalformedTokenError, PolicyError, TokenError
from documenthor.limits import Quota, Standing

_log = logging.getLogger(__name__)
_MAX_NAMED = 20
_LONGEST_HEADER = tokens.MAX_BYTES + len("Bearer ")


def refuse_again(request: Request, services: Services) -> None:
    """Refuse whoever has used up a quota of this window, before anything else is looked into.

    That holds for the very token that was verified before: nobody else learns how a caller stands.
    """
    values = request.headers.getlist("authorization")
    if len(values) == 1 and len(values[0]) <= _LONGEST_HEADER:
        standings = services.refusals.known(values[0], services.clock().timestamp())
        if standings:
            _refuse(request, standings)


def _verified(request: Request, services: Given) -> tokens.VerifiedClaims:
    """Who calls; whatever is wrong with a token, the answer is the same."""
    try:
        caller = services.verifier.verify(_bearer(request.headers.getlist("authorization")))
    except PolicyError as error:
        _log.warning("let nobody in: %s", error)
        detail = "your organisation's trust policy does not let this workflow in; its owner can change it"
        raise Problem(HTTPStatus.FORBIDDEN, detail, kind="policy") from error
    except TokenError as error:
        _log.warning("refused a token: %s", error)
        detail = "this needs a valid token: Authorization: Bearer TOKEN"
        headers = {"WWW-Authenticate": "Bearer"}
        raise Problem(HTTPStatus.UNAUTHORIZED, detail, headers=headers) from error
    request.state.caller = caller
    return caller


def _bearer(values: list[str]) -> str:
    # Before anything is copied: a header of many megabytes is nothing to look into.
    if any(len(value) > _LONGEST_HEADER for value in values):
        raise MalformedTokenError(f"longer than {tokens.MAX_BYTES} bytes")
    scheme, _, token = values[0].partition(" ") if len(values) == 1 else ("", "", "")
    if scheme.lower() != "bearer":
        raise TokenError("no bearer token, or several")
    return token


Verified = Annotated[tokens.VerifiedClaims, Depends(_verified)]


def counted(request: Request, services: Given) -> tokens.VerifiedClaims:
    """Who calls, if they have not called too often."""
    caller = _verified(request, services)
    _count(request, services, caller)
    return caller


Caller = Annotated[tokens.VerifiedClaims, Depends(counted)]


def require_targets(caller: tokens.VerifiedClaims, request: jobs.JobRequest) -> None:
    """Raise a `Problem` unless the caller may ask for all that `request` names (nothing means all)."""
    names = None if request.repositories is None else [target.name for target in request.repositories]
    if refused := caller.targets.refused(names):
        detail = (
            "your token's repository may ask for itself only, unless the trust policy of its organisation "
            "names more targets"
        )
        more = {"repositories": list(refused[:_MAX_NAMED])}
        raise Problem(HTTPStatus.FORBIDDEN, detail, kind="targets", more=more)


def _count(request: Request, services: Given, caller: tokens.VerifiedClaims) -> None:
    settings = services.settings
    wanted = [
        (Quota("tenant", settings.tenant_requests_per_minute), caller.tenant),
        (Quota("key", settings.key_requests_per_minute), f"{caller.tenant}:{caller.caller}"),
    ]
    standings = services.limiter.take(wanted)
    request.state.rate_limit = _headers(standings)
    if any(standing.is_exceeded for standing in standings):
        token, now = request.headers["authorization"], services.clock().timestamp()
        services.refusals.remember(token, standings, now)
        _refuse(request, standings)


def _refuse(request: Request, standings: Sequence[Standing]) -> NoReturn:
    request.state.rate_limit = _headers(standings)
    over = [standing for standing in standings if standing.is_exceeded]
    wait = max(standing.reset for standing in over)
    detail = f"too many requests with this {over[0].quota.name}; wait {wait} s"
    headers = {"Retry-After": str(wait)}
    raise Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, kind="rate-limit", headers=headers)


def _headers(standings: Sequence[Standing]) -> dict[str, str]:
    """The two fields of draft-ietf-httpapi-ratelimit-headers-10."""
    return {
        "RateLimit-Policy": ", ".join(
            f'"{each.quota.name}";q={each.quota.requests};w={each.quota.seconds}' for each in standings
        ),
        "RateLimit": ", ".join(
            f'"{each.quota.name}";r={each.remaining};t={each.reset}' for each in standings
        ),
    }


class RateLimitHeaders:
    """ASGI middleware that puts what `Caller` counted on every answer, problems included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                counted: dict[str, str] = scope.get("state", {}).get("rate_limit", {})
                more = [(name.lower().encode(), value.encode()) for name, value in counted.items()]
                message = {**message, "headers": [*message.get("headers", []), *more]}
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)
