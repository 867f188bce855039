"""Real repositories to measure on: published sources, each made into a git repository with one commit.

They are fetched once into build/benchmarks/sources by the registries' own clients: `pip download`,
`npm pack`, and `apt-get download` for what Debian ships as source in its packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

WORK = Path(__file__).resolve().parents[2] / "build" / "benchmarks"
CODE = frozenset(
    {".py", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".go", ".rs", ".java", ".cs", ".c", ".h", ".cc", ".cpp"}
    | {".hpp", ".rb", ".php", ".sh", ".bash"}
)


class BenchmarkError(Exception):
    """A comparison that cannot be made here."""


@dataclass(frozen=True)
class Source:
    """One published source: `registry` is `pypi`, `npm` or `debian`, `inside` where the sources lie in it.

    Debian's mirrors keep one version a release, so no version is named there; `inside` may be a pattern.
    """

    name: str
    registry: str
    language: str
    version: str = ""
    inside: str = ""


_GO = "usr/share/gocode/src"
TEN = (
    Source("requests", "pypi", "Python", "2.32.3"),
    Source("click", "pypi", "Python", "8.1.7"),
    Source("commander", "npm", "JavaScript", "14.0.3", "package"),
    Source("rxjs", "npm", "TypeScript", "7.8.2", "package/src"),
    Source(
        "golang-github-spf13-cobra-dev", "debian", "Go", inside="usr/share/gocode/src/github.com/spf13/cobra"
    ),
    Source("librust-regex-dev", "debian", "Rust", inside="usr/share/cargo/registry"),
    Source("ruby-rack", "debian", "Ruby", inside="usr/share/rubygems-integration"),
    Source("php-symfony-console", "debian", "PHP", inside="usr/share/php/Symfony/Component/Console"),
    Source("pythonnet", "pypi", "C#", "3.0.5"),
    Source("jpype1", "pypi", "Java", "1.5.2"),
    Source("pybind11", "pypi", "C++", "2.13.6"),
)


def repository(source: Source, work: Path = WORK) -> Path:
    """The source as a git repository below `work`; raises `BenchmarkError` if it cannot be had."""
    target = work / "sources" / source.name
    if (target / ".git").exists():
        return target
    unpacked = work / "unpacked" / source.name
    for folder in (target, unpacked):
        shutil.rmtree(folder, ignore_errors=True)
    unpacked.mkdir(parents=True)
    _FETCH[source.registry](source, unpacked)
    inside = next((path for path in unpacked.glob(source.inside or "*") if path.is_dir()), None)
    if inside is None:
        raise BenchmarkError(f"{source.name} has no folder {source.inside}")
    shutil.copytree(inside, target, symlinks=True)
    committed(target)
    return target


def committed(folder: Path) -> None:
    """Make a folder a git repository with one commit; raises `BenchmarkError` if git fails."""
    git = ["git", "-C", str(folder), "-c", "user.name=benchmark", "-c", "user.email=b@example.org"]
    for command in (["init", "--quiet"], ["add", "--all", "--force"], ["commit", "--quiet", "-m", "sources"]):
        run([*git, *command], f"{folder.name} cannot be made a repository")


def lines(folder: Path) -> int:
    """Lines of code in it, blank ones included."""
    files = (path for path in folder.rglob("*") if path.suffix in CODE and path.is_file())
    return sum(len(path.read_bytes().splitlines()) for path in files)


def run(command: list[str], problem: str, cwd: Path | None = None) -> str:
    """Run a program and return what it prints; raises `BenchmarkError` with `problem` if it fails."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchmarkError(f"{problem}: {error}") from error
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"status {done.returncode}"]
        raise BenchmarkError(f"{problem}: {last[0]}")
    return done.stdout


def _pypi(source: Source, folder: Path) -> None:
    wanted = f"{source.name}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    run([*command, "--dest", str(folder), wanted], f"{wanted} cannot be fetched by pip")
    _unpack(next(folder.glob("*.tar.gz")), folder)


def _npm(source: Source, folder: Path) -> None:
    wanted = f"{source.name}@{source.version}"
    command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), wanted]
    run(command, f"{wanted} cannot be fetched by npm")
    _unpack(next(folder.glob("*.tgz")), folder)


def _debian(source: Source, folder: Path) -> None:
    run(["apt-get", "download", source.name], f"{source.name} cannot be fetched by apt-get", cwd=folder)
    package = next(folder.glob("*.deb"))
    run(["dpkg-deb", "--extract", str(package), str(folder)], f"{package.name} cannot be unpacked")


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")


_FETCH = {"pypi": _pypi, "npm": _npm, "debian": _debian}
