"""What `docgen fetch` takes over the network, against a full clone, by the bytes that git's server sent.

    python -m tests.benchmarks.github_clones [REPOSITORY ...]

By default of this project itself and of two packages, whose history is their releases, one commit each.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.commands.fetch import fetch
from docgen.contract import JobSpec
from docgen.deadline import Deadline

from embedded.repositories import Sample, download
from tests.fakes.github import FakeGitHub

if TYPE_CHECKING:
    from tests.fakes.github.server import Served

_RELEASES = {
    "click": ("pypi", ("7.0", "7.1.2", "8.0.4", "8.1.3", "8.1.7", "8.1.8", "8.2.1")),
    "commander": ("npm", ("2.20.3", "5.1.0", "8.3.0", "9.5.0", "11.1.0", "12.1.0", "13.1.0", "14.0.0")),
}


def main() -> None:
    """Fetch each in both ways and print the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repositories", nargs="*", type=Path, help="git repositories on disk")
    given: list[Path] = parser.parse_args().repositories
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = given or [Path.cwd(), *(_history(folder, package) for package in _RELEASES)]
        fake = FakeGitHub(folder / "github")
        token = fake.classic_token("ada")
        with fake.serve(tls=True) as served:
            for number, source in enumerate(sources):
                _compare(fake, served, token, source.resolve(), folder / str(number))
        fake.shut()


def _compare(fake: FakeGitHub, served: Served, token: str, source: Path, folder: Path) -> None:
    folder.mkdir()
    repository = fake.adopt(f"octo/{source.name}", source)
    repository.collaborators["ada"] = "read"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_SSL_CAINFO": str(served.ca_file)}
    url = f"{served.url}/octo/{source.name}"
    spec = JobSpec(tenant="octo", job="clone", repository=source.name, url=url, commit=repository.head)
    fake.transferred.clear()
    files = fetch(spec, folder / "tree", environment, Deadline(300), token)
    ours, calls = sum(fake.transferred), len(fake.transferred)
    fake.transferred.clear()
    whole = url.replace("://", f"://x-access-token:{token}@")
    subprocess.run(["git", "clone", "-q", "--bare", whole, str(folder / "full")], env=environment, check=True)
    full = sum(fake.transferred)
    commits = sum(1 for _ in repository.store.history(repository.head))
    print(
        f"{source.name}: {commits} commits, {files} files kept; fetch {ours:,} bytes in {calls} requests,"
        f" full clone {full:,} bytes: {full / ours:.1f} times as many"
    )


def _history(folder: Path, package: str) -> Path:
    """A repository with a commit for each release."""
    registry, versions = _RELEASES[package]
    made = folder / package
    _git(folder, "init", "-q", "--initial-branch=main", package)
    for version in versions:
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name)
            download(Sample(package, version, registry), scratch)
            archive = next(path for path in scratch.iterdir() if path.name.endswith((".tar.gz", ".tgz")))
            with tarfile.open(archive) as tar:
                tar.extractall(scratch / "source", filter="data")
            source = next((scratch / "source").iterdir())
            _git(made, f"--work-tree={source}", "add", "--all", "--force")
            _git(made, f"--work-tree={source}", "commit", "-q", "-m", f"{package} {version}")
    return made


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Sample", "-c", "user.email=sample@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


if __name__ == "__main__":
    main()
