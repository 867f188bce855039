"""Everything that can stop a command, each error with the exit code it ends in.

DocgenError
├── UsageError            the command line is wrong
├── SpecError             the job spec, or the address in it, is wrong
├── UnreachableError      there is no repository there, or it cannot be read
├── CommitNotFoundError   the repository has no such commit
├── EmptyRepositoryError  there is nothing to read
├── GateError             a gate keeps what was written from being published
├── TooLargeError         a limit on files or bytes was passed
├── TimedOutError         the limit on seconds was passed
├── ConfigurationError    the repository's `.documenthor.yml` cannot be used
├── OptedOutError         the repository does not want to be documented
├── ModelUnavailableError the writer's model cannot be reached or loaded
└── BelowMinimumError     the documentation scores less than was asked for
"""

from __future__ import annotations

from typing import ClassVar

from docgen.contract import ExitCode


class DocgenError(Exception):
    """Base of all: one line for a person, `what was wrong; what to do`."""

    code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __str__(self) -> str:
        """The message on one line, without control characters that a repository may have put in."""
        text = " ".join(super().__str__().split())
        return "".join(char if char.isprintable() else "?" for char in text)


class UsageError(DocgenError):
    """The command line is wrong."""

    code = ExitCode.USAGE


class SpecError(DocgenError):
    """The job spec, or the address in it, is wrong."""

    code = ExitCode.SPEC_INVALID


class UnreachableError(DocgenError):
    """There is no repository at the address, or it cannot be read."""

    code = ExitCode.UNREACHABLE


class CommitNotFoundError(DocgenError):
    """The repository has no such commit."""

    code = ExitCode.COMMIT_NOT_FOUND


class EmptyRepositoryError(DocgenError):
    """The repository has no commit, or the commit no files."""

    code = ExitCode.EMPTY


class GateError(DocgenError):
    """A gate keeps what was written from being published, and nothing could be taken out to mend it."""

    code = ExitCode.REJECTED


class TooLargeError(DocgenError):
    """The repository passes a limit on files or bytes."""

    code = ExitCode.TOO_LARGE


class TimedOutError(DocgenError):
    """The work took longer than the limit on seconds."""

    code = ExitCode.TIMED_OUT


class ConfigurationError(DocgenError):
    """The repository's `.documenthor.yml` cannot be used; the text names the key."""

    code = ExitCode.INVALID_CONFIGURATION


class OptedOutError(DocgenError):
    """The repository does not want to be documented."""

    code = ExitCode.OPTED_OUT


class ModelUnavailableError(DocgenError):
    """The writer's model cannot be reached or loaded."""

    code = ExitCode.MODEL_UNAVAILABLE


class BelowMinimumError(DocgenError):
    """The documentation scores less than was asked for."""

    code = ExitCode.BELOW_MINIMUM
