"""`docgen fetch --revoke-at`: the token that was lent is over when the files are there, or cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from docgen.cli import main
from docgen.contract import ExitCode
from docgen.git.revoking import revoke

from tests.docgen.support import job_spec
from tests.documenthor.forge.github.support import app_key
from tests.fakes.github import FakeGitHub
from tests.fakes.github.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Lent(NamedTuple):
    """A private repository, a token that reads it, and where that token ends."""

    fake: FakeGitHub
    url: str
    commit: str
    token: str
    revoke_at: str
    ca_file: Path

    def fetch(self, folder: Path, commit: str = "", *more: str) -> int:
        """As the init container does it; the exit code."""
        spec = job_spec(self.url, commit or self.commit)
        (folder / "spec.json").write_text(spec.model_dump_json())
        (folder / "token").write_text(self.token)
        given = ["fetch", f"--spec={folder}/spec.json", f"--tree={folder}/tree"]
        return main([*given, f"--token-file={folder}/token", f"--revoke-at={self.revoke_at}", *more])


@pytest.fixture
def lent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lent]:
    fake = FakeGitHub(tmp_path / "github")
    app = fake.app("documenthor", app_key()[1], {"contents": "read"})
    installation = fake.install(app, "octo")
    repository = fake.repository("octo/engine", {"a.txt": b"one"}, visibility="private")
    held, reach = {"contents": "read", "metadata": "read"}, frozenset({repository.id})
    token = fake.vault.installation_token(installation, app, held, reach, fake.clock()).value
    with fake.serve(tls=True) as served:
        monkeypatch.setenv("GIT_SSL_CAINFO", str(served.ca_file))
        commit = repository.store.ref("refs/heads/main") or ""
        address = f"{served.url}/octo/engine.git"
        yield Lent(fake, address, commit, token, f"{served.url}/api/v3/installation/token", served.ca_file)
    fake.shut()


def test_it_is_over_when_the_files_are_there(lent: Lent, tmp_path: Path) -> None:
    assert lent.fetch(tmp_path) == ExitCode.OK
    assert (tmp_path / "tree/a.txt").read_bytes() == b"one"
    assert lent.token not in lent.fake.vault.tokens


def test_it_is_over_when_they_cannot_be_had(lent: Lent, tmp_path: Path) -> None:
    assert lent.fetch(tmp_path, commit="0" * 40) == ExitCode.COMMIT_NOT_FOUND
    assert lent.token not in lent.fake.vault.tokens


def test_it_is_over_when_it_is_lent_to_an_image_of_another_version(lent: Lent, tmp_path: Path) -> None:
    assert lent.fetch(tmp_path, "", f"--recipe={'0' * 64}") == ExitCode.SPEC_INVALID
    assert not (tmp_path / "tree").exists()
    assert lent.token not in lent.fake.vault.tokens


def test_one_that_cannot_be_revoked_spoils_nothing(
    lent: Lent, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lent.fake.faults.script(Fault.ERROR_BEFORE, matches=lambda called: called.method == "DELETE")
    assert lent.fetch(tmp_path) == ExitCode.OK
    said = capsys.readouterr().err
    assert "the token was not revoked (the answer was 50" in said
    assert lent.token not in said


@pytest.mark.parametrize(
    ("url", "proxy", "why"),
    [
        ("http://h/installation/token", "", "its address is not https"),
        ("https://[h/installation/token", "", "ValueError"),
        ("https://127.0.0.1:1/installation/token", "", "ConnectError"),
        ("https://h/installation/token", "http://fetch:secret@127.0.0.1:1", "ConnectError"),
        ("https://h/installation/token", "nonsense://fetch:secret@h", "ValueError"),
    ],
)
def test_why_not_is_said_without_a_secret(url: str, proxy: str, why: str) -> None:
    assert revoke(url, "ghs_secret", {"HTTPS_PROXY": proxy} if proxy else {}) == why


def test_a_host_that_needs_no_proxy_is_asked_directly(lent: Lent) -> None:
    environ = {"HTTPS_PROXY": "http://127.0.0.1:1", "GIT_SSL_CAINFO": str(lent.ca_file)}
    assert revoke(lent.revoke_at, lent.token, environ) == "ConnectError"
    assert revoke(lent.revoke_at, lent.token, environ | {"NO_PROXY": "127.0.0.1"}) == ""
    assert lent.token not in lent.fake.vault.tokens


def test_another_authority_than_the_forges_is_not_trusted(lent: Lent) -> None:
    assert revoke(lent.revoke_at, lent.token, {}) == "ConnectError"
    assert lent.token in lent.fake.vault.tokens
