"""An OpenID Connect issuer as GitHub runs one: real keys, real HTTP, and an outage when a test wants one."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from documenthor.tokens import rsa

from tests.fakes.serving import Served

if TYPE_CHECKING:
    from documenthor.tokens import PrivateKey

OWNER, REPOSITORY = "1342004", "260064828"


@dataclass
class OidcIssuer(Served):
    """Runs while it is entered and publishes the public halves of `keys`.

    `requests` counts what it was asked. `answer` replaces the key set, `status` its status; `is_down`
    drops connections, `delay` is seconds before each answer, `drip` seconds before each of its bytes.
    """

    keys: list[PrivateKey]
    requests: int = 0
    answer: bytes | None = None
    status: int = 200
    location: str = ""
    is_down: bool = False
    delay: float = 0.0
    drip: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """What its tokens have as `iss`."""
        return self.address

    def key_set(self) -> bytes:
        """The key set, with the members that GitHub's has."""
        return json.dumps({"keys": [self._entry(key) for key in self.keys]}).encode()

    def claims(self, audience: str, now: int) -> dict[str, Any]:
        """The claims of a workflow of `acme/web` on its default branch, as GitHub makes them."""
        workflow = "acme/web/.github/workflows/docs.yml@refs/heads/main"
        return {
            "actor": "octocat",
            "actor_id": "12",
            "aud": audience,
            "base_ref": "",
            "event_name": "push",
            "exp": now + 300,
            "head_ref": "",
            "iat": now,
            "iss": self.url,
            "job_workflow_ref": workflow,
            "job_workflow_sha": "f" * 40,
            "jti": "b6a5b4a2-0000-4000-8000-000000000001",
            "nbf": now - 300,
            "ref": "refs/heads/main",
            "ref_protected": "true",
            "ref_type": "branch",
            "repository": "acme/web",
            "repository_id": REPOSITORY,
            "repository_owner": "acme",
            "repository_owner_id": OWNER,
            "repository_visibility": "private",
            "run_attempt": "1",
            "run_id": "14144996512",
            "run_number": "3",
            "runner_environment": "github-hosted",
            "sha": "f" * 40,
            "sub": f"repo:acme@{OWNER}/web@{REPOSITORY}:ref:refs/heads/main",
            "workflow": "docs",
            "workflow_ref": workflow,
            "workflow_sha": "f" * 40,
        }

    def _entry(self, key: PrivateKey) -> dict[str, object]:
        public = rsa.public_key(key.public_pem)
        return {**rsa.to_jwk(public), "kid": key.kid, "alg": "RS256", "use": "sig", "x5c": [], "x5t": "x"}

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        with self._lock:
            self.requests += 1
        if self.is_down:
            handler.close_connection = True
            return
        time.sleep(self.delay)
        body = self.key_set() if self.answer is None else self.answer
        handler.send_response(self.status if handler.path == "/.well-known/jwks" else 404)
        handler.send_header("Content-Length", str(len(body)))
        if self.location:
            handler.send_header("Location", self.location)
        handler.end_headers()
        for part in (body,) if not self.drip else (bytes([byte]) for byte in body):
            handler.wfile.write(part)
            time.sleep(self.drip)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    owner.serve(self)
                except (BrokenPipeError, ConnectionResetError):
                    return  # who asked has gone, as it may

            def log_message(self, *_: object) -> None:
                return

        return Handler
