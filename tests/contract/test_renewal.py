"""Several blocks in one file: each where it stood, new ones between their neighbours, old ones gone."""

from __future__ import annotations

import pytest
from docgen.contract import Block, MarkerError, splice
from docgen.contract.renewal import is_deletable, unwanted, without


def block(name: str, body: str = "", path: str = "docs/x.md") -> Block:
    return Block(
        path=path, name=name, rests_on=(body or name).encode().hex().rjust(64, "0")[:64], body=body or name
    )


def file(layout: str) -> bytes:
    """`a-b TEXT c`: blocks by one letter and text of a person's, a blank line between."""
    parts = [
        splice(b"", [block(part)]).decode().rstrip("\n") if len(part) == 1 else part
        for part in layout.split()
    ]
    return "".join(f"{part}\n\n" for part in parts).removesuffix("\n").encode()


def spliced(layout: str, wanted: str) -> bytes:
    return splice(file(layout), [block(name) for name in wanted.split()])


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("", "a b c", "a b c"),
        ("a c", "a b c", "a b c"),
        ("b", "a b c", "a b c"),
        ("a", "a b c", "a b c"),
        ("TEXT", "a b", "TEXT a b"),
        ("a NOTE c", "a b c", "a NOTE b c"),
        ("a b NOTE", "a b c", "a b c NOTE"),
        ("TEXT b NOTE d END", "a b c d e", "TEXT a b NOTE c d e END"),
        ("c a", "a b c", "b c a"),
        ("c b a", "a b c", "c b a"),
    ],
)
def test_new_blocks_go_between_their_neighbours(before: str, wanted: str, after: str) -> None:
    assert spliced(before, wanted) == file(after)
    assert spliced(after, wanted) == file(after)


@pytest.mark.parametrize(
    ("before", "lost", "after"),
    [
        ("a b c", "b", "a c"),
        ("a b c", "a", "b c"),
        ("a b c", "c", "a b"),
        ("a b c", "a c", "b"),
        ("TEXT a", "a", "TEXT"),
        ("TEXT a END", "a", "TEXT END"),
        ("a END", "a", "END"),
        ("a NOTE b END", "a b", "NOTE END"),
        ("a b", "a b", ""),
    ],
)
def test_a_block_goes_with_the_blank_line_that_set_it_off(before: str, lost: str, after: str) -> None:
    assert without(file(before), "docs/x.md", lost.split()) == file(after)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("text", [b"# T\n", b"# T\n\n", b"a\n\nb\n\n\n"])
def test_what_comes_and_goes_leaves_nothing_behind(text: bytes, newline: bytes) -> None:
    text = text.replace(b"\n", newline)
    with_blocks = splice(text, [block("a"), block("b")])
    assert without(with_blocks, "docs/x.md", {"a", "b"}) == text


def test_no_paragraphs_are_joined() -> None:
    (rendered,) = [file("a").rstrip()]
    assert without(b"One.\n" + rendered + b"\n\nTwo.\n", "docs/x.md", {"a"}) == b"One.\n\nTwo.\n"


def test_what_only_looks_like_a_block_is_none() -> None:
    shown = b"```md\n" + file("a") + b"```\n\n" + file("b")
    assert unwanted(shown, "docs/x.md", ()) == {"b"}
    assert unwanted(file("a b c"), "docs/x.md", {"b"}) == {"a", "c"}
    with pytest.raises(MarkerError):
        unwanted(b"<!-- documenthor:start a -->\n", "docs/x.md", ())


@pytest.mark.parametrize(
    ("path", "rest", "deletable"),
    [
        ("docs/x.md", b"", True),
        ("docs/x.md", b"\xef\xbb\xbf\n \n", True),
        ("docs/x.md", b"\ntext\n", False),
        ("mkdocs.yml", b"", False),
    ],
)
def test_a_file_goes_only_when_nothing_is_left(path: str, rest: bytes, deletable: bool) -> None:
    assert is_deletable(path, rest) == deletable


def test_entries_of_a_navigation_go_too() -> None:
    config = b"nav:\n  - a.md\nplugins: []\n"
    entry = block("nav", '- "B": "b.md"', "mkdocs.yml")
    with_entry = splice(config, [entry])
    assert unwanted(with_entry, "mkdocs.yml", ()) == {"nav"}
    assert without(with_entry, "mkdocs.yml", {"nav"}) == config
