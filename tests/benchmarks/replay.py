"""What a commit costs: the last commits of real repositories, replayed one by one.

    python -m tests.benchmarks.replay [--steps 20] [--details]

The histories are this project's own commits, and consecutive releases of two packages as one commit
each, fetched once by `pip download` into build/benchmarks/. At every step the blocks are put into what the
step before left, as publishing does, and compared with a rebuild from nothing:

rewritten   blocks whose bytes changed, of all blocks
sections    parts below a heading that say something else than before, of all parts
false       blocks whose bytes changed although they say the same, line numbers aside
missed      blocks that say something else than the rebuild
with lines  blocks that would have been rewritten if line numbers counted

No column for a model's tokens: what the facts writer says is replayed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.contract import JobSpec, splice
from docgen.deadline import Deadline
from docgen.source.tree import read_tree

from tests.benchmarks.sources import WORK, BenchmarkError, Source, repository, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract import Block

ROOT = Path(__file__).resolve().parents[2]
RELEASES = {
    "requests": (
        "2.19.0 2.19.1 2.20.0 2.20.1 2.21.0 2.22.0 2.23.0 2.24.0 2.25.0 2.25.1 2.26.0 2.27.0 2.27.1 2.28.0 "
        "2.28.1 2.28.2 2.29.0 2.30.0 2.31.0 2.32.2 2.32.3"
    ),
    "click": (
        "7.1 7.1.2 8.0.0 8.0.1 8.0.2 8.0.3 8.0.4 8.1.0 8.1.1 8.1.2 8.1.3 8.1.4 8.1.5 8.1.6 8.1.7 8.1.8 8.2.0 "
        "8.2.1 8.3.0 8.3.1 8.3.2"
    ),
}
Blocks = dict[tuple[str, str], "Block"]
_ADDRESS = re.compile(r"https://github\.com/acme/[\w.-]+/blob/[0-9a-f]{40}/")
_LINE = re.compile(r"#L\d+|:\d+(?=\])")


@dataclass(frozen=True)
class Step:
    """What one commit did, in blocks and in sections."""

    commit: str
    rewritten: int
    blocks: int
    sections: int
    all_sections: int
    false: int
    missed: int
    with_lines: int

    @property
    def share(self) -> float:
        """The part of the blocks that was written again, in percent."""
        return 100 * self.rewritten / max(self.blocks, 1)


def main() -> int:
    """Print a table for each history; 1 if one cannot be made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=20, help="commits to replay (default: 20)")
    parser.add_argument("--details", action="store_true", help="a line for every commit")
    options = parser.parse_args()
    print(
        f"{'history':<14}{'steps':>6}{'rewritten':>16}{'median':>9}{'sections':>16}{'median':>9}"
        f"{'false':>7}{'missed':>8}{'with lines':>12}"
    )
    try:
        for name in ("this project", *RELEASES):
            folder = ROOT if name == "this project" else _history(name)
            _print(name, list(_replayed(name, folder, options.steps)), details=options.details)
    except BenchmarkError as error:
        print(f"no replay: {error}", file=sys.stderr)
        return 1
    return 0


def _print(name: str, steps: list[Step], *, details: bool) -> None:
    for step in steps if details else ():
        print(
            f"  {step.commit:<12}{'':>6}{step.rewritten:>10}/{step.blocks:<5}{step.share:>8.1f}%"
            f"{step.sections:>10}/{step.all_sections:<5}{'':>9}{step.false:>7}{step.missed:>8}{step.with_lines:>12}"
        )
    blocks, sections = sum(step.blocks for step in steps), sum(step.all_sections for step in steps)
    of_blocks = statistics.median(step.share for step in steps)
    of_sections = statistics.median(100 * step.sections / max(step.all_sections, 1) for step in steps)
    print(
        f"{name:<14}{len(steps):>6}{sum(step.rewritten for step in steps):>10}/{blocks:<5}{of_blocks:>8.1f}%"
        f"{sum(step.sections for step in steps):>10}/{sections:<5}{of_sections:>8.1f}%"
        f"{sum(step.false for step in steps):>7}{sum(step.missed for step in steps):>8}"
        f"{sum(step.with_lines for step in steps):>12}"
    )


def _replayed(name: str, folder: Path, steps: int) -> Iterator[Step]:
    listed = run(
        ["git", "-C", str(folder), "rev-list", "--first-parent", f"-{steps + 1}", "HEAD"], "no history"
    )
    before: Blocks = {}
    kept: Blocks = {}
    for commit in reversed(listed.split()):
        tree = _tree(name, folder, commit)
        now = _blocks(name, tree, commit)
        after = {key: _published(tree, kept.get(key), block) for key, block in now.items()}
        if before:
            yield _step(commit, before, kept, now, after)
        before, kept = now, after


def _tree(name: str, folder: Path, commit: str) -> Path:
    """The files of a commit, in a folder of their own."""
    target = WORK / "replay" / name.replace(" ", "-")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    archive = target.with_suffix(".tar")
    run(["git", "-C", str(folder), "archive", "--output", str(archive), commit], "no archive")
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target


def _blocks(name: str, tree: Path, commit: str) -> Blocks:
    url = f"https://github.com/acme/{name.replace(' ', '-')}"
    spec = JobSpec(tenant="t", job="j", repository=name, url=url, commit=commit)
    deadline = Deadline(spec.options.limits.seconds)
    bundle, _ = build(spec, read_tree(tree, spec.options, deadline), deadline)
    return {(block.path, block.name): block for block in bundle.blocks}


def _published(tree: Path, old: Block | None, new: Block) -> Block:
    """The block that the file holds after `new` was spliced into it, with `old` there before."""
    file = tree / new.path
    human = file.read_bytes() if file.is_file() else b""
    there = splice(human, [old] if old else [])
    return old if old and splice(there, [new]) == there else new


def _step(commit: str, before: Blocks, kept: Blocks, now: Blocks, after: Blocks) -> Step:
    changed = [key for key in now if key not in kept or after[key] != kept[key]]
    sections = {part for block in before.values() for part in _sections(block)}
    return Step(
        commit=commit[:8],
        rewritten=len(changed),
        blocks=len(now),
        sections=sum(part not in sections for block in now.values() for part in _sections(block)),
        all_sections=sum(len(_sections(block)) for block in now.values()),
        false=sum(key in before and _said(before[key]) == _said(now[key]) for key in changed),
        missed=sum(_said(after[key]) != _said(now[key]) for key in now),
        with_lines=sum(key not in before or _lined(before[key]) != _lined(now[key]) for key in now),
    )


def _said(block: Block) -> str:
    return _LINE.sub("", _lined(block))


def _lined(block: Block) -> str:
    return _ADDRESS.sub("", block.body)


def _sections(block: Block) -> list[str]:
    return [f"{block.path}\0{part}" for part in re.split(r"(?m)^(?=#{1,6} )", _said(block)) if part]


def _history(name: str) -> Path:
    """A git repository with one commit a release."""
    target = WORK / "histories" / name
    if (target / ".done").exists():
        return target
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    git = ["git", "-C", str(target), "-c", "user.name=benchmark", "-c", "user.email=b@example.org"]
    run([*git, "init", "--quiet"], "git cannot make a repository")
    for version in RELEASES[name].split():
        source = repository(Source(name, "pypi", "Python", version), WORK / "releases" / version)
        run([*git, "rm", "-r", "--quiet", "--ignore-unmatch", "."], f"{name} {version} cannot be replaced")
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".git"), dirs_exist_ok=True)
        run([*git, "add", "--all", "--force"], f"{name} {version} cannot be added")
        run([*git, "commit", "--quiet", "--message", version], f"{name} {version} cannot be committed")
    (target / ".done").touch()
    return target


if __name__ == "__main__":
    sys.exit(main())
