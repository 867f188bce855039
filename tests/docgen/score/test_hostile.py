"""Documentation and sources made to hang, to blow up or to write to a terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from docgen.score.model import Score
from docgen.score.report import as_text

from tests.docgen.score.support import scored, world_of
from tests.docgen.support import PACKAGE, write

if TYPE_CHECKING:
    from pathlib import Path

LONG = 20_000
PAGES = {
    "brackets": "[" * LONG,
    "nested quotes": "> " * 2_000 + "x",
    "nested lists": "\n".join("  " * depth + "- x" for depth in range(500)),
    "backticks": "`" * LONG + "a" + "`" * LONG,
    "one word": "a" * LONG,
    "spans": "`a_b` " * LONG,
    "open call": "`f(" + "(" * LONG + "`",
    "arguments": "`f(" + "a, " * LONG + ")`",
    "flags": "`--a" + "-" * LONG + "`",
    "dots": "`" + "a." * LONG + "`",
    "path": "`" + "a/" * LONG + "`",
    "command": "`make " + "-x " * LONG + "`",
    "drawing": "```sh\n" + "│   " * LONG + "x\n" + " " * LONG + "x\n" + "├── a\n" * 2_000 + "```",
    "deep drawing": "```sh\n" + "\n".join("    " * depth + "└── " + "a" * 300 for depth in range(900)),
    "comment": "```sh\nmake test" + " # a" * LONG + "'\n" + " " * LONG + "#'\n```",
    "signature": "```python\ndef f(" + "(" * LONG + "\n```",
    "class": "```java\n" + "public " * LONG + "\n```",
    "diagram": "```mermaid\nflowchart LR\n" + "  n1 " + "-" * LONG + "> n2\n" + "  a[" * 500 + "\n```",
    "hidden": "<p hidden>" * 5_000 + "x",
    "entities": "```mermaid\n  a[\"#999999999;#0;\"]\n  a --> a\n```",
    "table": "| a |\n| - |\n" + "| `x` |\n" * 5_000,
    "same sentence": "Turn it by some degrees and then again. " * 2_000,
    "link": "[x](" + "../" * 5_000 + "etc/passwd#L99999999999999999999)",
    "percent": "[x](%00%ff%2e%2e) [y](//[) [z](http://[::1)",
}  # fmt: skip
SOURCES = {
    "open string": 'x = "' + "a" * LONG,
    "triple": '"""' * 3_333,
    "definitions": "def f(" * 3_000,
    "classes": "class " + "A" * LONG,
    "brackets": "def f" + "(" * LONG,
    "imports": "from . import (" * 2_000,
    "dots": "from " + "." * LONG + " import x\n",
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_takes_long(tmp_path: Path, name: str) -> None:
    write(tmp_path, PACKAGE)
    world = world_of(tmp_path)
    start = time.process_time()
    assert 0 <= scored(world, {"README.md": PAGES[name]}).total <= 100
    assert time.process_time() - start < 10


@pytest.mark.parametrize("suffix", ["py", "js", "java", "go", "c"])
@pytest.mark.parametrize("name", SOURCES)
def test_no_source_takes_long(tmp_path: Path, name: str, suffix: str) -> None:
    write(tmp_path, {**PACKAGE, f"src/widget/bad.{suffix}": SOURCES[name]})
    start = time.process_time()
    world = world_of(tmp_path)
    assert 0 <= scored(world, {"README.md": "Use `bad.f(a, b)` of `widget`."}).total <= 100
    assert time.process_time() - start < 10


def test_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    write(tmp_path, PACKAGE)
    found = scored(world_of(tmp_path), {"README.md": "Use `gone\x1b[2J_name` and `src/\u202egone.py`.\n"})
    assert isinstance(found, Score)
    printed = as_text(found)
    assert all(char.isprintable() or char == "\n" for char in printed)


def test_the_same_input_has_the_same_score(tmp_path: Path) -> None:
    write(tmp_path, PACKAGE)
    world = world_of(tmp_path)
    assert scored(world) == scored(world)
