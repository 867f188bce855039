"""The repository as memory: what a model wrote stands on its pages, and their markers say what it was asked.

A marker has two digests for each answer: of what was asked (the prompt with its facts, the model), and of
the paragraph that is left of the answer, by which it is found again wherever it stands. Everything that is
read here may have been edited by anybody: it is only ever what `recall` reads and the checks let through.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.pages.lines import unmarked
from docgen.prose.render import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docgen.claims.check import Sentence
    from docgen.contract import Block

# Where a quoted text stands leads to another address with every commit.
_PLACE = re.compile(r"(?<=”) \(\[(?:\\.|[^\[\]\\])*\]\([^()\s]*\)\)")
_MAX_ENTRIES = 500
# A marker keeps within what a block may say of its prose.
_MAX_PER_BLOCK = 200
_MAX_COLONS = 8
_MAX_LINE = 8000


@dataclass(frozen=True)
class Answer:
    """What stands of an answer to the request of digest `asked`; `block` is where its paragraph belongs."""

    asked: str
    block: str
    subject: str
    sentences: tuple[Sentence, ...] = ()


class Memory:
    """Paragraphs by the digest of what was asked for; an empty one where nothing of the answer stood."""

    def __init__(self, told: Iterable[tuple[str, str]]) -> None:
        self._texts: dict[str, str] = {}
        for prose, body in told:
            known = {fingerprint(text): text for text in _passages(body)}
            for entry in prose.split(",")[:_MAX_ENTRIES]:
                asked, _, told_as = entry.partition(".")
                if not told_as or told_as in known:
                    self._texts.setdefault(asked, known.get(told_as, ""))

    def text(self, asked: str) -> str | None:
        """The paragraph; None for what was never asked, or is no longer there."""
        return self._texts.get(asked)


def plain(text: str) -> str:
    """A rendered paragraph without what changes though it says the same."""
    return _PLACE.sub("", unmarked(text))


def fingerprint(text: str) -> str:
    """What a paragraph is found by."""
    return hashlib.sha256(plain(text).encode(errors="replace")).hexdigest()[:16]


def marked_blocks(blocks: Sequence[Block], answers: Iterable[Answer]) -> tuple[Block, ...]:
    """The blocks, each with what was asked for it; one that rests on a model's answer digests that too."""
    passages = [list(_passages(block.body)) for block in blocks]
    entries: list[list[str]] = [[] for _ in blocks]
    for answer in answers:
        at, text = _left(answer, passages) if answer.sentences else (_home(answer, blocks), "")
        if at is not None:
            entries[at].append(f"{answer.asked}.{fingerprint(text)}" if text else answer.asked)
    return tuple(_marked(block, found) for block, found in zip(blocks, entries, strict=True))


def _marked(block: Block, entries: Sequence[str]) -> Block:
    if not entries:
        return block
    prose = ",".join(sorted(entries)[:_MAX_PER_BLOCK])
    digest = hashlib.sha256(f"{block.rests_on}\0{prose}".encode()).hexdigest()
    return block.model_copy(update={"prose": prose, "rests_on": digest})


def _left(answer: Answer, passages: Sequence[Sequence[str]]) -> tuple[int | None, str]:
    """The block and the passage that hold most of an answer: a gate may have taken a sentence out."""
    told = tuple(plain(paragraph([sentence], "")) for sentence in answer.sentences)
    held = [(at, text) for at, found in enumerate(passages) for text in found if text.startswith(told)]
    whole = [(at, text) for at, text in held if text == " ".join(one for one in told if one in text)]
    return max(whole, key=lambda one: len(one[1]), default=(None, ""))


def _home(answer: Answer, blocks: Sequence[Block]) -> int | None:
    """Where to remember that nothing stood: with what the paragraph would have been about."""
    own = [at for at, block in enumerate(blocks) if block.name.startswith(answer.block)]
    about = (at for at in own if answer.subject in blocks[at].body.strip().partition("\n")[0])
    return next(about, own[0] if own else None)


def _passages(body: str) -> Iterator[str]:
    """What may be a paragraph of a model: a line, or the rest of one after a colon."""
    for line in plain(body).splitlines():
        text = line.strip()
        if not text.endswith((".", "!", "?")) or len(text) > _MAX_LINE:
            continue
        yield text
        for colon in list(re.finditer(": ", text))[:_MAX_COLONS]:
            yield text[colon.end() :]
