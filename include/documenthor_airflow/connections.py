"""Reading an Airflow connection of the `github` provider; what it holds goes nowhere but to GitHub."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.forge.github import Credential, GitHubConnection

_TYPE = "github"


def read_connection(name: str) -> GitHubConnection:
    """The connection `name`; raises `ConfigurationError` if it cannot be used.

    The fields are those of the provider's own hook: the access token as password, or `app_id`,
    `installation_id` and `private_key` or `key_path` as extra, and an Enterprise Server's API as host.
    """
    from airflow.sdk.bases.hook import BaseHook

    return _read(name, BaseHook.get_connection)


def read_from_outside(name: str) -> GitHubConnection:
    """`read_connection` for a program that Airflow did not start; finds what UI and CLI stored, too.

    The Task SDK looks into Airflow's database for Airflow's own processes alone, so this asks its model.
    """
    from airflow.models import Connection

    return _read(name, Connection.get_connection_from_secrets)


def _read(name: str, find: Callable[[str], Any]) -> GitHubConnection:
    from airflow.sdk.exceptions import AirflowException
    from documenthor.errors import ConfigurationError
    from documenthor.forge.github.credentials import PUBLIC, GitHubConnection

    try:
        found = find(name)
        kind, password, host, extra = found.conn_type, found.password, found.host, found.extra_dejson
    except (AirflowException, ValueError) as error:
        # The text of a connection that cannot be parsed may hold what is in it.
        raise ConfigurationError(
            f"there is no usable Airflow connection {name!r} ({type(error).__name__}); docs/github.md says "
            "how to make one"
        ) from None
    if kind != _TYPE:
        raise ConfigurationError(f"the Airflow connection {name!r} is of type {kind!r}; make it {_TYPE!r}")
    return GitHubConnection(_credential(name, password or "", extra), (host or PUBLIC).rstrip("/"))


def _credential(name: str, password: str, extra: dict[str, Any]) -> Credential:
    from documenthor.errors import ConfigurationError
    from documenthor.forge.github.credentials import App, Token

    if password:
        return Token(password)
    app, installation = extra.get("app_id"), extra.get("installation_id")
    if not isinstance(app, int | str) or isinstance(app, bool) or not str(app):
        raise ConfigurationError(
            f"the Airflow connection {name!r} holds neither a password nor an app_id; see docs/github.md"
        )
    if installation is not None and (not isinstance(installation, int) or isinstance(installation, bool)):
        raise ConfigurationError(f"installation_id of the Airflow connection {name!r} is no whole number")
    return App(str(app), _private_key(name, extra), installation)


def _private_key(name: str, extra: dict[str, Any]) -> str:
    from documenthor.errors import ConfigurationError

    key, path = extra.get("private_key"), extra.get("key_path")
    if isinstance(path, str) and path:
        if not path.endswith(".pem"):
            raise ConfigurationError(f"key_path of the Airflow connection {name!r} names no .pem file")
        try:
            return Path(path).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            raise ConfigurationError(
                f"key_path of the Airflow connection {name!r} cannot be read; check its place and mode"
            ) from None
    if not isinstance(key, str) or not key:
        raise ConfigurationError(f"the Airflow connection {name!r} has an app_id, but no private_key")
    return key
