"""The step's inputs, read from the environment and checked before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from documenthor_action.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

FAILABLE = ("failed", "rejected", "skipped")
_MODES = ("", "commit", "pull_request")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LONGEST_WAIT = 24 * 60


@dataclass(frozen=True)
class Inputs:
    """What the workflow asks for. `minutes` bounds the waiting, `fail_on` names outcomes."""

    url: str
    audience: str
    issuer: str
    private_key: str
    body: dict[str, Any]
    idempotency_key: str
    wait: bool
    minutes: float
    fail_on: frozenset[str]


def read(env: Mapping[str, str]) -> Inputs:
    """Read and check all inputs; raises `InputError` for the first that cannot be used."""
    private_key = env.get("INPUT_PRIVATE_KEY", "").strip()
    issuer = env.get("INPUT_ISSUER", "").strip()
    if private_key and not issuer:
        raise InputError("issuer is empty; with a private-key the service's issuer has to be given")
    return Inputs(
        url=_url(env.get("INPUT_URL", "").strip()),
        audience=_required(env, "INPUT_AUDIENCE", "audience"),
        issuer=issuer,
        private_key=private_key,
        body=_body(env),
        idempotency_key=_key(env),
        wait=_flag(env, "INPUT_WAIT", "wait"),
        minutes=_minutes(env.get("INPUT_TIMEOUT_MINUTES", "")),
        fail_on=_fail_on(env.get("INPUT_FAIL_ON", "")),
    )


def _url(text: str) -> str:
    parts = urlsplit(text)
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or plain):
        raise InputError("url is no https address such as https://documenthor.example.com")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InputError("url holds more than a host and a path; leave the rest out")
    return text.rstrip("/")


def _body(env: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    lines = [line.strip() for line in env.get("INPUT_REPOSITORIES", "").splitlines() if line.strip()]
    if lines != ["*"]:
        # The name alone: which organisation it belongs to follows from the token.
        own = env.get("GITHUB_REPOSITORY", "").rpartition("/")[2]
        body["repositories"] = [_repository(line) for line in lines or [own]]
    mode = env.get("INPUT_MODE", "").strip()
    if mode not in _MODES:
        raise InputError("mode is neither commit nor pull_request")
    if mode:
        body["mode"] = mode
    if webhook := env.get("INPUT_WEBHOOK", "").strip():
        body["webhook"] = webhook
    for name, key in (("INPUT_FORCE", "force"), ("INPUT_DRY_RUN", "dry_run")):
        if _flag(env, name, key.replace("_", "-"), default="false"):
            body[key] = True
    return body


def _repository(line: str) -> str | dict[str, str]:
    name, at, ref = line.partition("@")
    if not name or name == "*" or (at and not ref):
        raise InputError(f"repositories has {line!r}; give a name, name@ref, or a single *")
    return {"name": name, "ref": ref} if ref else name


def _key(env: Mapping[str, str]) -> str:
    given = env.get("INPUT_IDEMPOTENCY_KEY", "").strip()
    parts = ("GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", "GITHUB_ACTION")
    return given or "/".join(env.get(part, "") for part in parts)


def _required(env: Mapping[str, str], variable: str, name: str) -> str:
    value = env.get(variable, "").strip()
    if not value:
        raise InputError(f"{name} is empty; give it in the step's `with`")
    return value


def _flag(env: Mapping[str, str], variable: str, name: str, default: str = "true") -> bool:
    value = (env.get(variable, "").strip() or default).lower()
    if value not in {"true", "false"}:
        raise InputError(f"{name} is neither true nor false")
    return value == "true"


def _minutes(text: str) -> float:
    try:
        minutes = float(text or 60)
    except ValueError:
        minutes = 0
    if not 0 < minutes <= _LONGEST_WAIT:
        raise InputError(f"timeout-minutes is no number from 1 to {_LONGEST_WAIT}")
    return minutes


def _fail_on(text: str) -> frozenset[str]:
    words = {word.strip() for word in (text or "failed").split(",") if word.strip()}
    if words == {"never"}:
        return frozenset()
    unknown = sorted(words.difference(FAILABLE))
    if unknown or not words:
        raise InputError(
            f"fail-on has {', '.join(unknown) or 'no word'}; use never, or of {', '.join(FAILABLE)}"
        )
    return frozenset(words)
