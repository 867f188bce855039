"""Splicing blocks into files: in place, idempotent, and human bytes never change."""

from __future__ import annotations

import pytest
from docgen.contract import Block, MarkerError, splice

OLD, NEW = "0" * 64, "1" * 64


def block(name: str = "overview", body: str = "Body.", digest: str = NEW) -> Block:
    return Block(path="README.md", name=name, rests_on=digest, body=body)


def rendered(name: str = "overview", body: str = "Body.", digest: str = NEW, newline: str = "\n") -> bytes:
    start = f"<!-- documenthor:start {name} rests-on={digest} -->"
    return newline.join((start, body, f"<!-- documenthor:end {name} -->")).encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", rendered() + b"\n"),
        (b"# T\n", b"# T\n\n" + rendered() + b"\n"),
        (b"# T", b"# T\n\n" + rendered() + b"\n"),
        (b"# T\r\n", b"# T\r\n\r\n" + rendered(newline="\r\n") + b"\r\n"),
        (b"a\r\nb", b"a\r\nb\r\n\r\n" + rendered(newline="\r\n") + b"\r\n"),
        (b"\n", b"\n\n" + rendered() + b"\n"),
    ],
)
def test_a_new_block_is_appended(text: bytes, expected: bytes) -> None:
    assert splice(text, [block()]) == expected
    assert splice(expected, [block()]) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "before", [b"", b"# T\r\n", b"\xff\xfe not utf-8\n", b"\xef\xbb\xbfBOM\n", b" \t\n\n"]
)
@pytest.mark.parametrize("after", [b"", b"\n", b"\r\nend", b"\nno newline"])
def test_a_block_is_replaced_where_it_stands(before: bytes, after: bytes, newline: str) -> None:
    if before.endswith(b"\r\n") != (newline == "\r\n"):
        before = b""
    text = before + rendered(body="Old.", digest=OLD, newline=newline) + newline.encode() + after
    got = splice(text, [block(body="New.")])
    assert got.startswith(before)
    assert got.endswith(newline.encode() + after)
    assert got[len(before) :].startswith(rendered(body="New.", newline=newline))


def test_a_block_with_the_wanted_digest_is_left_alone() -> None:
    text = b"# T\n" + rendered(body="edited by hand") + b"\nend"
    assert splice(text, [block(body="New.")]) == text


def test_blocks_do_not_touch_each_other() -> None:
    text = splice(b"# T\n", [block("one", "1"), block("two", "2")])
    again = splice(text, [block("two", "2b", OLD)])
    assert rendered("one", "1") in again
    assert rendered("two", "2b", OLD) in again
    assert again.count(b"documenthor:start") == 2


@pytest.mark.parametrize(
    "markers",
    [
        ["start a"],
        ["end a"],
        ["start a", "start a", "end a", "end a"],
        ["start a", "end a", "start a", "end a"],
        ["start a", "start b", "end b", "end a"],
        ["start a", "end b"],
        ["end a", "start a"],
        ["start a", "start b", "end a", "end b"],
    ],
)
def test_markers_that_do_not_pair_up_are_an_error(markers: list[str]) -> None:
    text = "\n".join(f"<!-- documenthor:{marker} -->" for marker in markers).encode()
    with pytest.raises(MarkerError):
        splice(text, [block("other")])


@pytest.mark.parametrize(
    "line",
    [
        b"text <!-- documenthor:start overview -->",
        b"<!-- documenthor:start overview --> text",
        b"<!--documenthor:start overview-->",
        b"<!-- documenthor:start Overview -->",
        b"<!-- documenthor:start overview rests-on=xyz -->",
    ],
)
def test_a_marker_stands_alone_on_its_line(line: bytes) -> None:
    assert splice(line + b"\n", [block()]).startswith(line + b"\n\n" + rendered())


@pytest.mark.parametrize("marker", ["<!-- documenthor:end overview -->", "x <!-- documenthor:start a -->"])
def test_a_body_with_a_marker_is_an_error(marker: str) -> None:
    with pytest.raises(MarkerError, match="holds a marker"):
        splice(b"", [block(body=f"Text.\n{marker}\n")])


def test_a_bodys_newlines_become_the_files() -> None:
    assert splice(b"", [block(body="\n\na\r\nb\n\n")]) == rendered(body="a\nb") + b"\n"
    assert splice(b"x\r\n", [block(body="a\nb")]).endswith(rendered(body="a\r\nb", newline="\r\n") + b"\r\n")
