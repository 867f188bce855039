"""`/api/verify`: what a gateway asks before it lets a request pass. It uses no token up.

nginx asks with GET and names the request in `X-Original-URI`, Traefik in `X-Forwarded-Uri`; Envoy repeats
method and path below ours. Whoever calls us directly can write anything there, so it can only make the
answer stricter: a good token is no pass to what is not ours.
"""

from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Request, Response

from documenthor.api.auditing import AuditedRoute
from documenthor.api.callers import Verified
from documenthor.api.openapi import verified
from documenthor.api.paths import is_ours
from documenthor.api.problems import Problem

router = APIRouter(tags=["gateways"], route_class=AuditedRoute)
_NAMED_IN = ("x-original-uri", "x-original-url", "x-forwarded-uri", "x-envoy-original-path")
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@router.get(
    "/api/verify",
    response_class=Response,
    responses=verified(),
    summary="Verify a token for a gateway",
)
@router.api_route("/api/verify", methods=_METHODS, include_in_schema=False)
@router.api_route("/api/verify/{path:path}", methods=_METHODS, include_in_schema=False)
def verify(request: Request, caller: Verified, path: str = "") -> Response:
    """200 and who calls, for a token that is good for the request; else 401 or 403."""
    named = [value for name in _NAMED_IN for value in request.headers.getlist(name)]
    if path:
        named.append(f"/{path}")
    if not all(_leads_to_us(each) for each in named):
        raise Problem(HTTPStatus.FORBIDDEN, "this token is for the addresses of this service only")
    headers = {
        "X-Documenthor-Tenant": caller.tenant,
        "X-Documenthor-Repository": caller.repository,
        "Cache-Control": "no-store",
    }
    return Response(status_code=HTTPStatus.OK, headers=headers)


def _leads_to_us(address: str) -> bool:
    """Whether a path or URL means one of our paths, to whatever reads it next."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    # Some servers take these for other paths than we do, so nobody needs them.
    plain = not address.startswith("//") and "//" not in path and "\\" not in unquote(path)
    steps = unquote(unquote(path)).split("/")
    return plain and not {".", ".."} & set(steps) and is_ours(path)
