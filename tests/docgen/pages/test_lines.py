"""Links to the source where the forge shows no lines: a file is named once around what it defines."""

from __future__ import annotations

import pytest
from docgen.pages.lines import marked, without_lines


def source(path: str, line: int = 1) -> str:
    """The line below a symbol that says where it is."""
    return f"Source: [{path}{marked(f':{line}')}](../{path}{marked(f'#L{line}')})"


A, B = "Source: [a.js](../a.js)", "Source: [b.js](../b.js)"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            f"## C\n\n{source('a.js')}\n\n### d\n\nD.\n\n{source('a.js', 9)}\n",
            f"## C\n\n{A}\n\n### d\n\nD.\n",
        ),
        (
            f"## C\n\n{A}\n\n### d\n\n{source('a.js')}\n\n#### e\n\n{source('a.js')}\n",
            f"## C\n\n{A}\n\n### d\n\n#### e\n",
        ),
        (f"## C\n\n{source('a.js')}\n\n### d\n\n{source('b.js')}\n", f"## C\n\n{A}\n\n### d\n\n{B}\n"),
        (f"## C\n\n{source('a.js')}\n\n## d\n\n{source('a.js')}\n", f"## C\n\n{A}\n\n## d\n\n{A}\n"),
        (
            f"## C\n\n### d\n\n{source('a.js')}\n\n### e\n\n{source('a.js')}\n",
            f"## C\n\n### d\n\n{A}\n\n### e\n\n{A}\n",
        ),
        (f"# C\n\n{A}\n\n## d\n\n```\n# e\n\n{A}\n```\n", f"# C\n\n{A}\n\n## d\n\n```\n# e\n\n{A}\n```\n"),
        (f"# C\n\n{A}\n\n## d\n\n| e | {source('a.js')} |\n", f"# C\n\n{A}\n\n## d\n\n| e | {A} |\n"),
        (f"# C\n\n{A}\n\n## d\n\n- {source('a.js')}\n", f"# C\n\n{A}\n\n## d\n\n- {A}\n"),
        (f"# C\n\n{A}\n\n## d\n\n{A}\n", f"# C\n\n{A}\n\n## d\n\n{A}\n"),
    ],
)
def test_a_source_is_named_once_around_what_it_defines(body: str, shown: str) -> None:
    assert without_lines(body) == shown
