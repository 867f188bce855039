"""Blocks that nobody wants any more go, pages with nothing else in them too, and text of people stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import GateError
from documenthor.publish import decide, publish
from documenthor.publish.gates.files import untouched
from documenthor.tenants import Mode

from tests.documenthor.publish.support import MINIMUM, block, job_spec, put, seal

if TYPE_CHECKING:
    from documenthor.outcomes import Outcome

    from tests.documenthor.forge.support import Place

PAGE = "docs/api.md"
MARKED = "<!-- documenthor:start {0} rests-on=" + "0" * 64 + " -->\nOld.\n<!-- documenthor:end {0} -->"


def without_page(place: Place, *obsolete: str, mode: Mode = Mode.COMMIT, job: str = "job-2") -> Outcome:
    """Publish a bundle that has a README block alone and says which files get nothing any more."""
    spec = job_spec(place, job=job)
    return publish(place.forge(), spec, seal(spec, block(), obsolete=obsolete), mode, MINIMUM)


def test_a_page_that_is_ours_alone_is_removed(place: Place) -> None:
    put(place, block(), block(PAGE, "One.", "one"), block(PAGE, "Two.", "two"))
    assert str(without_page(place, PAGE)) == "committed"
    assert PAGE not in place.forge().modes("calc", place.head(), [PAGE])
    assert "Removed:\n\n- docs/api.md" in place.git("log", "-1", "--format=%B")
    assert str(without_page(place, PAGE, job="job-3")) == "unchanged"


def test_a_pull_request_removes_it_too(place: Place) -> None:
    put(place, block(), block(PAGE, "One.", "one"))
    assert str(without_page(place, PAGE, mode=Mode.PULL_REQUEST)) == "pull_request"
    assert PAGE in place.forge().modes("calc", place.head(), [PAGE])
    assert PAGE not in place.forge().modes("calc", place.head("documenthor/docs"), [PAGE])
    assert str(without_page(place, PAGE, mode=Mode.PULL_REQUEST, job="job-3")) == "unchanged"


def test_a_page_with_a_note_of_a_persons_keeps_the_note(place: Place) -> None:
    put(place, block(), block(PAGE, "One.", "one"), block(PAGE, "Two.", "two"))
    before, _, after = place.file(PAGE).decode().partition("<!-- documenthor:start two")
    place.write({PAGE: f"{before}My note.\n\n<!-- documenthor:start two{after}"})
    without_page(place, PAGE)
    assert place.file(PAGE) == b"My note.\n"


def test_a_section_goes_and_the_others_keep_every_byte(place: Place) -> None:
    one, two, three = (block(PAGE, name.title(), name) for name in ("one", "two", "three"))
    put(place, one, two, three)
    both = place.file(PAGE)
    put(place, one, three, spec=job_spec(place, job="job-2"))
    start, end = both.index(b"<!-- documenthor:start two"), both.index(b"<!-- documenthor:start three")
    assert place.file(PAGE) == both[:start] + both[end:]


def test_entries_of_a_navigation_go(place: Place) -> None:
    config = "site_name: Calc\nnav:\n  - Home: index.md\nplugins:\n  - search\n"
    place.write({"mkdocs.yml": config})
    put(place, block(), block("mkdocs.yml", '- "A": "a.md"\n', "nav"))
    assert place.file("mkdocs.yml").decode() != config
    without_page(place, "mkdocs.yml")
    assert place.file("mkdocs.yml").decode() == config


@pytest.mark.parametrize(
    "text",
    [
        "Written by a person.\n",
        "",
        f"```md\n{MARKED.format('one')}\n```\n",
        f"<div>\n{MARKED.format('one')}\n</div>\n",
    ],
)
def test_nothing_that_is_not_ours_is_removed(place: Place, text: str) -> None:
    place.write({PAGE: text})
    put(place)
    assert str(without_page(place, PAGE, "docs/never-there.md")) == "unchanged"
    assert place.file(PAGE) == text.encode()


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("a.py", "rejected(paths)"),
        (".github/workflows/x.yml", "rejected(paths)"),
        ("docs/../a.md", "rejected(paths)"),
        ("docs/link.md", "rejected(paths)"),
    ],
)
def test_only_documentation_is_looked_at(place: Place, path: str, outcome: str) -> None:
    place.write({"docs/link.md": "../README.md"}, modes={"docs/link.md": "120000"})
    before = place.refs()
    assert str(without_page(place, path)) == outcome
    assert place.refs() == before


def test_markers_that_do_not_pair_up_are_not_guessed_at(place: Place) -> None:
    place.write({PAGE: MARKED.format("one").partition("Old.")[0]})
    assert str(without_page(place, PAGE)) == "rejected(markers)"


def test_a_bundle_that_says_nothing_takes_nothing_away(place: Place) -> None:
    put(place, block(), block(PAGE, "One.", "one"))
    spec = job_spec(place, job="job-2")
    empty = seal(spec, blocks=(), obsolete=(PAGE, "README.md"))
    assert str(decide(place.forge(), spec, empty, Mode.COMMIT, MINIMUM)) == "unchanged"


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("{one}\n\nNote.\n\n{two}\n", "Note.\n\n{two}\n", True),
        ("A.\n\n{one}\n\nB.\n", "A.\n\nB.\n", True),
        ("A.\n\n{one}\n", "", False),
        ("A.\n\n{one}\n\nB.\n", "B.\n\nA.\n", False),
        ("A.\n\n{one}\n\nB.\n", "A. B.\n", False),
        ("A.\n\n{one}\n\nB.\n", "A.\n", False),
        ("```\n{one}\n```\n", "```\n```\n", False),
        ("{one}\n", "", True),
    ],
)
def test_the_gate_looks_for_itself(old: str, new: str, holds: bool) -> None:
    marked = {name: MARKED.format(name) for name in ("one", "two")}
    before, after = (text.format(**marked).encode() for text in (old, new))
    if holds:
        untouched(PAGE, before, after, [])
    else:
        with pytest.raises(GateError, match="outside our blocks"):
            untouched(PAGE, before, after, [])
