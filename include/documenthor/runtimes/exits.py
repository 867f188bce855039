"""What a generator's exit code means: a typed outcome or error, the same in every runtime."""

from __future__ import annotations

from docgen.contract import ExitCode

from documenthor.errors import GeneratorError
from documenthor.outcomes import Outcome, skipped

# The repository itself is the reason: a retry would end the same way, and no operator has to act.
_SKIPS = frozenset({ExitCode.EMPTY, ExitCode.TOO_LARGE, ExitCode.INVALID_CONFIGURATION, ExitCode.OPTED_OUT})
# Everything else that a retry cannot mend.
_FINAL = frozenset({ExitCode.SPEC_INVALID, ExitCode.USAGE, ExitCode.COMMIT_NOT_FOUND})


def outcome_of_exit(stage: str, code: int, message: str) -> Outcome | GeneratorError | None:
    """`None` for success, an outcome if the repository is the reason, else the error to raise."""
    known = ExitCode(code) if code in list(ExitCode) else None
    if known is ExitCode.OK:
        return None
    # It says the reason once more at its line's beginning.
    said = message.removeprefix(f"docgen: {known.reason}: ") if known else message
    if known in _SKIPS:
        return skipped(known.reason, said)
    reason = known.reason if known else f"exit_{code}" if code > 0 else f"signal_{-code}"
    return GeneratorError(stage, reason, said or "it said nothing", final=known in _FINAL)
