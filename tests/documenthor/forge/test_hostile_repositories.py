"""Nothing in a repository gets to run a program, whatever its configuration says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.tenants import Mode

from tests.documenthor.forge.support import Place, make
from tests.documenthor.publish.support import job_spec, put

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = (
    "reference-transaction",
    "post-update",
    "update",
    "pre-commit",
    "post-commit",
    "post-index-change",
    "post-checkout",
    "post-merge",
    "post-rewrite",
    "pre-receive",
    "post-receive",
)


def booby_trap(place: Place, trap: Path) -> Path:
    """Make git run a program at every turn; returns the file that the program leaves behind."""
    witness = trap / "witness"
    program = trap / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {witness}\ncat\n")
    program.chmod(0o755)
    folder = place.path if place.bare else place.path / ".git"
    for hook in HOOKS:
        target = folder / "hooks" / hook
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(program)
    settings = {
        "core.fsmonitor": program,
        "core.hooksPath": folder / "hooks",
        "core.pager": program,
        "core.editor": program,
        "core.sshCommand": program,
        "diff.external": program,
        "filter.x.clean": program,
        "filter.x.smudge": program,
        "filter.X.y.process": program,
        "filter.x.required": "true",
        "diff.x.textconv": program,
        "gpg.program": program,
        "log.showSignature": "true",
        "commit.gpgSign": "true",
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
    }
    for key, value in settings.items():
        place.git("config", key, str(value))
    return witness


def sign(place: Place) -> None:
    """Give the head a signature, so that somebody may want to verify it."""
    header, _, message = place.git("cat-file", "commit", "main").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n eA==\n -----END PGP SIGNATURE-----"
    signed = f"{header}\n{signature}\n\n{message}\n"
    place.git("update-ref", "refs/heads/main", place.blob(signed, kind="commit"))


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("mode", list(Mode))
def test_no_program_of_a_repository_is_run(root: Path, tmp_path: Path, bare: bool, mode: Mode) -> None:
    files: dict[str, bytes | str] = {
        "a.py": "x = 1\n",
        "README.md": "# Calc\n",
        ".gitattributes": "* filter=x diff=x\nREADME.md filter=X.y\n",
    }
    place = make(root, "calc", bare=bare, files=files)
    sign(place)
    witness = booby_trap(place, tmp_path)
    if not bare:
        (place.path / "a.py").touch()
    assert str(put(place, mode=mode)) == mode.value.replace("commit", "committed")
    place.forge().discover(None)
    assert not witness.exists(), witness.read_text()


def test_the_trap_would_have_caught_an_ordinary_git(root: Path, tmp_path: Path) -> None:
    place = make(root, "calc", bare=False, files={"a.py": "x = 1\n"})
    witness = booby_trap(place, tmp_path)
    place.git("update-ref", "refs/heads/other", place.head())
    assert witness.exists()


def test_the_users_configuration_is_not_read(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make(root, "calc", files={"a.py": "x = 1\n"})
    spec = job_spec(place)
    (tmp_path / ".gitconfig").write_text("[user]\nname = Mallory\n[core]\nbare = rubbish\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Mallory")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nonexistent/index")
    put(place, spec=spec)
    monkeypatch.delenv("GIT_INDEX_FILE")
    people = "Documenthor <documenthor@users.noreply.github.com>"
    assert place.git("log", "-1", "--format=%an <%ae>|%cn <%ce>", "main") == f"{people}|{people}"


def test_a_replaced_object_is_not_believed(root: Path) -> None:
    place = make(root, "calc", files={"README.md": "# Calc\n"})
    place.git("replace", place.blob("# Calc\n"), place.blob("# Replaced\n"))
    assert place.forge().read("calc", place.head(), "README.md") == b"# Calc\n"


def test_a_symbolic_pull_request_branch_is_not_followed(root: Path) -> None:
    place = make(root, "calc", files={"README.md": "# Calc\n"})
    place.git("symbolic-ref", "refs/heads/documenthor/docs", "refs/heads/main")
    before = place.head()
    put(place, mode=Mode.PULL_REQUEST)
    assert place.head() == before
