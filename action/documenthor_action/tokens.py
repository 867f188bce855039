"""Where the step's token comes from: GitHub's OIDC, or the organisation's own key.

The private key reaches `openssl` on its standard input, so it is in no file and no argument.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from documenthor_action import http
from documenthor_action.errors import TokenError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from documenthor_action.inputs import Inputs

# GitHub's tokens live about five minutes; ours are made to live as long.
LIFETIME = 300
_RENEW_AFTER = 200
_SECONDS = 30


class Tokens:
    """A valid token whenever one is asked for; the same one until it gets old."""

    def __init__(self, make: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._make, self._clock = make, clock
        self._token, self._made = "", 0.0

    def current(self) -> str:
        """The token, made anew when the last one is about to end."""
        if not self._token or self._clock() - self._made > _RENEW_AFTER:
            self._token, self._made = self._make(), self._clock()
            # The runner replaces the text in every log line from here on.
            print(f"::add-mask::{self._token}", flush=True)
        return self._token


def source(inputs: Inputs, env: Mapping[str, str]) -> Tokens:
    """Tokens for these inputs."""
    if inputs.private_key:
        return Tokens(lambda: own_token(inputs, env))
    return Tokens(lambda: oidc_token(inputs.audience, env))


def oidc_token(audience: str, env: Mapping[str, str]) -> str:
    """A token that GitHub signs for this run; raises `TokenError`."""
    url, secret = env.get("ACTIONS_ID_TOKEN_REQUEST_URL", ""), env.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "")
    if not (url and secret):
        raise TokenError("GitHub offers no token here; give the job `permissions: id-token: write`")
    joined = f"{url}{'&' if '?' in url else '?'}audience={quote(audience, safe='')}"
    try:
        answer = http.call("GET", joined, headers={"Authorization": f"Bearer {secret}"})
    except UnreachableError as error:
        raise TokenError(f"GitHub gave no token: {error}") from error
    token = answer.body.get("value")
    if answer.status != http.OK or not isinstance(token, str) or not token:
        raise TokenError(f"GitHub gave no token: status {answer.status}; run the job again")
    return token


def own_token(inputs: Inputs, env: Mapping[str, str]) -> str:
    """A token signed with the organisation's key; raises `TokenError`."""
    now = int(time.time())
    owner, _, _ = env.get("GITHUB_REPOSITORY", "").partition("/")
    claims = {
        "iss": inputs.issuer,
        "aud": inputs.audience,
        "org": owner.lower(),
        "repository": env.get("GITHUB_REPOSITORY", ""),
        "repository_id": env.get("REPOSITORY_ID", ""),
        "repository_owner_id": env.get("REPOSITORY_OWNER_ID", ""),
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME,
        "jti": str(uuid.uuid4()),
    }
    given = {name: value for name, value in claims.items() if value != ""}
    header = {"alg": "RS256", "typ": "JWT", "kid": _thumbprint(inputs.private_key)}
    signed = f"{_encoded(_json(header))}.{_encoded(_json(given))}"
    return f"{signed}.{_encoded(_signature(inputs.private_key, signed))}"


def _thumbprint(private_key: str) -> str:
    """The key's id as the service derives it: RFC 7638."""
    modulus = _openssl(private_key, "rsa", "-noout", "-modulus").decode().strip().partition("=")[2]
    text = _openssl(private_key, "rsa", "-noout", "-text").decode()
    exponent = re.search(r"publicExponent: (\d+)", text)
    if not modulus or exponent is None:
        raise TokenError("private-key is no RSA key; use the file that `documenthor keys new` wrote")
    jwk = {"e": _encoded(_integer(int(exponent[1]))), "kty": "RSA", "n": _encoded(_integer(int(modulus, 16)))}
    return _encoded(hashlib.sha256(_json(jwk)).digest())


def _signature(private_key: str, signed: str) -> bytes:
    with tempfile.TemporaryDirectory(dir=os.environ.get("RUNNER_TEMP") or None) as folder:
        path = Path(folder) / "token"
        path.write_text(signed, "ascii")
        return _openssl(private_key, "dgst", "-sha256", "-sign", "/dev/stdin", str(path))


def _openssl(private_key: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["openssl", *arguments],
            input=f"{private_key}\n".encode(),
            capture_output=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TokenError("openssl cannot be run on this runner; install it") from error
    if done.returncode != 0:
        # What openssl says may quote the key.
        raise TokenError("openssl cannot read private-key; give the whole PEM file as the secret")
    return done.stdout


def _integer(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
