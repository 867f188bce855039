"""Talking to git about one repository that may be hostile: nothing in it gets to run a program.

Its hooks, its fsmonitor, its filters and its signature and diff programs are switched off, nothing is
fetched from anywhere, and neither the user's nor the machine's configuration is read.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documenthor.errors import ForgeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AUTHOR = "Documenthor"
EMAIL = "documenthor@users.noreply.github.com"

_SECONDS = 60
_HARMLESS = {
    "safe.directory": "*",
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.attributesFile": os.devnull,
    "core.quotePath": "false",
    "diff.external": "",
    "log.showSignature": "false",
    "submodule.recurse": "false",
    "protocol.allow": "never",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
_ENVIRONMENT = {
    "HOME": os.devnull,
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_AUTHOR_NAME": AUTHOR,
    "GIT_AUTHOR_EMAIL": EMAIL,
    "GIT_COMMITTER_NAME": AUTHOR,
    "GIT_COMMITTER_EMAIL": EMAIL,
}


class GitError(ForgeError):
    """git ended with an error. `code` is its exit status."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Git:
    """One repository: its git directory and, unless it is bare, its work tree.

    `settings` are further configuration values that hold for every call.
    """

    folder: Path
    work_tree: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    def run(self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """What git prints; raises `GitError` when it fails and `ForgeError` when it hangs."""
        command = ["git", "--no-pager", *args]
        environment = {**self._environment(), **(env or {})}
        try:
            done = subprocess.run(
                command, input=stdin, capture_output=True, env=environment, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise ForgeError(f"git {args[0]} took more than {_SECONDS} s in {self.folder}") from None
        except OSError as error:
            raise ForgeError(f"git could not be started: {error.strerror}; install git") from error
        if done.returncode:
            detail = done.stderr.decode(errors="replace").strip()[:500]
            raise GitError(done.returncode, f"git {args[0]} failed in {self.folder}: {detail}")
        return done.stdout

    def text(self, *args: str) -> str:
        """What git prints, as text without the last newline."""
        return self.run(*args).decode(errors="replace").removesuffix("\n")

    def check(self, *args: str) -> bool:
        """The answer of a git command that says no with exit status 1."""
        try:
            self.run(*args)
        except GitError as error:
            if error.code == 1:
                return False
            raise
        return True

    def resolve(self, ref: str) -> str:
        """The commit that `ref` names, or an empty string."""
        try:
            return self.text("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        except GitError:
            return ""

    def _environment(self) -> dict[str, str]:
        settings = {**_HARMLESS, **self.settings}
        env = {"PATH": os.environ.get("PATH", os.defpath), "GIT_DIR": str(self.folder), **_ENVIRONMENT}
        if self.work_tree is not None:
            env["GIT_WORK_TREE"] = str(self.work_tree)
        env["GIT_CONFIG_COUNT"] = str(len(settings))
        for index, (key, value) in enumerate(settings.items()):
            env[f"GIT_CONFIG_KEY_{index}"], env[f"GIT_CONFIG_VALUE_{index}"] = key, value
        return env
