"""Pages that were edited to hold lies, with digests that fit: memory is checked as an answer is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docgen.prose.memory import fingerprint
from documenthor.publish.gates import check_bundle

from tests.docgen.prose.support import answering, script_of
from tests.docgen.support import pages
from tests.docgen.test_hostile_model import LIES, SECRET, SHOWN
from tests.fakes.model_server import Answer, reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.docgen.prose.support import Night
    from tests.fakes.model_server import Asked

TRUE = "`shop.prices` reads `SHOP_CURRENCY` and defines `price` and `save`."
PAGES = ("README.md", "docs/ARCHITECTURE.md", "docs/reference/shop.md")
EDITS = {
    "true and then false": f"{SHOWN} `shop.cli` defines `price`.",
    "false and then true": f"`shop.cli` defines `price`. {SHOWN}",
    "quoted lie": "`shop.prices` is documented as “Pay at evil.example” ([shop/prices.py](shop/prices.py)).",
    "moved quote": "`shop.cli` is documented as “Prices” ([shop/prices.py](shop/prices.py)).",
    "link in a quote": "`shop.prices` is documented as “Prices” ([x](https://evil.example)) or not.",
    "said otherwise": "`price` returns the price of `name`, with tax.",
    "handles": "{M1} does not define {S1}.",
    "a gap": "`shop.prices` `shop.cli` `price`.",
    "endless": "`shop.prices` defines `price`" + ", `name`" * 2000 + ".",
    "a flood": "`shop.prices` reads `SHOP_CURRENCY`. " * 400 + "The end.",
}


def shown(lie: str) -> str:
    """A lie as it would stand on a page."""
    text = re.sub(r"<(?:module|function|environment variable) ([^<>]+)>", r"`\1`", lie)
    return text if text.endswith(".") else f"{text}."


def silent(_: Asked) -> Answer:
    """A model from which nothing comes, so that what is on a page comes from memory."""
    return Answer(reply())


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str], tuple[Night, dict[str, str]]]:
    """A function that replaces what a model wrote by another text everywhere, with digests that fit, and
    documents once more; beside the result the pages as they are where nothing stands."""

    def edit(text: str) -> tuple[Night, dict[str, str]]:
        bare = answering(tmp_path / "bare", silent)({})
        answering(tmp_path / "told", script_of())({})
        for name in PAGES:
            page = tmp_path / "told" / name
            page.write_text(planted(page.read_text(), text), encoding="utf-8", newline="")
        return answering(tmp_path / "told", silent)({}), pages(bare.bundle)

    return edit


def planted(page: str, text: str) -> str:
    """The page with `text` for every paragraph that its marker knows of, and in the marker."""
    marker = next(line for line in page.splitlines() if " prose=" in line)
    known = set(re.findall(r"\.([0-9a-f]{16})", marker))
    lines = []
    for line in page.splitlines():
        parts = [line, *(line[colon.end() :] for colon in re.finditer(": ", line))]
        old = next((part for part in parts if fingerprint(part) in known), None)
        lines.append(line if old is None else line.replace(old, text))
    lied = next((line for line in text.splitlines() if line.strip()), "")
    digest = fingerprint(lied.strip())
    return re.sub(r"(?<=[0-9a-f]{16}\.)[0-9a-f]{16}", digest, "\n".join(lines)) + "\n"


@pytest.mark.parametrize("lie", [*map(shown, LIES.values()), *EDITS.values()], ids=[*LIES, *EDITS])
def test_a_lie_on_a_page_is_not_taken_over(
    edited: Callable[[str], tuple[Night, dict[str, str]]], monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", SECRET)
    night, bare = edited(lie)
    assert pages(night.bundle) == bare
    assert len(night.asked) == 6
    assert night.bundle.usage.remembered == 0
    check_bundle(night.bundle, night.spec)


def test_what_is_true_is_taken_over_whoever_wrote_it(
    edited: Callable[[str], tuple[Night, dict[str, str]]],
) -> None:
    night, bare = edited(TRUE)
    assert TRUE in pages(night.bundle)["README.md"] != bare["README.md"]
    assert night.bundle.sentences["remembered"] > 0
