"""The runner's token endpoint: hands a job with `id-token: write` a token that the issuer signed."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import jwt
from documenthor.tokens import rsa

from tests.fakes.serving import Served

if TYPE_CHECKING:
    from tests.fakes.oidc_issuer import OidcIssuer

SECRET = "the-runner-s-own-request-token"


@dataclass
class TokenEndpoint(Served):
    """Runs while it is entered. `claims` replaces claims; `tokens` are those handed out."""

    issuer: OidcIssuer
    claims: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """What the runner tells the job."""
        url = f"{self.address}/token?api-version=2.0"
        return {"ACTIONS_ID_TOKEN_REQUEST_URL": url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": SECRET}

    def answer(self, path: str, authorization: str | None) -> tuple[int, bytes]:
        """Status and body for one request."""
        query = parse_qs(urlsplit(path).query)
        if authorization != f"Bearer {SECRET}" or "api-version" not in query:
            return 401, b"{}"
        claims = self.issuer.claims(query["audience"][0], int(time.time()))
        claims |= {"jti": str(uuid.uuid4()), **self.claims}
        (key,) = self.issuer.keys
        token = jwt.encode(claims, rsa.private_key(key.pem), algorithm="RS256", headers={"kid": key.kid})
        self.tokens.append(token)
        return 200, json.dumps({"count": 1, "value": token}).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = owner.answer(self.path, self.headers.get("Authorization"))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        return Handler
