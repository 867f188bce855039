"""How long `docgen PATH --out DIR` takes against `readmeai --api offline -r PATH -o FILE`.

    python tests/benchmarks/docgen_vs_readmeai.py [--runs 5]

Both start as a user starts them, on the same three source distributions made into git repositories,
by turns; the median of the runs counts. Needs the network once: readmeai goes into a virtual
environment of its own and the sources into a folder, both below build/benchmarks/.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
import venv
from pathlib import Path
from typing import NamedTuple

WORK = Path(__file__).resolve().parents[2] / "build" / "benchmarks"
READMEAI = "readmeai==0.6.3"
_CODE = frozenset({".py", ".js", ".mjs", ".cjs", ".ts"})


class Source(NamedTuple):
    """A published source distribution."""

    name: str
    version: str
    is_npm: bool = False


SOURCES = (Source("requests", "2.32.3"), Source("click", "8.1.7"), Source("commander", "14.0.3", is_npm=True))


class BenchmarkError(Exception):
    """The comparison cannot be made here."""


def main() -> int:
    """Print the table; 1 if the comparison cannot be made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each program (default: 5)")
    runs: int = max(1, parser.parse_args().runs)
    try:
        python = _readmeai_environment()
        rows = [_compared(source, python, runs) for source in SOURCES]
    except BenchmarkError as error:
        print(f"no comparison: {error}", file=sys.stderr)
        return 1
    print(
        f"{'repository':<18}{'lines':>8}{'docgen s':>10}{'readmeai s':>12}{'ratio':>8}   (median of {runs})"
    )
    for name, lines, ours, theirs in rows:
        print(f"{name:<18}{lines:>8}{ours:>10.2f}{theirs:>12.2f}{theirs / ours:>7.1f}x")
    return 0


def _readmeai_environment() -> Path:
    """The interpreter that readmeai is installed for."""
    folder = WORK / READMEAI
    python = folder / "bin" / "python"
    if not (folder / "bin" / "readmeai").exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _run([str(python), "-m", "pip", "install", "--quiet", READMEAI], f"{READMEAI} cannot be installed")
    return python


def _compared(source: Source, python: Path, runs: int) -> tuple[str, int, float, float]:
    repository = _repository(source, python)
    ours = [sys.executable, "-m", "docgen", str(repository), "--out"]
    theirs = [str(python.parent / "readmeai"), "--api", "offline", "-r", str(repository), "-o"]
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for command, result, found in ((ours, "docgen", times[0]), (theirs, "readmeai.md", times[1])):
            seconds = _timed(command, WORK / "out" / source.name / result)
            if number:  # the first run of each only warms the caches
                found.append(seconds)
    ours_took, theirs_took = (statistics.median(found) for found in times)
    return f"{source.name} {source.version}", _lines(repository), ours_took, theirs_took


def _timed(command: list[str], result: Path) -> float:
    """Seconds of one run from nothing; it has to leave its result."""
    shutil.rmtree(result.parent, ignore_errors=True)
    result.parent.mkdir(parents=True)
    start = time.perf_counter()
    _run([*command, str(result)], f"{Path(command[0]).name} does not run here")
    seconds = time.perf_counter() - start
    if not result.exists():
        raise BenchmarkError(f"{Path(command[0]).name} ended well but wrote nothing to {result}")
    return seconds


def _repository(source: Source, python: Path) -> Path:
    """The source distribution as a git repository with one commit."""
    folder = WORK / "sources" / f"{source.name}-{source.version}"
    if not (folder / ".git").exists():
        shutil.rmtree(folder, ignore_errors=True)
        with tarfile.open(_download(source, python)) as archive:
            archive.extractall(folder.parent / "unpacked", filter="data")
        inside = "package" if source.is_npm else folder.name
        (folder.parent / "unpacked" / inside).rename(folder)
        git = ["git", "-C", str(folder), "-c", "user.name=benchmark", "-c", "user.email=b@example.org"]
        for command in (
            ["init", "--quiet"],
            ["add", "--all", "--force"],
            ["commit", "--quiet", "-m", "sources"],
        ):
            _run([*git, *command], "git cannot make a repository")
    return folder


def _download(source: Source, python: Path) -> Path:
    folder = WORK / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = f"{source.name}=={source.version}"
    command = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    if source.is_npm:
        wanted = f"{source.name}@{source.version}"
        command = ["npm", "pack", "--silent", "--pack-destination"]
        _run([*command, str(folder), wanted], f"{wanted} cannot be fetched")
        return folder / f"{source.name}-{source.version}.tgz"
    _run([*command, "--dest", str(folder), wanted], f"{wanted} cannot be fetched")
    return folder / f"{source.name}-{source.version}.tar.gz"


def _lines(repository: Path) -> int:
    """Lines of Python and JavaScript, blank ones included."""
    files = (path for path in repository.rglob("*") if path.suffix in _CODE and path.is_file())
    return sum(len(path.read_bytes().splitlines()) for path in files)


def _run(command: list[str], problem: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchmarkError(f"{problem}: {error}") from error
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"status {done.returncode}"]
        raise BenchmarkError(f"{problem}: {last[0]}")


if __name__ == "__main__":
    sys.exit(main())
