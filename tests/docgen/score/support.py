"""Pages of a tree, and what the scorer makes of errors in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.score.scoring import score
from docgen.source.tree import read_tree

from tests.docgen.score.planting import block, plant
from tests.docgen.score.world import World
from tests.docgen.support import job_spec, pages

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.score.model import Score

    from tests.docgen.score.planting import Error


@dataclass(frozen=True)
class Trial:
    """What became of the errors planted in one repository's pages."""

    planted: Counter[str]
    found: Counter[str]
    missed: tuple[Error, ...]
    false_alarms: int
    statements: int


def world_of(folder: Path) -> World:
    """A repository with its finished pages."""
    tree = read_tree(folder, Options(), Deadline(120))
    bundle, facts = build(job_spec(str(folder)), tree, Deadline(120))
    return World(facts, tree, pages(bundle), bundle.score)


def scored(world: World, other: dict[str, str] | None = None) -> Score:
    """The score of pages, the world's own unless others are given."""
    return score(other or world.pages, world.tree, Deadline(120))


def trial(world: World, per_kind: int, per_semantic: int, seed: int = 7) -> Trial:
    """Plant errors, score, and see which are found in the row or paragraph they stand in."""
    before = scored(world)
    wrong, errors = plant(world, seed, per_kind, per_semantic)
    known = {(one.page, one.line, one.text) for one in before.findings}
    after = ((one.page, one.line, one.text) for one in scored(world, wrong).findings)
    new = {(page, line) for page, line, text in after if (page, line, text) not in known}
    missed = [one for one in errors if new.isdisjoint(block(wrong[one.page].split("\n"), one.line, one.page))]
    return Trial(
        planted=Counter(one.kind for one in errors),
        found=Counter(one.kind for one in errors) - Counter(one.kind for one in missed),
        missed=tuple(missed),
        false_alarms=before.contradicted,
        statements=before.supported + before.contradicted,
    )
