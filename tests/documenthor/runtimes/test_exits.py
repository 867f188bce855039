"""Exit codes of the generator as outcomes and errors."""

from __future__ import annotations

import pytest
from docgen.contract import ExitCode
from documenthor.errors import GeneratorError
from documenthor.outcomes import Outcome
from documenthor.runtimes import outcome_of_exit


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ExitCode.EMPTY, "skipped(empty)"),
        (ExitCode.TOO_LARGE, "skipped(too_large)"),
        (ExitCode.INVALID_CONFIGURATION, "skipped(invalid_configuration)"),
        (ExitCode.OPTED_OUT, "skipped(opted_out)"),
    ],
)
def test_what_lies_with_the_repository_is_skipped_with_the_generators_words(
    code: ExitCode, expected: str
) -> None:
    outcome = outcome_of_exit("generate", code, "what to do")
    assert isinstance(outcome, Outcome)
    assert (str(outcome), outcome.message) == (expected, "what to do")


@pytest.mark.parametrize(
    ("code", "reason", "final"),
    [
        (ExitCode.USAGE, "usage", True),
        (ExitCode.SPEC_INVALID, "spec_invalid", True),
        (ExitCode.COMMIT_NOT_FOUND, "commit_not_found", True),
        (ExitCode.UNREACHABLE, "unreachable", False),
        (ExitCode.TIMED_OUT, "timed_out", False),
        (ExitCode.INTERNAL, "internal", False),
        (99, "exit_99", False),
        (-9, "signal_9", False),
    ],
)
def test_everything_else_is_an_error(code: int, reason: str, final: bool) -> None:
    error = outcome_of_exit("generate", code, "")
    assert isinstance(error, GeneratorError)
    assert (error.reason, error.final) == (reason, final)


def test_success_is_neither() -> None:
    assert outcome_of_exit("fetch", ExitCode.OK, "") is None


@pytest.mark.parametrize(
    ("code", "reason"), [(ExitCode.UNREACHABLE, "unreachable"), (ExitCode.EMPTY, "empty")]
)
def test_a_reason_is_said_once(code: ExitCode, reason: str) -> None:
    found = outcome_of_exit("fetch", code, f"docgen: {reason}: push something")
    message = found.message if isinstance(found, Outcome) else str(found)
    assert message in {"push something", f"fetch ended with {reason}: push something"}
