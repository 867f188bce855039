"""`mkdocs.yml` takes entries of its navigation from a bundle, whatever the bundle claims to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import GateError
from documenthor.outcomes import Kind
from documenthor.publish.gates.navigation import rest_unchanged

from tests.documenthor.publish.support import block, decided, put

if TYPE_CHECKING:
    from tests.documenthor.forge.support import Place

CONFIG = "site_name: Calc\nnav:\n  - Home: index.md\nplugins:\n  - search\n"
ENTRY = '- "Architecture": "ARCHITECTURE.md"\n'


def configured(place: Place, text: str = CONFIG) -> Place:
    """The repository with this configuration in its head."""
    place.write({"mkdocs.yml": text})
    return place


def test_an_entry_is_committed_and_the_rest_stays(place: Place) -> None:
    outcome = put(configured(place), block("mkdocs.yml", ENTRY, name="nav"))
    assert outcome.kind is Kind.COMMITTED
    text = place.file("mkdocs.yml").decode()
    assert "  - Home: index.md\n  # documenthor:start nav" in text
    assert text.endswith("  # documenthor:end nav\nplugins:\n  - search\n")
    assert '  - "Architecture": "ARCHITECTURE.md"\n' in text


@pytest.mark.parametrize(
    ("body", "name", "gate"),
    [
        ("plugins:\n  - evil\n", "nav", "navigation"),
        (ENTRY + "hooks: [evil.py]\n", "nav", "navigation"),
        ('- "A": "../../etc/x.md"\n', "nav", "navigation"),
        ('- "A": "https://evil.example/x.md"\n', "nav", "navigation"),
        ("Just text.\n", "nav", "navigation"),
        (ENTRY, "overview", "navigation"),
        (ENTRY + "<!-- documenthor:end nav -->\n", "nav", "markers"),
        ('- "AKIAIOSFODNN7EXAMPLE": "x.md"\n', "nav", "secrets"),
        ('- "A\u202e": "x.md"\n', "nav", "characters"),
    ],
)
def test_nothing_but_entries_is_taken(place: Place, body: str, name: str, gate: str) -> None:
    assert decided(configured(place), block("mkdocs.yml", body, name=name)) == f"rejected({gate})"


@pytest.mark.parametrize(
    "text", ["site_name: Calc\n", "nav: [index.md]\n", "nav:\n  - a.md\n# documenthor:start nav\n", "[[[\n"]
)
def test_a_configuration_that_cannot_take_them_is_left_alone(place: Place, text: str) -> None:
    found = decided(configured(place, text), block("mkdocs.yml", ENTRY, name="nav"))
    assert found in {"rejected(markers)", "rejected(navigation)"}


def test_no_configuration_is_ever_made(place: Place) -> None:
    assert decided(place, block("mkdocs.yml", ENTRY, name="nav")) in {
        "rejected(markers)",
        "rejected(navigation)",
    }
    with pytest.raises(GateError, match="there is no"):
        rest_unchanged("mkdocs.yml", b"", b"nav:\n- a.md\n")


def test_the_gate_looks_for_itself() -> None:
    with pytest.raises(GateError, match="outside our block"):
        rest_unchanged("mkdocs.yml", b"nav:\n- a.md\n", b"nav:\n- b.md\n")


@pytest.mark.parametrize(
    "path",
    [
        "docs/mkdocs.yml",
        "mkdocs.yml.md.yml",
        "Mkdocs.yml",
        ".github/workflows/x.yml",
        "x.yaml",
        "_config.yml",
    ],
)
def test_no_other_configuration_is_written(place: Place, path: str) -> None:
    assert decided(place, block(path, ENTRY, name="nav")) == "rejected(paths)"
