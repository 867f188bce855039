"""The git executable in a world of its own: our configuration only, an empty home, no prompts.

Local transports start `git upload-pack` without the `-c` options of the caller, so the settings go
into a global configuration file inside the private home, which children read as well.
"""

from __future__ import annotations

import base64
import contextlib
import os
import resource
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from docgen.errors import TimedOutError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import IO

    from docgen.deadline import Deadline

_CONFIG = """\
[core]
\thooksPath = /dev/null
\tattributesFile = /dev/null
\tsymlinks = false
\tfsmonitor = false
\taskPass =
[protocol]
\tversion = 2
\tallow = never
[protocol "file"]
\tallow = always
[protocol "https"]
\tallow = always
[safe]
\tdirectory = *
\tbareRepository = explicit
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
[submodule]
\trecurse = false
[fetch]
\trecurseSubmodules = false
\tfsckObjects = false
[transfer]
\tbundleURI = false
[gc]
\tauto = 0
[maintenance]
\tauto = false
[credential]
\thelper =
[http]
\tfollowRedirects = initial
\tlowSpeedLimit = 1000
\tlowSpeedTime = 60
\tproxyAuthMethod = basic
"""
_CREDENTIAL = """\
[http "{origin}"]
\textraHeader = Authorization: Basic {basic}
\tfollowRedirects = false
"""
# What a proxy or a private certificate authority needs; nothing else of the caller's environment.
_PASSED_ON = ("PATH", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "GIT_SSL_CAINFO")


class Git:
    """Runs git commands until the deadline; `close` removes all that it wrote."""

    def __init__(self, environ: Mapping[str, str], deadline: Deadline, max_file_bytes: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="docgen-git-")
        self._home, self.store = Path(self._folder.name) / "home", Path(self._folder.name) / "store.git"
        self._home.mkdir()
        self._config = self._home / "config"
        self._config.write_text(_CONFIG)
        self._config.chmod(0o600)
        self._env = {key: environ[key] for key in _PASSED_ON if key in environ} | self._settings()
        self._deadline, self._max_file_bytes = deadline, max_file_bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def _settings(self) -> dict[str, str]:
        return {
            "HOME": str(self._home),
            "XDG_CONFIG_HOME": str(self._home),
            "LC_ALL": "C",
            "GIT_CONFIG_GLOBAL": str(self._config),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ALLOW_PROTOCOL": "file:https",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_OPTIONAL_LOCKS": "0",
        }

    def use_token(self, origin: str, token: str) -> None:
        """Send `token` to `origin` (`https://host/`) only; it stays in a file that goes with `close`."""
        basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        with self._config.open("a") as config:
            config.write(_CREDENTIAL.format(origin=origin, basic=basic))

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run one command to its end; the caller judges the exit status."""
        process = self.start(*arguments, stdin=subprocess.PIPE)
        try:
            out, err = process.communicate(stdin, timeout=self._deadline.left or 0.001)
        except subprocess.TimeoutExpired:
            self.stop(process)
            self._deadline.check()
            raise TimedOutError("git did not answer in time; try again") from None
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def start(self, *arguments: str, stdin: IO[bytes] | int) -> subprocess.Popen[bytes]:
        """Start one command in a process group of its own."""
        try:
            return subprocess.Popen(
                ["git", *arguments],
                cwd=self._home,
                env=self._env,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                preexec_fn=self._bound_files,
            )
        except FileNotFoundError as error:
            raise UnreachableError("the git executable is not on the path; install git") from error

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a command and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def _bound_files(self) -> None:
        """Bound what a fetch can write, because no server says beforehand how large a pack is."""
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        bound = self._max_file_bytes if hard == resource.RLIM_INFINITY else min(self._max_file_bytes, hard)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bound, bound))
