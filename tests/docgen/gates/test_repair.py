"""What goes when something is wrong, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.gates.support import checked, shown

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("# P\n\nOne `Turner`. Two `Nope`. Three.\n", "# P\n\nOne `Turner`. Three.\n"),
        ("# P\n\nOnly `Nope`.\n\nMore.\n", "# P\n\nMore.\n"),
        ("# P\n\n- `Nope`: a\n- `Turner`: b\n", "# P\n\n- `Turner`: b\n"),
        ("# P\n\n- `Nope`: a\n  and on\n- b\n", "# P\n\n- b\n"),
        (
            "# P\n\n| A | B |\n| --- | --- |\n| `Nope` | 1 |\n| `Turner` | 2 |\n",
            "# P\n\n| A | B |\n| --- | --- |\n| `Turner` | 2 |\n",
        ),
        ("# P\n\nText.\n\n## T\n\n| A | B |\n| --- | --- |\n| `Nope` | 1 |\n", "# P\n\nText.\n"),
        (
            "# P\n\nText.\n\n## `Nope`\n\nGone.\n\n### `Turner`\n\nToo.\n\n## Next\n\nKept.\n",
            "# P\n\nText.\n\n## Next\n\nKept.\n",
        ),
        (
            "# P\n\nText.\n\n## Over\n\n`Nope`\n\n### Below\n\nKept.\n",
            "# P\n\nText.\n\n## Over\n\n### Below\n\nKept.\n",
        ),
        ("# P\n\n> quoted `Nope`\n\nText.\n", "# P\n\nText.\n"),
        ("# P\n\n```json\n{\n```\n\nText.\n", "# P\n\nText.\n"),
        ("# P\n\n```json\nTurns one widget.\n```\n", "# P\n\n```text\nTurns one widget.\n```\n"),
        (
            "# P\n\n- a\n\n  ```json\n  Turns one widget.\n  ```\n",
            "# P\n\n- a\n\n  ```text\n  Turns one widget.\n  ```\n",
        ),
        (
            "# P\n\n```text\n# no heading\n\n\n# either\n```\n\n`Nope`\n",
            "# P\n\n```text\n# no heading\n\n\n# either\n```\n",
        ),
    ],
)
def test_no_more_goes_than_must(tmp_path: Path, body: str, left: str) -> None:
    assert shown(checked(tmp_path, body)) == [left]


@pytest.mark.parametrize("body", ["# `Nope`\n\nText.\n", "# P\n\n`Nope`\n", "# P\n\n## T\n\n- `Nope`\n"])
def test_a_page_without_a_point_is_not_written(tmp_path: Path, body: str) -> None:
    found = checked(tmp_path, body)
    assert shown(found) == []
    assert found.dropped != ()


def test_a_link_to_what_goes_goes_too(tmp_path: Path) -> None:
    first = "# One\n\n- [two](page1.md)\n- [below](page2.md#nope)\n- [three](page2.md)\n"
    found = checked(
        tmp_path, first, "# `Nope`\n\nText.\n", "# Three\n\n## `Nope`\n\nText.\n\n## B\n\nText.\n"
    )
    assert shown(found) == ["# One\n\n- [three](page2.md)\n", "# Three\n\n## B\n\nText.\n"]


def test_what_cannot_be_mended_is_left_as_a_finding(tmp_path: Path) -> None:
    chain = [f"# P\n\n- [on](page{number}.md)\n" for number in range(1, 9)]
    found = checked(tmp_path, *chain, "# `Nope`\n\nText.\n")
    assert [finding.gate for finding in found.left] == ["links"]
