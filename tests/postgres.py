"""A real PostgreSQL server of the tests' own: made for one session, thrown away after it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAMS = ("initdb", "pg_ctl")
# PostgreSQL refuses to be root; where we are root, one of these runs it.
_USERS = ("postgres", "nobody")


class PostgresError(Exception):
    """PostgreSQL could not be started; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server on `port` of the loopback interface."""

    port: int

    def create(self, template: str = "template1") -> str:
        """The URL of a new database, a copy of the database `template`."""
        name = f"test_{uuid.uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
        with closing(psycopg.connect(self._url("postgres"), autocommit=True)) as connection:
            connection.execute(command)
        return f"postgresql+psycopg://documenthor@127.0.0.1:{self.port}/{name}"

    def _url(self, name: str) -> str:
        return f"postgresql://documenthor@127.0.0.1:{self.port}/{name}"


@contextmanager
def server() -> Iterator[Postgres]:
    """Start a server and stop it at the end; raises `PostgresError` where PostgreSQL is missing."""
    missing = [program for program in _PROGRAMS if _find(program) is None]
    if missing:
        raise PostgresError(
            f"{' and '.join(missing)} not found; install PostgreSQL (Debian: apt-get install postgresql)"
        )
    folder = Path(tempfile.mkdtemp(prefix="documenthor-postgres-"))
    user = _other_user()
    if user is not None:
        shutil.chown(folder, user)
    try:
        yield from _running(folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(folder: Path, user: str | None) -> Iterator[Postgres]:
    data, port = folder / "data", _free_port()
    _run(
        user,
        "initdb",
        "--pgdata",
        str(data),
        "--username=documenthor",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
    )
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": folder,
        "max_connections": 300,
        # Durability costs time and serves nobody here.
        "fsync": "off",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    _run(
        user,
        "pg_ctl",
        "--pgdata",
        str(data),
        "--log",
        str(folder / "log"),
        "--options",
        options,
        "--wait",
        "start",
    )
    try:
        yield Postgres(port)
    finally:
        _run(user, "pg_ctl", "--pgdata", str(data), "--mode=immediate", "stop")


def _run(user: str | None, program: str, *arguments: str) -> None:
    command = [str(_find(program)), *arguments]
    done = subprocess.run(
        command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise PostgresError(f"{program} failed: {done.stderr.strip()[-500:]}")


def _find(program: str) -> str | None:
    """Debian keeps the server's programs off the path."""
    folders = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(program, path=os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)]))


def _other_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for user in _USERS:
        if user in known:
            return user
    raise PostgresError(f"PostgreSQL does not run as root; add a user called {_USERS[0]}")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
