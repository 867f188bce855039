"""Gates on a bundle as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Block, Envelope
from docgen.contract.gates.shape import MAX_BLOCK_BYTES, MAX_BLOCKS, MAX_FILES
from documenthor.outcomes import Outcome
from documenthor.publish import decide
from documenthor.publish.gates import check_bundle
from documenthor.tenants import Mode

from tests.documenthor.publish.support import block, decided, job_spec, seal

if TYPE_CHECKING:
    from tests.documenthor.forge.support import Place


def test_links_start_where_the_page_is(place: Place) -> None:
    assert decided(place, block("docs/guide/x.md", "[up](../../README.md)")) == "publish"
    assert decided(place, block("docs/guide/x.md", "[out](../../../x)")) == "rejected(links)"


@pytest.mark.parametrize(
    "changed",
    [{"repository": "other"}, {"commit": "f" * 40}, {"recipe": "f" * 64}, {"repository": "Calc"}],
)
def test_a_bundle_for_something_else_is_rejected(place: Place, changed: dict[str, str]) -> None:
    spec = job_spec(place)
    outcome = decide(place.forge(), spec, seal(spec, **changed), Mode.COMMIT)
    assert str(outcome) == "rejected(identity)"


def test_a_forged_envelope_is_rejected(place: Place) -> None:
    spec = job_spec(place)
    good = seal(spec)
    for envelope in (
        Envelope(digest="f" * 64, payload=good.payload),
        Envelope(digest=good.digest, payload="!!!"),
        Envelope(digest=good.digest, payload=""),
        Envelope(digest=good.digest, payload=good.payload[:-8]),
    ):
        assert str(decide(place.forge(), spec, envelope, Mode.COMMIT)) == "rejected(bundle)"


def many(count: int) -> list[Block]:
    return [block("docs/x.md", "x", name=f"b{number}") for number in range(count)]


@pytest.mark.parametrize(
    "blocks",
    [
        many(MAX_BLOCKS + 1),
        [block(f"docs/{number}.md", "x") for number in range(MAX_FILES + 1)],
        [block(body="x" * (MAX_BLOCK_BYTES + 1))],
        [block(body="\u00fc" * (MAX_BLOCK_BYTES // 2 + 1))],
        [block(f"docs/{number}.md", "x\n" * (MAX_BLOCK_BYTES // 2)) for number in range(33)],
        [block("docs/x.md", "word " * (MAX_BLOCK_BYTES // 5), name=f"b{number}") for number in range(5)],
    ],
    ids=["blocks", "files", "block", "characters", "sum", "file"],
)
def test_too_much_is_rejected(place: Place, blocks: list[Block]) -> None:
    assert decided(place, *blocks) == "rejected(sizes)"


def test_a_block_given_twice_is_rejected(place: Place) -> None:
    assert decided(place, block(), block(body="Again.")) == "rejected(blocks)"


def test_one_bad_block_among_good_ones_is_enough(place: Place) -> None:
    assert decided(place, block(), block("docs/x.md", "<b>x</b>"), block("docs/y.md")) == "rejected(html)"


def test_a_finding_never_repeats_a_secret(place: Place) -> None:
    spec = job_spec(place)
    outcome = decide(place.forge(), spec, seal(spec, block(body="AKIAIOSFODNN7EXAMPLE")), Mode.COMMIT)
    assert isinstance(outcome, Outcome)
    assert "AWS" in outcome.message
    assert "AKIA" not in outcome.message


@pytest.mark.parametrize("body", ["[" * 50_000, "![" * 25_000, "*a " * 50_000, "`" * 50_000, "[a](" * 20_000])
@pytest.mark.timeout(20)
def test_bodies_made_to_be_slow_are_not(place: Place, body: str) -> None:
    spec = job_spec(place)
    check_bundle(seal(spec, block(body=f"x {body}")).open(), spec)
