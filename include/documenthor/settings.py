"""Settings of a deployment, read from the environment once and passed in from there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.errors import ConfigurationError
from documenthor.prompts import PROMPTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_INCLUDE = Path(__file__).resolve().parents[1]


class Runtime(StrEnum):
    """Where generators run."""

    PROCESS = "process"
    KUBERNETES = "kubernetes"


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment's settings.

    `home` holds state and relative paths start there; `issuer` and `audience` are what tokens must
    name, and while either is empty every token is refused. `encryption_keys` keep the secrets of webhooks,
    the newest first. `allow_process_runtime` lets the `process` runtime read repositories on GitHub. The
    two quotas bound what a tenant, and each of its keys, may ask of the API. `colour` tells apart deployments
    that share one database; empty where there is but one. `pod_log_url` is where a pod's log is, with
    `{namespace}` and `{pod}` in it; `housekeeping` lets the scheduled housekeeping delete.
    """

    home: Path
    database_url: str
    tenants: Path
    prompts: Path
    runtime: Runtime
    issuer: str
    audience: str
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    allow_process_runtime: bool = False
    tenant_requests_per_minute: int = 1200
    key_requests_per_minute: int = 600
    colour: str = ""
    pod_log_url: str = ""
    housekeeping: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read `DOCUMENTHOR_*`; raises `ConfigurationError` for a value that cannot be used."""
        env = os.environ if environment is None else environment
        home = Path(env.get("DOCUMENTHOR_HOME") or Path.cwd()).resolve()
        return cls(
            home=home,
            database_url=env.get("DOCUMENTHOR_DATABASE_URL") or f"sqlite:///{home}/documenthor.db",
            tenants=Path(env.get("DOCUMENTHOR_TENANTS") or _INCLUDE / "tenants"),
            prompts=Path(env.get("DOCUMENTHOR_PROMPTS") or PROMPTS),
            runtime=_runtime(env.get("DOCUMENTHOR_RUNTIME") or Runtime.PROCESS),
            issuer=env.get("DOCUMENTHOR_ISSUER", ""),
            audience=env.get("DOCUMENTHOR_AUDIENCE", ""),
            encryption_keys=tuple(filter(None, env.get("DOCUMENTHOR_ENCRYPTION_KEYS", "").split(","))),
            allow_process_runtime=_switch(env, "DOCUMENTHOR_ALLOW_PROCESS_RUNTIME"),
            tenant_requests_per_minute=_quota(env, "DOCUMENTHOR_TENANT_REQUESTS_PER_MINUTE", 1200),
            key_requests_per_minute=_quota(env, "DOCUMENTHOR_KEY_REQUESTS_PER_MINUTE", 600),
            colour=colour(given) if (given := env.get("DOCUMENTHOR_COLOUR", "")) else "",
            pod_log_url=_log_url(env.get("DOCUMENTHOR_POD_LOG_URL", "")),
            housekeeping=_switch(env, "DOCUMENTHOR_HOUSEKEEPING"),
        )


def colour(name: str) -> str:
    """The name of a colour as it may stand in ids of runs; raises `ConfigurationError` for any other."""
    if not re.fullmatch(r"[a-z][a-z0-9]{0,19}", name):
        raise ConfigurationError(f"{name!r} is no colour; choose a short name such as blue or green")
    return name


def _log_url(template: str) -> str:
    try:
        shown = template.format(namespace="namespace", pod="pod")
    except (KeyError, ValueError, IndexError):
        shown = "wrong"
    if shown and not shown.startswith(("https://", "http://")):
        raise ConfigurationError(
            "DOCUMENTHOR_POD_LOG_URL must be a web address; of braces it may hold {namespace} and {pod} alone"
        )
    return template


def _switch(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").lower()
    if value not in {"", "true", "false"}:
        raise ConfigurationError(f"{name} is {value!r}; set it to true or false")
    return value == "true"


def _runtime(value: str) -> Runtime:
    try:
        return Runtime(value)
    except ValueError:
        choices = ", ".join(Runtime)
        raise ConfigurationError(f"DOCUMENTHOR_RUNTIME is {value!r}; set it to one of: {choices}") from None


def _quota(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value[:10]) > 0 and len(value) < 10):
        raise ConfigurationError(f"{name} is {value!r}; set it to a number of requests such as {default}")
    return int(value)
