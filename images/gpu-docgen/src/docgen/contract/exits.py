"""Exit codes of the `docgen` commands, the same in a child process and in a pod."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a generator step ended; anything not listed here is a crash."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    SPEC_INVALID = 10
    UNREACHABLE = 11
    COMMIT_NOT_FOUND = 12
    EMPTY = 13
    TOO_LARGE = 14
    TIMED_OUT = 15
    REJECTED = 16
    INVALID_CONFIGURATION = 17
    OPTED_OUT = 18
    MODEL_UNAVAILABLE = 19
    BELOW_MINIMUM = 20

    @property
    def reason(self) -> str:
        """The code as the word that outcomes and logs use."""
        return self.name.lower()
