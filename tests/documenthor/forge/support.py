"""Real git repositories to forge with."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from documenthor.forge import LocalForge
from documenthor.forge.records import FOLDER, PullRequest

PERSON = {"NAME": "Ada", "EMAIL": "ada@example.org"}
OURS = {"NAME": "Documenthor", "EMAIL": "documenthor@users.noreply.github.com"}


@dataclass(frozen=True)
class Place:
    """A repository in a forge: bare, or plain with a work tree."""

    root: Path
    name: str
    bare: bool = True

    @property
    def path(self) -> Path:
        """The repository's folder."""
        return self.root / (f"{self.name}.git" if self.bare else self.name)

    def forge(self) -> LocalForge:
        """The forge it lies in."""
        return LocalForge(self.root)

    def git(self, *args: str, stdin: str = "", who: dict[str, str] | None = None) -> str:
        """Run git as a person would; returns what it prints."""
        return run_git(self.path, *args, stdin=stdin, who=who)

    def head(self, ref: str = "refs/heads/main") -> str:
        """The commit of a branch."""
        return self.git("rev-parse", ref)

    def refs(self) -> str:
        """Every ref with its commit."""
        return self.git("for-each-ref")

    def file(self, path: str, ref: str = "main") -> bytes:
        """A file's bytes in a commit."""
        command = ["git", "cat-file", "blob", f"{ref}:{path}"]
        return subprocess.run(command, cwd=self.path, capture_output=True, check=True).stdout

    def write(
        self,
        files: dict[str, bytes | str],
        ref: str = "refs/heads/main",
        message: str = "Change things",
        who: dict[str, str] | None = None,
        modes: dict[str, str] | None = None,
    ) -> str:
        """Commit files to a branch without a work tree; a mode of 160000 takes the content for a commit."""
        env = {"GIT_INDEX_FILE": str(self.root / f".index-{self.name}")}
        Path(env["GIT_INDEX_FILE"]).unlink(missing_ok=True)
        parent = self.git("rev-parse", "--verify", "--quiet", ref) if ref in self.refs() else ""
        if parent:
            run_git(self.path, "read-tree", parent, env=env)
        for path, content in files.items():
            mode = (modes or {}).get(path, "100644")
            blob = str(content) if mode == "160000" else self.blob(content)
            run_git(self.path, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", env=env)
        tree = run_git(self.path, "write-tree", env=env)
        parents = ("-p", parent) if parent else ()
        commit = self.git("commit-tree", tree, *parents, "-m", message, who=who)
        self.git("update-ref", ref, commit)
        return commit

    def blob(self, content: bytes | str, kind: str = "blob") -> str:
        """Store content as an object."""
        raw = content.encode() if isinstance(content, str) else content
        command = ["git", "hash-object", "-w", "--stdin", "-t", kind]
        done = subprocess.run(command, cwd=self.path, input=raw, capture_output=True, check=True)
        return done.stdout.decode().strip()


def run_git(
    cwd: Path,
    *args: str,
    stdin: str = "",
    who: dict[str, str] | None = None,
    env: dict[str, str] | None = None,
) -> str:
    """Run git as a person; returns what it prints."""
    given = who or PERSON
    person = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in given.items()}
    quiet = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **person, **quiet, **(env or {})},
    )
    return done.stdout.strip()


def make(root: Path, name: str, *, bare: bool = True, files: dict[str, bytes | str] | None = None) -> Place:
    """Make a repository with a first commit of `files`; without files it stays empty."""
    place = Place(root, name, bare)
    place.path.mkdir(parents=True)
    place.git("init", "--quiet", "--initial-branch=main", *(("--bare",) if bare else ()))
    if files:
        place.write(files)
        if not bare:
            place.git("reset", "--hard", "--quiet")
    return place


def pull_requests(root: Path) -> list[PullRequest]:
    """Every pull request of a local forge, by repository and number."""
    found = sorted((root / FOLDER).glob("*/*.json"), key=lambda path: (path.parent.name, int(path.stem)))
    return [PullRequest.model_validate_json(path.read_bytes()) for path in found]
