"""Clones and pushes: a credential check in front of the real `git http-backend`."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.github.messages import Refusal

if TYPE_CHECKING:
    from email.message import Message

    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.state import Repository

_PATH = re.compile(
    r"/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?"
    r"/(?P<service>info/refs|git-upload-pack|git-receive-pack)"
)
_NOT_FOUND = "Repository not found."


class GitRefusal(Exception):  # noqa: N818 - what GitHub says, and no error of the fake
    """An answer other than the backend's."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, {"content-type": "text/plain", **(headers or {})}


@dataclass(frozen=True)
class GitCall:
    """One request of git's smart protocol."""

    fake: FakeGitHub
    method: str
    owner: str
    name: str
    service: str
    query: str
    headers: Message
    body: bytes

    @classmethod
    def of(
        cls, fake: FakeGitHub, method: str, path: str, query: str, headers: Message, body: bytes
    ) -> GitCall | None:
        """The call that a path makes, or None if it is none of git's."""
        found = _PATH.fullmatch(path)
        if found is None:
            return None
        return cls(fake, method, found["owner"], found["name"], found["service"], query, headers, body)

    def run(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body as the backend gives them; raises `GitRefusal`."""
        is_push = "git-receive-pack" in (self.service, self.query.removeprefix("service="))
        with self.fake.lock:
            repository = self._allowed(is_push=is_push)
            before = repository.store.refs() if is_push else {}
        done = subprocess.run(
            ["git", "http-backend"],
            input=self.body,
            env=self._environment(repository),
            capture_output=True,
            check=True,
        )
        if is_push:
            self._follow(repository, before)
        status, headers, body = _parsed(done.stdout)
        with self.fake.lock:
            self.fake.transferred.append(len(body))
        return status, headers, body

    def _allowed(self, *, is_push: bool) -> Repository:
        try:
            token = self.fake.vault.authenticate(
                {"authorization": self.headers.get("Authorization", "")}, self.fake.clock()
            )
        except Refusal as refusal:
            raise GitRefusal(401, "Invalid username or token.", _challenge()) from refusal
        found = self.fake.find(self.owner, self.name)
        if token is None and (found is None or found.visibility != "public" or is_push):
            raise GitRefusal(401, "Authentication required.", _challenge())
        if found is None or (token is not None and not token.sees(found)):
            raise GitRefusal(404, _NOT_FOUND)
        level = "write" if is_push else "read"
        if token is not None and not token.may("contents", level, found):
            raise GitRefusal(403, f"{'Write' if is_push else 'Read'} access to repository not granted.")
        if is_push and found.is_archived:
            raise GitRefusal(403, "This repository was archived so it is read-only.")
        return found

    def _environment(self, repository: Repository) -> dict[str, str]:
        path = repository.store.path
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PROJECT_ROOT": str(path.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH_INFO": f"/{path.name}/{self.service}",
            "QUERY_STRING": self.query,
            "REQUEST_METHOD": self.method,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(self.body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            # Whoever gets here may push, so receive-pack need not ask again.
            "REMOTE_USER": "fake",
        }

    def _follow(self, repository: Repository, before: dict[str, str]) -> None:
        """Let pull requests follow what was pushed."""
        with self.fake.lock:
            after = repository.store.refs()
            for name in {*before, *after}:
                if name.startswith("refs/heads/") and before.get(name) != after.get(name):
                    self.fake.move(repository, name, after.get(name, ""))
            repository.pushed_at = self.fake.clock()


def _challenge() -> dict[str, str]:
    return {"www-authenticate": 'Basic realm="GitHub"'}


def _parsed(raw: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    pairs = (line.partition(": ") for line in head.decode("latin-1").split("\r\n"))
    headers = {name.lower(): value for name, _, value in pairs}
    status = int(headers.pop("status", "200 OK").split()[0])
    headers.pop("content-length", None)
    return status, headers, body
