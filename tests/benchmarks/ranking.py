"""The scores of good and bad documentation of real repositories, in one table.

    python -m tests.benchmarks.ranking [NAME ...]

Ours, what `readmeai --api offline` writes, a list of all symbols, a bare template, another repository's
documentation, padding, and what tries to cheat; the first six should come in this order and no cheat
reach 50.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.benchmarks.generators import readmeai_command
from tests.benchmarks.planted_errors import SOURCES
from tests.benchmarks.sources import WORK, BenchmarkError, repository, run
from tests.docgen.score import rivals
from tests.docgen.score.support import scored, world_of

if TYPE_CHECKING:
    from pathlib import Path


def main() -> int:
    """Print the table; 1 if it cannot be made or the order is not as it should be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="these repositories only")
    names: list[str] = parser.parse_args().names
    sources = [source for source in SOURCES if not names or source.name in names]
    try:
        readmeai = readmeai_command()
        folders = {source.name: repository(source) for source in SOURCES}
        right = True
        for at, source in enumerate(sources):
            world = world_of(folders[source.name])
            after = SOURCES[(SOURCES.index(source) + 1) % len(SOURCES)]
            target = WORK / "ranking" / source.name
            target.mkdir(parents=True, exist_ok=True)
            run(readmeai(folders[source.name], target), "readmeai does not run here")
            ranking = {
                "ours": dict(world.pages),
                "readmeai": {"README.md": _as_on_a_forge(target / "README.md", folders[source.name])},
                "symbols": rivals.symbol_dump(world),
                "template": rivals.template(world),
                "another's": dict(world_of(folders[after.name]).pages),
                "padding": rivals.padding(world),
            }
            cheats = {name: make(world) for name, make in rivals.ADVERSARIAL.items()}
            found = {name: scored(world, pages).total for name, pages in (ranking | cheats).items()}
            if not at:
                print(f"{'repository':<12}" + "".join(f"{name:>12}" for name in found))
            print(f"{source.name:<12}" + "".join(f"{value:>12.1f}" for value in found.values()), flush=True)
            order = [found[name] for name in ranking]
            right &= order == sorted(order, reverse=True) and max(found[name] for name in cheats) < 50
    except BenchmarkError as error:
        print(f"no ranking: {error}", file=sys.stderr)
        return 1
    print("the order is as it should be" if right else "the order is NOT as it should be")
    return 0 if right else 1


def _as_on_a_forge(page: Path, folder: Path) -> str:
    """What readmeai would write for a clone from a forge: its links start with the clone's own address."""
    return page.read_text().replace(f"{folder}/blob/", f"https://example.org/owner/{folder.name}/blob/")


if __name__ == "__main__":
    sys.exit(main())
