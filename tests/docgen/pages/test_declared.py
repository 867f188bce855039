"""What the configuration page says of a variable that is read at several places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.support import bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files


def row(folder: Path, files: Files) -> str:
    """The row of the variable `A`, next to one that keeps the column of defaults."""
    files = {"kept.py": "import os\nKEPT = os.getenv('KEPT', '1')\n", **files}
    lines = pages(bundle_of(folder, files))["docs/configuration.md"].split("\n")
    return next(line for line in lines if line.startswith("| `A` |"))


@pytest.mark.parametrize(
    ("reads", "default"),
    [
        (["os.getenv('A', 'x')"], "`'x'`"),
        (["os.getenv('A', 'x')", "os.environ.get('A', 'x')"], "`'x'`"),
        (["os.getenv('A', 'x')", "os.getenv('A', 'y')"], ""),
        (["os.getenv('A', 'x')", "os.environ['A']"], ""),
        (["os.getenv('A')", "os.getenv('A', 'x')"], ""),
        (["os.environ['A']"], ""),
    ],
)
def test_a_default_is_shown_where_every_read_has_it(tmp_path: Path, reads: list[str], default: str) -> None:
    files: Files = {f"m{number}.py": f"import os\nV = {read}\n" for number, read in enumerate(reads)}
    assert row(tmp_path, files).split("|")[2].strip() == default


@pytest.mark.parametrize(
    ("reads", "links", "more"),
    [
        ([1], 1, ""),
        ([9], 1, ""),
        ([3, 3], 2, ""),
        ([1, 1, 1, 1], 4, ""),
        ([3, 1, 1, 1, 5, 2], 4, "and 2 more"),
    ],
)
def test_more_counts_files(tmp_path: Path, reads: list[int], links: int, more: str) -> None:
    files: Files = {
        f"m{number}.py": "import os\n" + "os.getenv('A')\n" * count for number, count in enumerate(reads)
    }
    shown = row(tmp_path, files).split("|")[3].strip()
    assert [f"[m{number}.py]" in shown for number in range(len(reads))] == [
        number < links for number in range(len(reads))
    ]
    assert shown.count("](") == links
    assert shown.endswith(more or ")")
