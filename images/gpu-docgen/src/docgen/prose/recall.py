"""Reading a paragraph of a page back as the sentences of a reply, so that it is judged like any other.

Nothing is taken over because it stands on a page: a sentence is either one that we would write of a cited
text today, or its names are exchanged for handles and the grammar and the facts decide.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from docgen.claims.model import Entity, SentenceError
from docgen.prose.memory import plain
from docgen.prose.render import entity_text, paragraph
from docgen.prose.reply import MAX_SENTENCES, RawSentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.claims.check import Checker, Sentence
    from docgen.claims.knowledge import Knowledge
    from docgen.prose.context import Context

_MAX_PIECES = 60
_MAX_TRIES = 64


class Recall:
    """Reads with the things and facts of one prompt."""

    def __init__(self, knowledge: Knowledge, checker: Checker, context: Context) -> None:
        self._knowledge, self._checker, self._context = knowledge, checker, context
        self._cited = dict(self._citations())
        self._handles: dict[str, list[str]] = {}
        for handle, entity in context.handles.items():
            self._handles.setdefault(_name(entity), []).append(handle)
        names = sorted(filter(None, self._handles), key=len, reverse=True)
        self._names = re.compile("|".join(map(_pattern, names)) or "(?!)")

    def read(self, text: str) -> list[RawSentence]:
        """The sentences of a paragraph; nothing where there is one that cannot be read."""
        pieces = re.split(r"(?<=[.!?]) ", text)[:_MAX_PIECES]
        found: list[RawSentence] = []
        while pieces and len(found) < MAX_SENTENCES:
            # A sentence may hold what looks like its end.
            lengths = range(1, len(pieces) + 1)
            read = ((length, self._sentence(" ".join(pieces[:length]))) for length in lengths)
            length, raw = next(((length, raw) for length, raw in read if raw), (0, None))
            if raw is None:
                return []
            found.append(raw)
            del pieces[:length]
        return found if not pieces else []

    def _citations(self) -> Iterator[tuple[str, RawSentence]]:
        """What would be published of each text, and the sentence that would ask for it."""
        handles = {entity: handle for handle, entity in self._context.handles.items()}
        for cite in self._context.texts:
            quoted = self._checker.quoting(cite)
            yield _shown(quoted), RawSentence(kind="quote", cite=cite)
            told = self._checker.retelling(cite)
            subject, words = told.parts[0], told.parts[-1]
            if told.is_cited and isinstance(subject, Entity) and subject in handles:
                text = f"{{{handles[subject]}}} {words}"
                yield _shown(told), RawSentence(kind="paraphrase", text=text, cite=cite)

    def _sentence(self, text: str) -> RawSentence | None:
        if text in self._cited:
            return self._cited[text]
        parts = self._names.split(text)
        choices = self._related([self._handles[name] for name in self._names.findall(text)])
        for chosen in itertools.islice(itertools.product(*choices), _MAX_TRIES):
            said = "".join(
                itertools.chain(*zip(parts, (f"{{{h}}}" for h in chosen), strict=False), parts[-1:])
            )
            try:
                self._checker.claiming(said)
            except SentenceError:
                continue
            return RawSentence(kind="claims", text=said)
        return None

    def _related(self, choices: list[list[str]]) -> list[list[str]]:
        """Without the things of a name that have nothing to do with any other in the sentence."""
        things = [[self._context.handles[handle] for handle in handles] for handles in choices]
        found = []
        for at, handles in enumerate(choices):
            others = {thing for place, group in enumerate(things) if place != at for thing in group}
            near = [h for h in handles if others & set(self._near(self._context.handles[h]))]
            found.append(near or handles)
        return found

    def _near(self, entity: Entity) -> Iterator[Entity]:
        for fact in self._knowledge.about[entity]:
            yield from (fact.subject, fact.object)


def _name(entity: Entity) -> str:
    return plain(entity_text(entity, ""))


def _pattern(name: str) -> str:
    """A name as it stands in a sentence; one in plain letters is not a part of a longer word."""
    edge = "" if name.startswith(("`", "“")) else r"\b"
    return f"{edge}{re.escape(name)}{edge}"


def _shown(sentence: Sentence) -> str:
    return plain(paragraph([sentence], ""))
