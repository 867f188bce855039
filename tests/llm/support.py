"""What both tiers with a real model share: a writer that records, prompts, and what may be on a page."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.claims.lexicon import english
from docgen.commands.prompts import read_prompts
from docgen.contract import Options, Page, Writer
from docgen.deadline import Deadline
from docgen.prose.reply import schema
from docgen.source.tree import read_tree
from docgen.writers.model import Prompt

from tests.docgen.claims.support import SHOP
from tests.docgen.support import job_spec, pages, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Bundle
    from docgen.writers.model import Reply
    from docgen.writers.model import Writer as Model

ROOT = Path(__file__).parents[2]
SECONDS = 600


class Recorded:
    """A writer that keeps what passes through it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.prompts: list[Prompt] = []
        self.replies: list[Reply] = []
        self.seconds = 0.0

    def count(self, text: str) -> int:
        """As the model counts."""
        return self.model.count(text)

    def write(self, prompts: Sequence[Prompt], deadline: Deadline) -> list[Reply]:
        """As the model writes."""
        start = time.monotonic()
        replies = self.model.write(prompts, deadline)
        self.seconds += time.monotonic() - start
        self.prompts += prompts
        self.replies += replies
        return replies


def weights() -> Path:
    """The folder with SmolLM2 as transformers' own weights, written once."""
    folder = ROOT / "build" / "smollm2"
    if not (folder / "model.safetensors").exists():
        subprocess.run([sys.executable, "-m", "tests.llm.save_smollm2", str(folder)], cwd=ROOT, check=True)
    return folder


def prompts(count: int, tokens: int) -> list[Prompt]:
    """Prompts of different lengths that begin alike."""
    return [
        Prompt(
            "You introduce code in short sentences.",
            f"Introduce M1. {'It is a module. ' * (4 * number)}",
            schema(["A1", f"A{number + 2}"], ["T1"]),
            tokens,
        )
        for number in range(count)
    ]


def documented(folder: Path, model: Recorded | None) -> Bundle:
    """The bundle of the shop, its architecture alone, with replies of 64 tokens."""
    write(folder, SHOP)
    options = Options(pages=(Page.ARCHITECTURE,), writer=Writer(reply_tokens=64, context_tokens=2048))
    spec = job_spec(str(folder), options=options)
    spec = spec.model_copy(update={"prompts": read_prompts(ROOT / "include" / "prompts")})
    return build(spec, read_tree(folder, options, Deadline(60)), Deadline(SECONDS), model)[0]


def has_the_shape(replies: Sequence[Reply], tokens: int) -> None:
    """The replies are of the shape that was asked for, as far as `tokens` go."""
    for reply in replies:
        assert re.match(r'\s*\{\s*"sentences"', reply.text)
        assert 0 < reply.reply_tokens <= tokens
        assert not reply.failure


def nothing_unchecked(folder: Path, model: Recorded) -> Bundle:
    """The bundle; no word is on its pages that neither the repository nor the lexicon has."""
    bundle = documented(folder / "told", model)
    facts = documented(folder / "facts", None)
    added = []
    for path, body in pages(bundle).items():
        difference = difflib.ndiff(pages(facts)[path].splitlines(), body.splitlines())
        added += [line[2:] for line in difference if line.startswith("+ ")]
    own = {word.lower() for text in SHOP.values() for word in re.findall(r"\w+", str(text))}
    own |= {word for path in SHOP for word in re.findall(r"\w+", path.lower())}
    said = {word.lower() for line in added for word in re.findall(r"[^\W\d]\w+", line)}
    assert said <= own | english().words | {"documented", "l1", "md"}
    assert bundle.usage.prompts == len(model.prompts) > 3
    assert bundle.usage.reply_tokens <= 64 * len(model.prompts)
    made = sum(reply.reply_tokens for reply in model.replies)
    kind = type(model.model).__name__
    print(
        f"\n{kind}: {made / model.seconds:.1f} tokens/s, sentences {bundle.sentences}, on the page: {added}"
    )
    return bundle
