"""Pull requests of a local forge: one JSON file each, beside the repositories, for people to read.

`<root>/.pull-requests/<repository>/<number>.json`. Setting `state` to `closed` declines one.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import tempfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from documenthor.errors import ForgeError, RecordError
from documenthor.forge.model import State, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ".pull-requests"

_FILE = re.compile(r"[1-9][0-9]{0,8}\.json")


class PullRequest(BaseModel):
    """One pull request: `head` is merged into `base`, `commit` is what `head` pointed to."""

    model_config = ConfigDict(frozen=True)

    repository: str
    number: int = Field(ge=1)
    state: State
    title: str
    body: str
    head: str
    base: str
    commit: str
    documentation: str
    created_at: datetime
    updated_at: datetime
    comments: dict[Topic, str] = Field(default_factory=dict)


def path_of(root: Path, repository: str, number: int) -> Path:
    """Where a pull request's record is."""
    return root / FOLDER / repository / f"{number}.json"


def declined(root: Path, repository: str) -> frozenset[str]:
    """The digests of all documentation that people closed."""
    found = [_load(path) for path in _files(root / FOLDER / repository)]
    return frozenset(record.documentation for record in found if record.state is State.CLOSED)


def newest(root: Path, repository: str) -> PullRequest | None:
    """The newest pull request of a repository; raises `RecordError` if its record is unreadable."""
    files = _files(root / FOLDER / repository)
    return _load(files[-1]) if files else None


def save(root: Path, record: PullRequest) -> None:
    """Write a record, whole or not at all."""
    folder = root / FOLDER / record.repository
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(record.model_dump(mode="json"), file, indent=2)
            file.write("\n")
        path = Path(name)
        path.chmod(0o644)
        path.replace(path_of(root, record.repository, record.number))
    except OSError as error:
        raise ForgeError(f"{folder} cannot be written: {error.strerror}") from error


@contextmanager
def locked(root: Path, repository: str) -> Iterator[None]:
    """Keep other publishers from the records of `repository`; the lock ends with the process."""
    folder = root / FOLDER / repository
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise ForgeError(f"{folder} cannot be written: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _files(folder: Path) -> list[Path]:
    found = [path for path in folder.glob("*.json") if _FILE.fullmatch(path.name)]
    return sorted(found, key=lambda path: int(path.stem))


def _load(path: Path) -> PullRequest:
    try:
        record = PullRequest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        keys = "; ".join(_problem(error)) if isinstance(error, ValidationError) else str(error.strerror)
        raise RecordError(f"{path} is no pull request's record: {keys}; mend or delete it") from error
    if (record.repository, f"{record.number}.json") != (path.parent.name, path.name):
        raise RecordError(f"{path}: repository or number do not match the file's place; mend or delete it")
    return record


def _problem(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, one['loc'])) or 'the file'}: {one['msg']}" for one in error.errors()[:5]]
