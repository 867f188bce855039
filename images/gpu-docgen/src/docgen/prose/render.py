"""Checked sentences as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.claims.model import Entity, Sort
from docgen.pages.markdown import code, prose
from docgen.pages.site import source_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.claims.check import Sentence

_TIGHT = frozenset(",.;)")


def paragraph(sentences: Sequence[Sentence], page: str) -> str:
    """The sentences as one paragraph of the page at the path `page`; empty where there are none."""
    return " ".join(_sentence(sentence, page) for sentence in sentences)


def _sentence(sentence: Sentence, page: str) -> str:
    text = ""
    for part in sentence.parts:
        shown = (
            entity_text(part, page) if isinstance(part, Entity) else _word(part, is_cited=sentence.is_cited)
        )
        if not text:
            text = shown[:1].upper() + shown[1:]
        else:
            text += shown if part in _TIGHT or text.endswith("(") else f" {shown}"
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _word(part: str, *, is_cited: bool) -> str:
    return prose(part) if is_cited else part


def entity_text(entity: Entity, page: str) -> str:
    """A thing as it stands in a sentence; a text in quotes, with its place."""
    if entity.sort is Sort.TEXT:
        return f"“{prose(entity.name.removesuffix('.'))}” ({source_link(page, entity.place)})"
    return prose(entity.name) if entity.kind == "tool" else code(entity.name)
