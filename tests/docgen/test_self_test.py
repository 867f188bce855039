"""`docgen --self-test`: what works is said in a line each, what is broken is named and ends in its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.contract import ExitCode
from docgen.facts.syntax import parsing
from docgen.gates import table

from tests.fakes.model_server import Answer, ModelServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READY = '{"ready": true}'


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, str]]:
    """The exit status, and what each check said."""
    code = main(["--self-test", *arguments])
    lines = capsys.readouterr().out.splitlines()
    return code, dict(line.split(": ", 1) for line in lines)


def test_all_is_well_here(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys)
    assert code == 0
    assert list(said) == ["folder", "git", "grammars", "gates", "writer"]
    assert all(line.startswith("ok (") for line in said.values()), said
    assert said["git"].startswith("ok (git version ")
    assert said["writer"] == "ok (facts asks no model)"


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (Answer(READY), ExitCode.OK, "ok (openai small answered)"),
        (Answer("ready"), ExitCode.MODEL_UNAVAILABLE, "does not keep to the JSON schema"),
        (Answer('["ready"]'), ExitCode.MODEL_UNAVAILABLE, "does not keep to the JSON schema"),
        (Answer(status=404), ExitCode.MODEL_UNAVAILABLE, "status_404"),
    ],
)
def test_a_server_has_to_answer(
    answer: Answer, code: ExitCode, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(lambda _: answer) as server:
        ended, said = _said(capsys, "--writer=openai", f"--base-url={server.url}", "--model=small")
    assert (ended, says in said["writer"]) == (code, True), said


def test_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys, "--writer=openai", "--base-url=http://127.0.0.1:1/v1", "--model=small")
    assert code == ExitCode.MODEL_UNAVAILABLE
    assert "did not answer (unreachable)" in said["writer"]


def test_a_model_that_cannot_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys, "--writer=transformers", f"--model={tmp_path}")
    assert code == ExitCode.MODEL_UNAVAILABLE
    assert said["writer"].startswith("model_unavailable (")


def _no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def _no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")


def _no_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parsing.GRAMMARS, "Rust", "no-such-grammar")


def _no_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "GATES", ())


@pytest.mark.parametrize(
    ("break_it", "check", "code"),
    [
        (_no_git, "git", ExitCode.UNREACHABLE),
        (_no_folder, "folder", ExitCode.USAGE),
        (_no_grammar, "grammars", ExitCode.INTERNAL),
        (_no_gates, "gates", ExitCode.REJECTED),
    ],
)
def test_what_is_broken_is_named_and_the_rest_still_tried(
    break_it: Callable[[pytest.MonkeyPatch], None],
    check: str,
    code: ExitCode,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with monkeypatch.context() as patch:
        break_it(patch)
        ended, said = _said(capsys)
    assert ended == code
    assert said[check].startswith(f"{code.reason} ("), said
    assert said["writer"].startswith("ok (")
    assert "Traceback" not in str(said)


def test_a_check_has_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test", "--seconds=0"]) == ExitCode.USAGE
    assert "less than 1" in capsys.readouterr().err
