"""What a commit costs in a model's tokens, against asking for every paragraph again.

    python -m tests.benchmarks.tokens [--only click] [--steps 20] [--details]

The histories are those of `replay`. At every step the pages that the step before left are in the tree, as
after publishing, and a scripted model answers over HTTP: it repeats the first facts it is told, and fails
at every fifth sentence. Tokens are counted by their length (4 characters each), of what is sent and comes
back; a model of one's own counts in its own, so the shares are what carries over. `full` is the same tree
without any memory.

asked    prompts sent, of all that a rebuild sends
tokens   in percent of the rebuild's, over all steps and the median of a step
idle     tokens of one more run after the last step, with nothing changed
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.commands.prompts import read_prompts
from docgen.contract import JobSpec, Options, Writer, WriterKind, splice
from docgen.deadline import Deadline
from docgen.source.tree import read_tree

from tests.benchmarks.replay import RELEASES, ROOT, _history, _tree
from tests.benchmarks.sources import WORK, BenchmarkError, run
from tests.fakes.model_server import Answer, ModelServer, reply

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.contract import Block
    from docgen.source.tree import Tree

    from tests.fakes.model_server import Asked

NAMES = (*RELEASES, "this project")
_CHARACTERS = 4


@dataclass(frozen=True)
class Step:
    """Prompts and tokens of one commit, with memory and without."""

    commit: str
    prompts: int
    all_prompts: int
    tokens: int
    all_tokens: int

    @property
    def share(self) -> float:
        """Tokens in percent of a rebuild's."""
        return 100 * self.tokens / max(self.all_tokens, 1)


class Model:
    """Builds with the scripted model and counts what passes."""

    def __init__(self, name: str, url: str, server: ModelServer) -> None:
        self._name, self._server = name, server
        writer = Writer(kind=WriterKind.OPENAI, base_url=url, model="scripted", parallel=16)
        self._options, self._prompts = Options(writer=writer), read_prompts(ROOT / "include" / "prompts")

    def build(self, tree: Tree, commit: str) -> tuple[tuple[Block, ...], int, int]:
        """The blocks, the prompts sent and the tokens of these and their answers."""
        address = f"https://github.com/acme/{self._name.replace(' ', '-')}"
        spec = JobSpec(
            tenant="t", job="j", repository=self._name, url=address, commit=commit, options=self._options,
            prompts=self._prompts,
        )  # fmt: skip
        self._server.asked.clear()
        bundle, _ = build(spec, tree, Deadline(600))
        sent = sum(len(one["content"]) for asked in self._server.asked for one in asked.body["messages"])
        made = sum(len(script(asked).text) for asked in self._server.asked)
        return bundle.blocks, len(self._server.asked), (sent + made) // _CHARACTERS

    def read(self, folder: Path) -> Tree:
        """The tree in `folder`."""
        return read_tree(folder, self._options, Deadline(600))


def script(asked: Asked) -> Answer:
    """The first facts in words of the lexicon, and one sentence that does not hold."""
    sentences: list[dict[str, object]] = []
    for line in asked.user.splitlines():
        handle, _, says = line.partition(": ")
        if " is described as: " in line and handle.startswith("T"):
            sentences.append({"kind": "quote", "cite": handle})
        elif handle.startswith("A") and handle[1:].isdigit():
            subject, _, rest = says.partition(" ")
            verb, _, thing = rest.rpartition(" ")
            text = f"{{{subject}}} {verb} {{{thing}}}."
            sentences.append({"kind": "claims", "facts": [handle], "text": text})
    lie: dict[str, object] = {"kind": "claims", "facts": [], "text": "It is fast."}
    return Answer(reply(*sentences[:4], lie))


def main() -> int:
    """Print a line for each history; 1 if one cannot be made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=NAMES, help="replay one history (default: all)")
    parser.add_argument("--steps", type=int, default=20, help="commits to replay (default: 20)")
    parser.add_argument("--details", action="store_true", help="a line for every commit")
    options = parser.parse_args()
    print(f"{'history':<14}{'steps':>6}{'asked':>14}{'tokens':>9}{'median':>9}{'idle':>7}")
    try:
        for name in (options.only,) if options.only else NAMES:
            folder = ROOT if name == "this project" else _history(name)
            with ModelServer(script) as server:
                _print(name, folder, options.steps, Model(name, server.url, server), details=options.details)
    except BenchmarkError as error:
        print(f"no replay: {error}", file=sys.stderr)
        return 1
    return 0


def _print(name: str, folder: Path, steps: int, model: Model, *, details: bool) -> None:
    replayed, idle = _replayed(name, folder, steps, model)
    for step in replayed if details else ():
        print(f"  {step.commit:<18}{step.prompts:>7}/{step.all_prompts:<6}{step.share:>8.1f}%")
    prompts, all_prompts = sum(s.prompts for s in replayed), sum(s.all_prompts for s in replayed)
    share = 100 * sum(s.tokens for s in replayed) / max(sum(s.all_tokens for s in replayed), 1)
    median = statistics.median(s.share for s in replayed)
    print(f"{name:<14}{len(replayed):>6}{prompts:>7}/{all_prompts:<6}{share:>8.1f}%{median:>8.1f}%{idle:>7}")


def _replayed(name: str, folder: Path, steps: int, model: Model) -> tuple[list[Step], int]:
    """Every step, and the tokens of a run after the last one."""
    listed = run(
        ["git", "-C", str(folder), "rev-list", "--first-parent", f"-{steps + 1}", "HEAD"], "no history"
    )
    found: list[Step] = []
    pages = WORK / "replay" / f"pages of {name}"
    shutil.rmtree(pages, ignore_errors=True)
    for commit in reversed(listed.split()):
        folder_ = _tree(name, folder, commit)
        _copy(pages, folder_)
        tree = model.read(folder_)
        blocks, prompts, tokens = model.build(tree, commit)
        if pages.exists():
            _, all_prompts, all_tokens = model.build(replace(tree, remembered=()), commit)
            found.append(Step(commit[:8], prompts, all_prompts, tokens, all_tokens))
        _publish(folder_, blocks, pages)
    return found, model.build(model.read(folder_), commit)[2]


def _copy(pages: Path, folder: Path) -> None:
    """Put what was published into the next commit's tree, in place of what a person has there."""
    if pages.exists():
        shutil.copytree(pages, folder, dirs_exist_ok=True)


def _publish(folder: Path, blocks: tuple[Block, ...], pages: Path) -> None:
    for block in blocks:
        page = folder / block.path
        text = splice(page.read_bytes() if page.exists() else b"", [block])
        for target in (page, pages / block.path):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)


if __name__ == "__main__":
    sys.exit(main())
