"""The command for a person, and how every command fails: one line, the right code, no traceback."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import docgen
import pytest
from docgen.build import build
from docgen.cli import main
from docgen.contract import Bundle, Envelope, ExitCode, Finding

from tests.docgen.support import PACKAGE, commit, git, job_spec, make_repository, write

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.facts.model import Facts


def test_a_repository_becomes_pages_and_human_text_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit_id = make_repository(tmp_path / "widget", PACKAGE)
    out = tmp_path / "out"
    assert main([str(tmp_path / "widget"), "--out", str(out)]) == 0
    said = capsys.readouterr().out.split("\n")
    assert f"wrote {out}/README.md" in said
    assert said[-3].startswith(f"read 8 files and 3 symbols at {commit_id[:12]} in ")
    assert said[-2] == "6 pages written, 0 unchanged"
    readme = (out / "README.md").read_text()
    assert readme.startswith("# Widget\n\nWritten by a person.\n\n<!-- documenthor:start readme rests-on=")
    assert main([str(tmp_path / "widget"), "--out", str(out)]) == 0
    assert capsys.readouterr().out.endswith("0 pages written, 6 unchanged\n")


def test_pages_can_be_written_into_the_work_tree(tmp_path: Path) -> None:
    source = tmp_path / "widget"
    make_repository(source, PACKAGE)
    assert main([str(source), "--out", str(source)]) == 0
    assert "documenthor:start" in (source / "README.md").read_text()
    documented = commit(source, {})
    assert main([str(source), "--out", str(source)]) == 0
    assert git(source, "status", "--porcelain") == ""
    assert git(source, "rev-parse", "HEAD") == documented


def test_a_text_in_the_output_folder_is_kept(tmp_path: Path) -> None:
    make_repository(tmp_path / "widget", PACKAGE)
    write(tmp_path / "out", {"README.md": "# Another text\n"})
    assert main([str(tmp_path / "widget"), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/README.md").read_text().startswith("# Another text\n\n<!-- documenthor:start")


@pytest.mark.parametrize("revision", ["v1", "old", "the commit"])
def test_a_revision_can_be_chosen(tmp_path: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = make_repository(tmp_path / "widget", PACKAGE)
    git(tmp_path / "widget", "tag", "-a", "v1", "-m", "one")
    git(tmp_path / "widget", "branch", "old")
    commit(tmp_path / "widget", {"new.py": "def new(): ...\n"})
    chosen = first if revision == "the commit" else revision
    assert main([str(tmp_path / "widget"), "--out", str(tmp_path / "out"), "--commit", chosen]) == 0
    assert f"at {first[:12]}" in capsys.readouterr().out


def test_a_plain_folder_is_documented_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "plain", PACKAGE)
    for _ in range(2):
        assert main([str(tmp_path / "plain"), "--out", str(tmp_path / "plain/site")]) == 0
        assert "plain/site" not in (tmp_path / "plain/site/docs/ARCHITECTURE.md").read_text()
        assert "site/" not in (tmp_path / "plain/site/README.md").read_text()


def test_mistakes_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_repository(tmp_path / "widget", PACKAGE)
    write(tmp_path, {"file": "x", "broken/README.md": "<!-- documenthor:start readme -->\n"})
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/README.md").symlink_to(tmp_path / "file")
    (tmp_path / "nothing").mkdir()
    widget, out = str(tmp_path / "widget"), str(tmp_path / "out")
    cases: list[tuple[list[str], ExitCode]] = [
        ([], ExitCode.USAGE),
        ([widget], ExitCode.USAGE),
        ([widget, "--out", out, "--unknown"], ExitCode.USAGE),
        ([widget, "--out", out, "--seconds", "0"], ExitCode.USAGE),
        ([widget, "--out", str(tmp_path / "file")], ExitCode.USAGE),
        ([widget, "--out", str(tmp_path / "broken")], ExitCode.USAGE),
        ([widget, "--out", str(tmp_path / "linked")], ExitCode.USAGE),
        ([widget, "--out", out, "--commit", "nowhere"], ExitCode.COMMIT_NOT_FOUND),
        ([str(tmp_path / "missing"), "--out", out], ExitCode.USAGE),
        ([str(tmp_path / "file"), "--out", out], ExitCode.USAGE),
        ([str(tmp_path / "nothing"), "--out", out], ExitCode.EMPTY),
        (["ext::sh -c x", "--out", out], ExitCode.USAGE),
        (["http://localhost/x", "--out", out], ExitCode.USAGE),
        (["file:///no/such/place", "--out", out], ExitCode.UNREACHABLE),
        (["fetch"], ExitCode.USAGE),
        (["generate", "--spec", str(tmp_path / "no"), "--tree", widget, "--out", out], ExitCode.USAGE),
        (["generate", "--spec", "env:NO_SUCH_SPEC", "--tree", widget, "--out", out], ExitCode.USAGE),
        (
            ["generate", "--spec", str(tmp_path / "file"), "--tree", widget, "--out", out],
            ExitCode.SPEC_INVALID,
        ),
    ]
    for arguments, code in cases:
        assert main(arguments) == code, arguments
        said = capsys.readouterr().err
        assert said.startswith(f"docgen: {code.reason}: "), arguments
        assert said.count("\n") == 1
        assert ";" in said, "it says what to do"
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("given", ["-", "env:DOCGEN_SPEC"])
def test_a_spec_comes_by_standard_input_or_a_variable(
    tmp_path: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "tree", PACKAGE)
    spec = job_spec("/x").model_dump_json()
    monkeypatch.setenv("DOCGEN_SPEC", spec)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(spec.encode())))
    out = tmp_path / "deep/out.json"
    assert main(["generate", f"--spec={given}", f"--tree={tmp_path}/tree", f"--out={out}"]) == 0
    assert Envelope.model_validate_json(out.read_bytes()).open().repository == "acme/widget"
    assert [path.name for path in out.parent.iterdir()] == ["out.json"]


def test_a_tree_without_files_is_empty(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "spec").write_text(job_spec("/x").model_dump_json())
    arguments = ["--spec", str(tmp_path / "spec"), "--tree", str(tmp_path / "tree")]
    assert main(["generate", *arguments, "--out", str(tmp_path / "out")]) == ExitCode.EMPTY


def test_an_internal_error_is_a_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("docgen.cli.document", lambda *_: 1 / 0)
    assert main([str(tmp_path), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("docgen: internal: ZeroDivisionError: ")
    assert said.count("\n") == 1
    assert main([str(tmp_path), "--out", str(tmp_path), "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_the_program_as_it_is_installed(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-m", "docgen", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert run("--version").stdout == f"docgen {docgen.__version__}\n"
    for command in ([], ["fetch"], ["generate"]):
        shown = run(*command, "--help")
        assert shown.returncode == 0
        assert "usage: docgen" in shown.stdout
    assert "examples:" in run("--help").stdout
    assert run("missing", "--out", "x").returncode == ExitCode.USAGE


def test_who_stops_reading_ends_it_without_a_word(tmp_path: Path) -> None:
    write(tmp_path, {"code/a.py": "x = 1\n", "page.md": "No `file.py` is here.\n" * 5})
    command = [sys.executable, "-I", "-m", "docgen", "score", "page.md", "--repository", "code"]
    pipe, end = os.pipe()
    os.close(pipe)
    with os.fdopen(end, "wb") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False, cwd=tmp_path)
    assert done.stderr == b""
    assert done.returncode == 128 + signal.SIGPIPE


def test_what_a_gate_refuses_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding(gate="links", path="README.md", block="readme", line=3, what="nothing is at 'x'")

    def refused(*given: Any) -> tuple[Bundle, Facts]:  # noqa: ANN401 - whatever `build` takes
        bundle, facts = build(*given)
        return bundle.model_copy(update={"findings": (finding,)}), facts

    monkeypatch.setattr("docgen.commands.standalone.build", refused)
    write(tmp_path / "widget", PACKAGE)
    assert main([str(tmp_path / "widget"), "--out", str(tmp_path / "out")]) == ExitCode.REJECTED
    assert capsys.readouterr().err.startswith("docgen: rejected: links: README.md, block readme, line 3: ")
    assert not (tmp_path / "out").exists()


def test_neither_airflow_nor_the_control_plane_is_imported() -> None:
    names = "{name.partition('.')[0] for name in sys.modules}"
    script = f"import docgen.cli, sys; print({names} & {{'airflow', 'documenthor'}})"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
