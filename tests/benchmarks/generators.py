"""What generating takes: docgen against `readmeai --api offline` and repomix, on ten repositories or more.

    python -m tests.benchmarks.generators [--runs 3] [--growth] [NAME ...]

All start as a user starts them, by turns on the same repositories; medians count. Seconds are wall-clock,
`busy` those of the processor, which other work on the machine hardly changes, memory is the peak of the
process (MiB). A second table says what `docgen score` finds in what they wrote:
how many of 100 decided statements hold, how much of what is public is told (0 to 100), and the score; of
docgen its blocks count, for the text around them is people's. Then docgen runs on growing parts of the
largest repository (`--growth`: on these alone), and busy seconds of the processor, which other work on the
machine does not change, less those for a single file are fitted to a * lines^b.
readmeai and repomix are installed below build/benchmarks the first time.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
import venv
from typing import TYPE_CHECKING, NamedTuple

from docgen.contract.markers import spans, style_of

from tests.benchmarks.sources import TEN, WORK, BenchmarkError, committed, lines, repository, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.benchmarks.sources import Source

    # From a repository and a folder for the result to a command line.
    Command = Callable[[Path, Path], list[str]]

READMEAI, REPOMIX = "readmeai==0.6.3", "repomix@1.14.0"
LARGEST, PARTS = "jpype1", (16, 8, 4, 2, 1)


class Took(NamedTuple):
    """Seconds on the clock, peak memory in MiB and seconds of a processor."""

    seconds: float
    memory: float
    busy: float


class Judged(NamedTuple):
    """Of 100: decided statements that hold, what is public and told, and the score."""

    true: float
    told: float
    score: float


def main() -> int:
    """Print the table; 1 if the comparison cannot be made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each program (default: 3)")
    parser.add_argument("--growth", action="store_true", help="only measure how docgen's seconds grow")
    parser.add_argument("names", nargs="*", help="these repositories only")
    arguments = parser.parse_args()
    sources = [source for source in TEN if not arguments.names or source.name in arguments.names]
    try:
        if not arguments.growth:
            _print_comparison(sources, arguments.runs)
        if arguments.growth or not arguments.names:
            _print_growth(arguments.runs)
    except BenchmarkError as error:
        print(f"no comparison: {error}", file=sys.stderr)
        return 1
    return 0


def _print_comparison(sources: list[Source], runs: int) -> None:
    programs: dict[str, Command] = {
        "docgen": _docgen,
        "readmeai": readmeai_command(),
        "repomix": _repomix(),
    }
    print(
        f"{'repository':<32}{'language':<12}{'lines':>7}"
        + "".join(f"{n:>12} s{'busy':>7}{'MiB':>5}" for n in programs)
    )
    judged = []
    for source in sources:
        folder = repository(source)
        took = _compare(folder, programs, runs)
        cells = "".join(f"{t.seconds:>14.2f}{t.busy:>7.2f}{t.memory:>5.0f}" for t in took.values())
        print(f"{source.name:<32}{source.language:<12}{lines(folder):>7}{cells}", flush=True)
        judged.append((source.name, [_judged(folder, program) for program in programs]))
    _print_judged(list(programs), judged)


def _print_growth(runs: int) -> None:
    """How long docgen takes for growing parts of one repository; busy seconds beyond its start are fitted."""
    whole = repository(next(source for source in TEN if source.name == LARGEST))
    programs: dict[str, Command] = {"docgen": _docgen}
    start = _compare(_part(whole, 0), programs, runs)["docgen"]
    print(f"\n{'part of ' + LARGEST:<32}{'lines':>7}{'docgen s':>14}{'busy s':>8}{'MiB':>6}")
    print(f"{'a single file':<39}{start.seconds:>14.2f}{start.busy:>8.2f}{start.memory:>6.0f}", flush=True)
    sizes, seconds = [], []
    for part in PARTS:
        folder = _part(whole, part)
        size, took = lines(folder), _compare(folder, programs, runs)["docgen"]
        print(
            f"{'1/' + str(part):<32}{size:>7}{took.seconds:>14.2f}{took.busy:>8.2f}{took.memory:>6.0f}",
            flush=True,
        )
        sizes.append(size)
        seconds.append(max(took.busy - start.busy, 0.01))
    print(f"docgen: busy seconds beyond its start grow with lines^{_exponent(sizes, seconds):.2f}")


def _part(whole: Path, part: int) -> Path:
    """A repository with every `part`-th file of another, in the order of their names; one file for 0."""
    target = WORK / "growth" / f"{whole.name}-{part}"
    if not (target / ".git").exists():
        shutil.rmtree(target, ignore_errors=True)
        files = sorted(p for p in whole.rglob("*") if p.is_file() and ".git" not in p.parts)
        for path in files[:1] if not part else files[::part]:
            copy = target / path.relative_to(whole)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        committed(target)
    return target


def _judged(folder: Path, program: str) -> Judged | None:
    """What the last output of a program says; None where that is too much to read in time."""
    out = WORK / "out" / folder.name / program
    if program == "docgen":
        out = _own(out)
    command = [sys.executable, "-m", "docgen", "score", str(out), "--repository", str(folder), "--json"]
    done = subprocess.run([*command, "--seconds", "120"], capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    found = json.loads(done.stdout)
    decided = found["supported"] + found["contradicted"]
    true = 100 * found["supported"] / decided if decided else 0.0
    return Judged(true, 100 * found["components"]["coverage"], found["total"])


def _own(out: Path) -> Path:
    """A copy of what docgen wrote, without the text of people around its blocks."""
    own = out.with_name(f"{out.name}-blocks")
    shutil.rmtree(own, ignore_errors=True)
    for path in (path for path in out.rglob("*") if path.is_file()):
        blocks = spans(path.read_bytes(), style_of(path.name)).values()
        copy = own / path.relative_to(out)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(b"\n\n".join(block.body for block in blocks))
    return own


def _print_judged(programs: list[str], judged: list[tuple[str, list[Judged | None]]]) -> None:
    print(
        "\n" + f"{'repository':<32}" + "".join(f"{name:>10} true{'told':>6}{'score':>7}" for name in programs)
    )
    for name, found in judged:
        cells = (
            f"{one.true:>15.1f}{one.told:>6.1f}{one.score:>7.1f}" if one else f"{'-':>15}{'-':>6}{'-':>7}"
            for one in found
        )
        print(f"{name:<32}{''.join(cells)}")


def _compare(folder: Path, programs: dict[str, Command], runs: int) -> dict[str, Took]:
    found: dict[str, list[Took]] = {name: [] for name in programs}
    for number in range(runs + 1):
        for name, command in programs.items():
            took = _timed(command(folder, _fresh(folder.name, name)), name)
            if number:  # the first run of each only warms the caches
                found[name].append(took)
    return {
        name: Took(
            statistics.median(t.seconds for t in all_),
            max(t.memory for t in all_),
            statistics.median(t.busy for t in all_),
        )
        for name, all_ in found.items()
    }


def _fresh(repository_name: str, program: str) -> Path:
    out = WORK / "out" / repository_name / program
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return out


def _timed(command: list[str], name: str) -> Took:
    """One run from nothing; its own peak memory, not that of what ran before."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        last = said.decode(errors="replace").strip().splitlines()[-1:]
        raise BenchmarkError(f"{name} does not run here: {last}")
    return Took(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def _docgen(folder: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "docgen", str(folder), "--out", str(out)]


def readmeai_command() -> Command:
    """How to start readmeai, which is installed the first time."""
    environment = WORK / READMEAI
    if not (environment / "bin" / "readmeai").exists():
        shutil.rmtree(environment, ignore_errors=True)
        venv.create(environment, with_pip=True)
        python = str(environment / "bin" / "python")
        run([python, "-m", "pip", "install", "--quiet", READMEAI], f"{READMEAI} cannot be installed")
    program = [str(environment / "bin" / "readmeai"), "--api", "offline", "-r"]
    return lambda folder, out: [*program, str(folder), "-o", str(out / "README.md")]


def _repomix() -> Command:
    environment = WORK / "repomix"
    program = environment / "node_modules" / ".bin" / "repomix"
    if not program.exists():
        environment.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--prefix", str(environment), REPOMIX]
        run(command, f"{REPOMIX} cannot be installed")
    options = ["--style", "markdown", "--quiet", "--no-security-check", "-o"]
    return lambda folder, out: [str(program), str(folder), *options, str(out / "repomix.md")]


def _exponent(sizes: list[int], seconds: list[float]) -> float:
    return statistics.linear_regression([math.log(n) for n in sizes], [math.log(s) for s in seconds]).slope


if __name__ == "__main__":
    sys.exit(main())
