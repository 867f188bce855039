"""`/.well-known/jwks.json`: the public keys that tenants' tokens are signed with."""

import hashlib
import json
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from documenthor import tokens
from documenthor.api.openapi import published_keys
from documenthor.api.services import Given

router = APIRouter(tags=["keys"])
# How long a gateway may go on with the keys that it has: so late at the most it learns of a new one.
MAX_AGE_SECONDS = 60


@router.get("/.well-known/jwks.json", responses=published_keys(), summary="Public keys")
def key_set(request: Request, services: Given) -> Response:
    """The keys that count now; `304` for whoever has them already."""
    content = json.dumps(tokens.published(services.database, services.clock()), separators=(",", ":"))
    tag = f'"{hashlib.sha256(content.encode()).hexdigest()}"'
    headers = {"Cache-Control": f"public, max-age={MAX_AGE_SECONDS}", "ETag": tag}
    if _names(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def _names(condition: str, tag: str) -> bool:
    """Whether an `If-None-Match` is met (RFC 9110, 13.1.2), which compares without the mark `W/`."""
    return any(each.strip().removeprefix("W/") in ("*", tag) for each in condition.split(","))
