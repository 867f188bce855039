"""`docgen score`: what it prints, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.contract import ExitCode

from tests.docgen.support import PACKAGE, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A repository at `repository`, and its generated pages beside it."""
    write(tmp_path / "repository", PACKAGE)
    assert main([str(tmp_path / "repository"), "--out", str(tmp_path / "pages")]) == 0
    return tmp_path / "pages"


def score(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    capsys.readouterr()
    code = main(["score", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_table_has_the_parts_and_the_findings(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pages / "docs" / "more.md").write_text("# More\n\nRun `make everything`.\n")
    code, out, err = score(capsys, pages, "--repository", pages.parent / "repository")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[:5]] == [
        "score", "supported", "coverage", "completeness", "relevance",
    ]  # fmt: skip
    assert "docs/more.md:3: command: make everything: Makefile declares no target 'everything'" in out


def test_json_has_it_all(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pages / "README.md").write_text("# Widget\n\nSee `src/widget/gone.py`.\n")
    code, out, _ = score(capsys, pages / "README.md", "--repository", pages.parent / "repository", "--json")
    found = json.loads(out)
    assert code == 0
    assert {"total", "components", "findings", "missing", "supported"} <= set(found)
    assert [(one["page"], one["line"], one["kind"]) for one in found["findings"]] == [
        ("README.md", 3, "path")
    ]


@pytest.mark.parametrize(("minimum", "code"), [(85, ExitCode.OK), (100, ExitCode.BELOW_MINIMUM)])
def test_the_minimum_decides_how_it_ends(
    pages: Path, capsys: pytest.CaptureFixture[str], minimum: int, code: ExitCode
) -> None:
    repository = pages.parent / "repository"
    got, _, err = score(capsys, pages, "--repository", repository, "--minimum", minimum)
    assert got == code
    assert err.startswith("docgen: below_minimum: the score ") == (code is ExitCode.BELOW_MINIMUM)


def test_pages_may_stand_anywhere(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the repository, in a folder of it for output, or a copy of their folder: links decide."""
    repository = pages.parent / "repository"
    assert main([str(repository), "--out", str(repository)]) == 0
    assert main([str(repository), "--out", str(repository / "site")]) == 0
    for folder in (repository / "docs", repository / "site", pages / "docs"):
        code, out, _ = score(capsys, folder, "--repository", repository)
        assert (code, "there is no" in out) == (0, False), out


@pytest.mark.parametrize(
    ("documentation", "repository", "extra", "says"),
    [
        ("nothing", "repository", (), "there is no"),
        ("pages", "nothing", (), "there is no folder"),
        ("repository/src", "repository", (), "holds no Markdown"),
        ("repository/Makefile", "repository", (), "holds no Markdown"),
        ("pages", "repository", ("--minimum", "101"), "--minimum is not a score"),
        ("pages", "repository", ("--minimum", "nan"), "--minimum is not a score"),
        ("pages", "repository", ("--seconds", "0"), "--seconds is less than 1"),
    ],
)
def test_bad_input_is_one_clear_line(
    pages: Path,
    capsys: pytest.CaptureFixture[str],
    documentation: str,
    repository: str,
    extra: tuple[str, ...],
    says: str,
) -> None:
    root = pages.parent
    code, out, err = score(capsys, root / documentation, "--repository", root / repository, *extra)
    assert (code, out, err.count("\n")) == (ExitCode.USAGE, "", 1)
    assert says in err


def test_a_repository_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = score(capsys, "docs")
    assert code == ExitCode.USAGE
    assert "--repository" in err
