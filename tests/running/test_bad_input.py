"""Bad requests and bad repositories: a clear typed answer each, and the others unharmed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest
from documenthor import tokens
from documenthor.db import Database
from documenthor.tokens import rsa

from embedded.airflow import AUDIENCE, ISSUER
from tests.running.system import System, add_repository, git

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]


def _token(system: System, org: str = "local", age: timedelta = timedelta(0), pem: str = "") -> str:
    pem = pem or system.state.private_key(org).read_text("utf-8")
    now = datetime.now(UTC) - age
    return tokens.mint(pem, issuer=ISSUER, audience=AUDIENCE, org=org, now=now)


def _post(system: System, token: str, content: bytes) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return httpx.post(f"{system.airflow.url}/api/process-batch", content=content, headers=headers, timeout=60)


def _status(system: System, token: str, job: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{system.airflow.url}/api/job/{job}/status", headers=headers, timeout=60)


def _register(system: System, org: str, key: tokens.PrivateKey) -> None:
    database = Database(f"sqlite:///{system.state.home}/documenthor.db")
    public_pem = rsa.public_pem(rsa.private_key(key.pem).public_key())
    tokens.register(database, org, public_pem, datetime.now(UTC))
    database.close()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{repositories", "JSON"),
        (b'{"repositories": ["a", "A"]}', "named twice"),
        (b'{"repositories": ["../etc"]}', "/repositories/0"),
        (b'{"repositories": [' + b",".join(b'"r%d"' % n for n in range(1001)) + b"]}", "1000"),
        (b'{"repositories": ["a"], "mod": "commit"}', "/mod"),
    ],
)
def test_bad_body_is_a_problem_that_says_what_is_wrong(system: System, content: bytes, says: str) -> None:
    answer = _post(system, _token(system), content)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY)
    assert says in answer.text


def test_bad_token_is_refused(system: System) -> None:
    """Missing, expired, signed by another key, unsigned: one and the same answer."""
    unsigned = jwt.encode(jwt.decode(_token(system), options={"verify_signature": False}), "", "none")
    bad = [
        "no-token",
        _token(system, age=timedelta(hours=1)),
        _token(system, pem=tokens.generate().pem),
        unsigned,
    ]
    answers = [_post(system, token, b'{"repositories": ["alpha"]}') for token in bad]
    assert {answer.status_code for answer in answers} == {httpx.codes.UNAUTHORIZED}
    assert len({answer.text for answer in answers}) == 1


def test_unknown_job_and_another_organisations_job_look_the_same(system: System, job: str) -> None:
    other = tokens.generate()
    _register(system, "other", other)
    answers = [
        _status(system, _token(system, org="other", pem=other.pem), job),
        _status(system, _token(system), "11111111-2222-3333-4444-555555555555"),
    ]
    assert [answer.status_code for answer in answers] == [httpx.codes.NOT_FOUND] * 2
    assert answers[0].json() == answers[1].json()


def test_bad_repositories_end_typed_and_leave_the_rest_unharmed(system: System) -> None:
    forge = system.state.forge
    for name, spoil in _SPOILED.items():
        spoil(add_repository(forge, name))
    git(forge, "init", "--quiet", "--bare", str(forge / "hollow.git"))
    posted = system.caller.submit([*_SPOILED, "hollow", "nowhere"])
    status = system.finish(posted)
    outcomes = {row["name"]: (row["outcome"], row["reason"]) for row in status["repositories"]}
    assert outcomes == {
        **dict.fromkeys(_SPOILED, ("pull_request", "")),
        "hollow": ("skipped", "empty"),
        "nowhere": ("skipped", "not_found"),
    }
    shown = git(forge / "linked", "show", "--stat", "documenthor/docs")
    assert "hosts" not in shown


def _link(folder: Path) -> None:
    (folder / "hosts.py").symlink_to("/etc/hosts")
    (folder / "docs").symlink_to("/tmp")  # noqa: S108 - a link out of the repository
    _commit(folder)


def _commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Spoil")


def _submodule(folder: Path) -> None:
    (folder / ".gitmodules").write_text('[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% /tmp/owned\n')
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},x")
    git(folder, "add", ".gitmodules")
    git(folder, "commit", "--quiet", "--message=Spoil")


def _binary(folder: Path) -> None:
    (folder / "binary.py").write_bytes(bytes(range(256)) * 64)
    _commit(folder)


def _long_line(folder: Path) -> None:
    (folder / "long.py").write_bytes(b'text = "' + b"x" * 10_000_000 + b'"\n')
    _commit(folder)


_SPOILED: dict[str, Any] = {
    "linked": _link,
    "submoduled": _submodule,
    "binaried": _binary,
    "long-lined": _long_line,
}
