"""A block that is written again keeps the bytes of every part that says what it said."""

from __future__ import annotations

import pytest
from docgen.contract import Block, splice
from docgen.contract.parts import kept

OLD, NEW = "a" * 40, "b" * 40
HOME = "https://github.com/acme/widget/blob"


def link(commit: str, line: int, label: str = "x.py") -> str:
    return f"[{label}:{line}]({HOME}/{commit}/src/x.py#L{line})"


def part(name: str, commit: str, line: int, text: str = "Says.") -> str:
    return f"## `{name}`\n\n{text}\n\nSource: {link(commit, line)}\n\n"


CASES = [
    ("a line that moved", part("f", OLD, 3), part("f", NEW, 9), part("f", OLD, 3)),
    ("words that changed", part("f", OLD, 3), part("f", NEW, 3, "New."), part("f", NEW, 3, "New.")),
    (
        "one of two",
        part("f", OLD, 3) + part("g", OLD, 7),
        part("f", NEW, 3, "New.") + part("g", NEW, 8),
        part("f", NEW, 3, "New.") + part("g", OLD, 7),
    ),
    (
        "one more",
        part("f", OLD, 3) + part("h", OLD, 7),
        part("f", NEW, 3) + part("g", NEW, 5) + part("h", NEW, 9),
        part("f", OLD, 3) + part("g", NEW, 5) + part("h", OLD, 7),
    ),
    (
        "two of one name",
        part("f", OLD, 3) + part("f", OLD, 7),
        part("f", NEW, 4) + part("f", NEW, 8),
        part("f", OLD, 3) + part("f", OLD, 7),
    ),
    (
        "which of two is gone nobody knows",
        part("f", OLD, 3) + part("f", OLD, 7),
        part("f", NEW, 4),
        part("f", NEW, 4),
    ),
    (
        "a row",
        f"| `A` | {link(OLD, 3)} |\n| `B` | {link(OLD, 4)} |",
        f"| `A` | {link(NEW, 3)} |\n| `B` = 2 | {link(NEW, 4)} |",
        f"| `A` | {link(OLD, 3)} |\n| `B` = 2 | {link(NEW, 4)} |",
    ),
    (
        "an address that is said",
        f"See [x]({HOME}/{OLD}/src/x.py#L3). {link(OLD, 5)}",
        f"See [x]({HOME}/{'c' * 40}/src/x.py#L3). {link(NEW, 5)}",
        f"See [x]({HOME}/{'c' * 40}/src/x.py#L3). {link(NEW, 5)}",
    ),
    (
        "a number that is no line",
        f"[port:80]({HOME}/{OLD}/src/x.py#L3)",
        f"[port:81]({HOME}/{NEW}/src/x.py#L3)",
        f"[port:81]({HOME}/{NEW}/src/x.py#L3)",
    ),
    (
        "another file",
        part("f", OLD, 3),
        part("f", NEW, 3).replace("src/x.py", "src/y.py"),
        part("f", NEW, 3).replace("src/x.py", "src/y.py"),
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_says_the_same_keeps_its_bytes(old: str, new: str, expected: str) -> None:
    assert kept(old, new, NEW) == expected


def test_without_a_commit_everything_is_new() -> None:
    assert kept(part("f", OLD, 3), part("f", NEW, 3), "") == part("f", NEW, 3)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_splice_keeps_them(newline: str) -> None:
    def block(commit: str, text: str) -> Block:
        body = part("f", commit, 3) + part("g", commit, 7, text)
        return Block(path="docs/x.md", name="x", rests_on=text[0].lower() * 64, body=body)

    first = splice(f"# T{newline}".encode(), [block(OLD, "A.")], OLD)
    second = splice(first, [block(NEW, "B.")], NEW)
    lines = zip(first.split(b"\n"), second.split(b"\n"), strict=True)
    assert [new.decode().strip()[:8] for old, new in lines if old != new] == ["<!-- doc", "B.", "Source: "]
    assert splice(second, [block(NEW, "B.")], NEW) == second
