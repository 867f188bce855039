"""Clones of and pushes to the fake GitHub, by git itself, over HTTP and HTTPS."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import requests

from tests.fakes.github import FakeGitHub, Fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.github import Repository


@pytest.fixture
def fake(tmp_path: Path) -> FakeGitHub:
    made = FakeGitHub(tmp_path / "hub")
    engine = made.repository("octo/engine", {"README.md": b"# Engine\n", "src/a.py": b"a = 1\n"})
    engine.collaborators.update({"ada": "write", "bob": "read"})
    return made


def _engine(fake: FakeGitHub) -> Repository:
    found = fake.find("octo", "engine")
    assert found is not None
    return found


def _git(home: Path, *arguments: str, ca: Path | None = None, cwd: Path | None = None) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_TERMINAL_PROMPT": "0"}
    environment |= {"GIT_SSL_CAINFO": str(ca)} if ca else {}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=cwd or home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


def _address(url: str, token: str) -> str:
    return url.replace("://", f"://x-access-token:{token}@") + "/octo/engine.git"


@pytest.mark.parametrize("tls", [False, True])
def test_a_shallow_clone_without_blobs(fake: FakeGitHub, tmp_path: Path, tls: bool) -> None:
    head = fake.commit(_engine(fake), {"README.md": b"# Newer\n"})
    with fake.serve(tls=tls) as served:
        address = _address(served.url, fake.classic_token("bob"))
        said = _git(
            tmp_path, "clone", "-q", "--depth=1", "--filter=blob:none", address, "copy", ca=served.ca_file
        )
        assert said == ""
    copy = tmp_path / "copy"
    assert (copy / "README.md").read_bytes() == b"# Newer\n"
    assert (copy / ".git/shallow").read_text().split() == [head]


def test_https_is_not_trusted_without_its_authority(fake: FakeGitHub, tmp_path: Path) -> None:
    with fake.serve(tls=True) as served:
        assert "certificate" in _git(
            tmp_path, "clone", _address(served.url, fake.classic_token("bob")), "copy"
        )


def test_a_commit_can_be_fetched_by_name(fake: FakeGitHub, tmp_path: Path) -> None:
    old = _engine(fake).store.ref("refs/heads/main")
    fake.commit(_engine(fake), {"README.md": b"# Newer\n"})
    with fake.serve() as served:
        _git(tmp_path, "init", "-q", "copy")
        address = _address(served.url, fake.classic_token("bob"))
        assert _git(tmp_path, "fetch", "-q", "--depth=1", address, old, cwd=tmp_path / "copy") == ""


@pytest.mark.parametrize(
    ("login", "said"), [("ada", ""), ("bob", "403"), ("eve", "not found"), ("", "Authentication failed")]
)
def test_only_who_may_write_pushes(fake: FakeGitHub, tmp_path: Path, login: str, said: str) -> None:
    repository = _engine(fake)
    fake.commit(repository, {"b.md": b"b\n"}, branch="docs")
    pull = fake.open(repository, "docs")
    token = fake.classic_token(login) if login else ""
    with fake.serve() as served:
        _git(tmp_path, "clone", "-q", "-b", "docs", _address(served.url, fake.classic_token("bob")), "copy")
        copy = tmp_path / "copy"
        (copy / "c.md").write_text("c\n")
        _git(tmp_path, "add", ".", cwd=copy)
        _git(tmp_path, "commit", "-qm", "By hand", cwd=copy)
        refused = _git(tmp_path, "push", "-q", _address(served.url, token), "docs", cwd=copy)
    assert said in refused
    assert bool(said) == bool(refused)
    tip = repository.store.ref("refs/heads/docs")
    assert (repository.store.read(tip, "c.md") is not None) == (not said)
    assert pull.head_oid == tip


def test_a_broken_connection_over_http(fake: FakeGitHub) -> None:
    fake.faults.script(Fault.BROKEN_BEFORE, "get_repository")
    headers = {"authorization": f"Bearer {fake.classic_token('bob')}"}
    with fake.serve() as served:
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{served.url}/api/v3/repos/octo/engine", headers=headers, timeout=5)
        answer = requests.get(f"{served.url}/api/v3/repos/octo/engine", headers=headers, timeout=5)
    assert answer.json()["clone_url"] == f"{served.url}/octo/engine.git"


def test_a_repository_has_nothing_of_another(fake: FakeGitHub) -> None:
    other = fake.repository("octo/other", {"secret.txt": b"secret\n"})
    head = other.store.ref("refs/heads/main")
    assert other.store.has(head)
    assert not _engine(fake).store.has(head)


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merge_brings_the_change_and_closes_the_pull_request(fake: FakeGitHub, method: str) -> None:
    repository = _engine(fake)
    fake.commit(repository, {"docs/b.md": b"b\n"}, branch="docs")
    fake.commit(repository, {"src/a.py": b"a = 2\n"})
    pull = fake.open(repository, "docs")
    oid = fake.merge(repository, pull.number, method)
    store = repository.store
    assert store.ref("refs/heads/main") == oid
    assert (store.read("main", "docs/b.md"), store.read("main", "src/a.py")) == (b"b\n", b"a = 2\n")
    assert len(store.commit(oid).parents) == (2 if method == "merge" else 1)
    assert (pull.state, pull.merge_oid, pull.merged_at is not None) == ("closed", oid, True)
