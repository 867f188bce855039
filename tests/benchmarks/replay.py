"""What a commit costs: the last commits of real repositories, replayed one by one.

    python -m tests.benchmarks.replay [--steps 20] [--details]

The histories are this project's own commits, and consecutive releases of two packages as one commit
each, fetched once by `pip download` into build/benchmarks/. At every step the blocks are put into what the
step before left, as publishing does, and compared with a rebuild from nothing. A section is what stands
below one heading. Of all sections, as the total and as the median of the steps:

page        those on pages that change: what would be written again if a page were one block
block       those in blocks that change: the same without what keeps parts of a block as they are
section     those whose bytes change, which is what a maintainer sees
false       sections whose bytes changed although they say the same, line numbers aside
missed      sections that say something else than in the rebuild
lines       sections that would have been written again if line numbers counted
asked       tokens of the prompts that a model is asked for paragraphs in because their facts changed,
            of those of all prompts; tokens are counted as a quarter of the characters, and no model answers
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.commands.prompts import read_prompts
from docgen.contract import JobSpec, splice
from docgen.contract.markers import spans, style_of
from docgen.contract.renewal import renewed
from docgen.deadline import Deadline
from docgen.source.tree import read_tree
from docgen.writers.model import Reply

from tests.benchmarks.sources import WORK, BenchmarkError, Source, repository, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.contract import Block
    from docgen.writers.model import Prompt

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


class _Recorder:
    """A writer that keeps the tokens of what it was asked and never answers."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}

    def count(self, text: str) -> int:
        """About as many tokens as a model would count."""
        return len(text) // 4 + 1

    def write(self, prompts: Sequence[Prompt], deadline: Deadline) -> list[Reply]:  # noqa: ARG002 - the protocol
        """Nothing but a failure for each."""
        for prompt in prompts:
            self.asked[f"{prompt.user}{prompt.schema}"] = self.count(prompt.system) + self.count(prompt.user)
        return [Reply(failure="replayed")] * len(prompts)


@dataclass
class Sections:
    """The sections of some blocks: as bytes, as what they say, and as what they say with lines."""

    raw: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    said: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    lined: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, blocks: Blocks) -> Sections:
        """Those of `blocks`."""
        found = cls()
        for (path, name), block in blocks.items():
            for part in filter(None, re.split(r"(?m)^(?=#{1,6} )", block.body.strip("\n"))):
                lined = _ADDRESS.sub("", part.strip("\n"))
                found.raw[path, name, part.strip("\n")] += 1
                found.lined[path, name, lined] += 1
                found.said[path, name, _LINE.sub("", lined)] += 1
        return found


@dataclass(frozen=True)
class Step:
    """What one commit did, in sections; `asked` and `prompted` are tokens."""

    commit: str
    all: int
    page: int
    block: int
    section: int
    false: int
    missed: int
    lines: int
    asked: int
    prompted: int


def main() -> int:
    """Print a table for each history; 1 if one cannot be made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=20, help="commits to replay (default: 20)")
    parser.add_argument("--details", action="store_true", help="a line for every commit")
    options = parser.parse_args()
    shares = "".join(f"{name:>15}" for name in ("page", "block", "section"))
    print(
        f"{'history':<14}{'steps':>6}{'sections':>10}{shares}{'false':>7}{'missed':>8}{'lines':>7}{'asked':>15}"
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
        print(_row(f"  {step.commit}", [step]))
    print(_row(name, steps))


def _row(label: str, steps: list[Step]) -> str:
    sections = [step.all for step in steps]
    shares = (
        _share([getattr(step, key) for step in steps], sections) for key in ("page", "block", "section")
    )
    counts = (
        f"{sum(s.false for s in steps):>7}{sum(s.missed for s in steps):>8}{sum(s.lines for s in steps):>7}"
    )
    asked = _share([step.asked for step in steps], [step.prompted for step in steps])
    return f"{label:<14}{len(steps):>6}{sum(sections):>10}{''.join(shares)}{counts}{asked}"


def _share(parts: list[int], wholes: list[int]) -> str:
    """Of all steps together, and the median of the steps."""
    total = 100 * sum(parts) / max(sum(wholes), 1)
    median = statistics.median(100 * part / max(whole, 1) for part, whole in zip(parts, wholes, strict=True))
    return f"{total:>7.1f}%{median:>6.1f}%"


def _replayed(name: str, folder: Path, steps: int) -> Iterator[Step]:
    listed = run(
        ["git", "-C", str(folder), "rev-list", "--first-parent", f"-{steps + 1}", "HEAD"], "no history"
    )
    kept: Blocks = {}
    last: Blocks = {}
    known: dict[str, int] = {}
    for commit in reversed(listed.split()):
        tree = _tree(name, folder, commit)
        now, prompts = _blocks(name, tree, commit)
        after = _published(tree, kept, now, commit)
        if kept:
            asked = sum(tokens for prompt, tokens in prompts.items() if prompt not in known)
            lines = (Sections.of(now).lined - Sections.of(last).lined).total()
            yield _step(commit, kept, now, after, lines, (asked, sum(prompts.values())))
        kept, last, known = after, now, prompts


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


def _blocks(name: str, tree: Path, commit: str) -> tuple[Blocks, dict[str, int]]:
    """The blocks of a commit built from nothing, and the tokens of each prompt for it."""
    url = f"https://github.com/acme/{name.replace(' ', '-')}"
    prompts = read_prompts(ROOT / "include" / "prompts")
    spec = JobSpec(tenant="t", job="j", repository=name, url=url, commit=commit, prompts=prompts)
    deadline = Deadline(spec.options.limits.seconds)
    writer = _Recorder()
    bundle, _ = build(spec, read_tree(tree, spec.options, deadline), deadline, writer)
    return {(block.path, block.name): block for block in bundle.blocks}, writer.asked


def _published(tree: Path, kept: Blocks, now: Blocks, commit: str) -> Blocks:
    """The blocks as they stand in the files after `now` was put into them, with `kept` there before."""
    after: Blocks = {}
    for path in sorted({path for path, _ in now}):
        file = tree / path
        human = file.read_bytes() if file.is_file() else b""
        there = splice(human, [block for block in kept.values() if block.path == path])
        wanted = [block for block in now.values() if block.path == path]
        text = renewed(there, path, wanted, commit) or b""
        for name, span in spans(text, style_of(path)).items():
            body = span.body.decode().replace("\r\n", "\n")
            after[path, name] = now[path, name].model_copy(update={"body": body, "rests_on": span.digest})
    return after


def _step(commit: str, kept: Blocks, now: Blocks, after: Blocks, lines: int, asked: tuple[int, int]) -> Step:
    before, rebuilt, found = Sections.of(kept), Sections.of(now), Sections.of(after)
    changed = found.raw - before.raw
    blocks = {(path, name) for path, name, _ in changed}
    pages = {path for path, _ in blocks}
    return Step(
        commit=commit[:8],
        all=found.raw.total(),
        page=sum(count for (path, _, _), count in found.raw.items() if path in pages),
        block=sum(count for (path, name, _), count in found.raw.items() if (path, name) in blocks),
        section=changed.total(),
        false=changed.total() - (found.said - before.said).total(),
        missed=(rebuilt.said - found.said).total(),
        lines=lines,
        asked=asked[0],
        prompted=asked[1],
    )


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
