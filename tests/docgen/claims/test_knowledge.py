"""What may be cited: first sentences that can stand alone, in the repository's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.claims.knowledge import whole_sentence

from tests.docgen.claims.support import shop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("doc", "shown"),
    [
        ("Return the price.", "Return the price."),
        ("Return the price. Nothing in it is safe.", "Return the price."),
        ("Return the\nprice.\n\nArgs:\n  x: y", "Return the price."),
        ("Supported formats:\n\n- one\n- two", ""),
        ("See :func:`price`.", ""),
        ("See https://evil.example for more.", ""),
        ("<script>alert(1)</script>", ""),
        ("[x](y)", ""),
        ("word " * 100 + "end.", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_text_that_can_stand_alone_may_be_cited(doc: str, shown: str) -> None:
    assert whole_sentence(doc) == shown


def test_two_things_of_one_name_make_no_sentence(tmp_path: Path) -> None:
    knowledge = shop(tmp_path)
    facts = {fact for facts in knowledge.about.values() for fact in facts}
    assert not [fact for fact in facts if fact.subject.name == fact.object.name]
    assert any(fact.subject.kind == "project" for fact in facts)
