"""Gates on a bundle as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from docgen.contract import Block, Bundle, Envelope, Finding, splice
from docgen.contract.gates.shape import MAX_BLOCK_BYTES, MAX_BLOCKS, MAX_FILES
from docgen.contract.gates.table import findings
from documenthor.errors import GateError
from documenthor.outcomes import Outcome
from documenthor.publish import decide
from documenthor.publish.gates import check_bundle
from documenthor.publish.gates.files import untouched
from documenthor.tenants import Mode
from pydantic import ValidationError

from tests.documenthor.publish.support import MINIMUM, block, decided, job_spec, seal

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
    outcome = decide(place.forge(), spec, seal(spec, **changed), Mode.COMMIT, MINIMUM)
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
        assert str(decide(place.forge(), spec, envelope, Mode.COMMIT, MINIMUM)) == "rejected(bundle)"


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


def test_what_the_generator_could_not_mend_is_not_published(place: Place) -> None:
    spec = job_spec(place)
    finding = Finding(
        gate="existence", path="README.md", block="overview", line=3, what="no\x1b[31m\nflag `--x`"
    )
    outcome = decide(place.forge(), spec, seal(spec, findings=(finding,)), Mode.COMMIT, MINIMUM)
    assert str(outcome) == "rejected(existence)"
    assert isinstance(outcome, Outcome)
    assert "README.md, block overview, line 3: no?[31m flag `--x`" in outcome.message


@pytest.mark.parametrize(
    "finding",
    [
        {"gate": "Ex\nistence", "what": "x"},
        {"gate": "a" * 40, "what": "x"},
        {"gate": "links", "what": "x" * 501},
        {"gate": "links", "what": "x", "line": -1},
    ],
)
def test_findings_are_bounded(place: Place, finding: dict[str, object]) -> None:
    bundle = seal(job_spec(place)).open().model_dump() | {"findings": [finding]}
    with pytest.raises(ValidationError):
        Bundle.model_validate_json(json.dumps(bundle))


@pytest.mark.parametrize(
    ("url", "target", "gate"),
    [
        ("https://github.com/acme/calc.git", "https://github.com/acme/calc/blob/0/a.py#L1", ""),
        ("https://github.com/acme/calc", "https://github.com/acme/calc", ""),
        ("https://GitHub.com/acme/calc", "https://github.com/acme/calc/x", ""),
        ("https://github.com/acme/calc", "https://github.com/acme/calculator", "links"),
        ("https://github.com/acme/calc", "https://github.com/acme/calc/../../evil/x", "links"),
        ("https://github.com/acme/calc", "https://github.com/acme/calc/%2e%2e/%2e%2e/evil", "links"),
        ("https://github.com/acme/calc", "https://github.com/evil/calc", "links"),
        ("https://github.com/acme/calc", "https://evil@github.com/acme/calc", "links"),
        ("https://github.com/acme/calc", "https://github.com:8443/acme/calc/x", "links"),
        ("https://github.com/", "https://github.com/evil", "links"),
        ("https://me@github.com/acme/calc", "https://me@github.com/acme/calc/x", "links"),
        ("/srv/forge/calc", "https://github.com/acme/calc", "links"),
    ],
)
def test_pages_lead_to_their_own_repository(place: Place, url: str, target: str, gate: str) -> None:
    spec = job_spec(place).model_copy(update={"url": url})
    bundle = seal(spec, block(body=f"[x]({target})")).open()
    assert next((finding.gate for finding in findings(bundle, spec)), "") == gate


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        (b"# A\n", b"# A\n\n{}\n", True),
        (b"# A", b"# A\n\n{}\n", True),
        (b"", b"{}\n", True),
        (b"# A\n\n{}\n\nEnd.\n", b"# A\n\n{}\n\nEnd.\n", True),
        (b"# A\n", b"# B\n\n{}\n", False),
        (b"# A\n", b"# A\nMore.\n\n{}\n", False),
        (b"# A\n", b"# A\n\n{}\nMore.\n", False),
        (b"# A\n\n{}\n\nEnd.\n", b"# A\n\n{}\n\nEnd!\n", False),
        (b"# A\n\n{}\n\nEnd.\n", b"# A\n\n{}\n\n", False),
        (b"a\r\nb\r\n", b"a\nb\n\n{}\n", False),
        (b"<!-- documenthor:start other rests-on=0 -->\nx\n<!-- documenthor:end other -->\n", b"{}\n", False),
    ],
)
def test_text_of_people_keeps_every_byte(old: bytes, new: bytes, holds: bool) -> None:
    ours = block()
    was = b"<!-- documenthor:start overview rests-on=%b -->\nOld.\n<!-- documenthor:end overview -->" % (
        b"0" * 64
    )
    now = splice(b"", [ours]).rstrip(b"\n")
    before, after = old.replace(b"{}", was), new.replace(b"{}", now)
    if holds:
        untouched("README.md", before, after, [ours])
        assert splice(before, [ours]) == after
    else:
        with pytest.raises(GateError, match="outside our blocks"):
            untouched("README.md", before, after, [ours])


def test_a_finding_never_repeats_a_secret(place: Place) -> None:
    spec = job_spec(place)
    outcome = decide(
        place.forge(), spec, seal(spec, block(body="AKIAIOSFODNN7EXAMPLE")), Mode.COMMIT, MINIMUM
    )
    assert isinstance(outcome, Outcome)
    assert "AWS" in outcome.message
    assert "AKIA" not in outcome.message


@pytest.mark.parametrize("body", ["[" * 50_000, "![" * 25_000, "*a " * 50_000, "`" * 50_000, "[a](" * 20_000])
@pytest.mark.timeout(20)
def test_bodies_made_to_be_slow_are_not(place: Place, body: str) -> None:
    spec = job_spec(place)
    check_bundle(seal(spec, block(body=f"x {body}")).open(), spec)
