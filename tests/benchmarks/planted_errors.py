"""Errors planted in the pages of real repositories: how many the scorer finds, and its false alarms.

    python -m tests.benchmarks.planted_errors [--per-kind 12] [--per-semantic 4] [--seed 7] [NAME ...]

Each error is checked to be really false before it counts (tests/docgen/score/mutations.py), all of a
repository's are planted at once, one at most in a section, and one is found if the scorer reports something
new in its row or paragraph. The last two repositories were never looked at while the scorer was written.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.benchmarks.sources import BenchmarkError, Source, repository
from tests.docgen.score.mutations import SEMANTIC, TABLE
from tests.docgen.score.support import Trial, trial, world_of

SOURCES = (
    Source("requests", "pypi", "Python", "2.32.3"),
    Source("click", "pypi", "Python", "8.1.7"),
    Source("flask", "pypi", "Python", "3.0.3"),
    Source("commander", "npm", "JavaScript", "14.0.3", "package"),
    Source("axios", "npm", "JavaScript", "1.7.7", "package"),
    Source("jinja2", "pypi", "Python", "3.1.4"),
    Source("koa", "npm", "JavaScript", "2.15.3", "package"),
)
HELD_OUT = frozenset({"jinja2", "koa"})


def main() -> int:
    """Print the tables; 1 if a repository cannot be had."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--per-kind", type=int, default=12, help="errors of each kind in a repository")
    parser.add_argument("--per-semantic", type=int, default=4, help="changes of meaning, of each kind")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--missed", action="store_true", help="show what is not found")
    parser.add_argument("names", nargs="*", help="these repositories only")
    given = parser.parse_args()
    wanted = [source for source in SOURCES if not given.names or source.name in given.names]
    trials: dict[str, Trial] = {}
    try:
        for source in wanted:
            world = world_of(repository(source))
            trials[source.name] = trial(world, given.per_kind, given.per_semantic, given.seed)
    except BenchmarkError as error:
        print(f"no trial: {error}", file=sys.stderr)
        return 1
    for title, held_out in (("known repositories", False), ("held-out repositories", True)):
        _table(title, {name: one for name, one in trials.items() if (name in HELD_OUT) == held_out})
    for miss in (miss for one in trials.values() for miss in one.missed if given.missed):
        print(f"{miss.kind} {miss.page}:{miss.line}\n  - {miss.before[:160]}\n  + {miss.after[:160]}")
    return 0


def _table(title: str, trials: dict[str, Trial]) -> None:
    if not trials:
        return
    planted, found = Counter[str](), Counter[str]()
    for one in trials.values():
        planted += one.planted
        found += one.found
    print(f"\n{title}: {', '.join(trials)}\n{'error':<24}{'planted':>8}{'found':>8}{'rate':>9}")
    for kind in dict.fromkeys(planter.kind for planter in TABLE):
        _row(kind, planted[kind], found[kind])
    for name, is_semantic in (("all five kinds", False), ("changes of meaning", True)):
        kinds = [kind for kind in planted if (kind in SEMANTIC) == is_semantic]
        _row(name, sum(planted[kind] for kind in kinds), sum(found[kind] for kind in kinds))
    alarms, statements = (
        sum(getattr(one, name) for one in trials.values()) for name in ("false_alarms", "statements")
    )
    rate = 100 * alarms / max(1, statements)
    print(f"untouched pages: {alarms} alarms in {statements} decided statements, {rate:.2f} per 100")


def _row(name: str, planted: int, found: int) -> None:
    rate = f"{100 * found / planted:.1f} %" if planted else "-"
    print(f"{name:<24}{planted:>8}{found:>8}{rate:>9}")


if __name__ == "__main__":
    sys.exit(main())
