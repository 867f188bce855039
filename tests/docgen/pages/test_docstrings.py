"""Docstrings of Python as maintainers write them: fields, directives, sections and lists."""

from __future__ import annotations

import pytest
from docgen.pages.docstrings import render, summary
from docgen.pages.markdown import sentence

FIELDS = [
    (
        ":param int x: it\n:param y: why\n:type y: str or None",
        "- `x` (`int`): it\n- `y` (`str or None`): why",
    ),
    (":rtype: dict\n:return: all of it", "- Return (`dict`): all of it"),
    (":rtype: dict", "- Returns `dict`"),
    (
        ":raises ValueError: if bad\n:raises ValueError: if worse",
        "- Raises `ValueError`: if bad\n- Raises `ValueError`: if worse",
    ),
    (r":param \*\*kwargs: more" + "\n:meta private:", "- `**kwargs`: more"),
    (":param x: one of\n    - a\n    - b\n:param y: it", "- `x`: one of\n  - a\n  - b\n- `y`: it"),
    (":param x: it.\n\n:return: y", "- `x`: it.\n- Return: y"),
    (":type x: :class:`~a.B`\n:param x: it", "- `x` (`B`): it"),
    ("Find all.\n:returns: a set\n:see: x", "Find all.\n\n- Returns: a set\n- see: x"),
    ("It is 1.\n:nothing: known", "It is 1. :nothing: known"),
    (":copyright: (c) 2017 by A. Person", "- copyright: (c) 2017 by A. Person"),
]
ROLES = [
    ("A :external+click:doc:`click <index>`, :py:meth:`~a.B.c`.", "A `click`, `c`."),
    (r"All ``A``\ s, re\ :meth:`b`, a\ b.", r"All `A`s, re`b`, a\\ b."),
]
DIRECTIVES = [
    (".. versionadded:: 8.0", "*Since 8.0*"),
    (
        ".. versionchanged:: 8.1\n    Added ``x``\n    and y.\n\n.. deprecated:: 9\n   Use z.",
        "*Changed in 8.1*: Added `x` and y.\n\n*Deprecated since 9*: Use z.",
    ),
    (".. versionchanged:: 8\n    :meth:`~a.b` is new.", "*Changed in 8*: `b` is new."),
    (".. versionadded:: 8.0 The x.", "*Since 8.0*: The x."),
    (".. note:: Mind it.", "**Note**: Mind it."),
    (".. warning::\n\n    First.\n\n    Second.", "**Warning**: First.\n\nSecond."),
    (".. note::\n    - a\n    - b", "**Note**\n\n- a\n- b"),
    (".. admonition:: Why so\n\n   Because.", "**Why so**: Because."),
    (
        "Do:\n\n.. code-block:: python\n    :linenos:\n\n    x = 1\n\n    y = 2\n\nEnd.",
        "Do:\n\n```python\nx = 1\n\ny = 2\n```\n\nEnd.",
    ),
    ("A.\n\n.. _target:\n\n.. a comment\n   of two lines\n\nB.", "A.\n\nB."),
    (".. currentmodule:: x\n\nText.", "Text."),
    (".. code-block:: python\n\n    no python (", "```text\nno python (\n```"),
    (".. versionadded:: 7.0::\n    x", "*Since 7.0*: x"),
    (".. math:: x^2", "```text\n.. math:: x^2\n```"),
    ("Text.\n\n::\n\n    x = 1", "Text.\n\n```text\nx = 1\n```"),
]
SECTIONS = [
    (
        (
            "Do it.\n\nArgs:\n    x: it\n\n    y (dict(str, int)): that\n        - a\n        - b\n\n"
            "Returns:\n    bool: whether."
        ),
        (
            "Do it.\n\n**Args**\n\n- `x`: it\n- `y` (`dict(str, int)`): that\n  - a\n  - b\n\n"
            "**Returns**\n\n- `bool`: whether."
        ),
    ),
    (
        "Do.\n\nExamples:\n    a==1   # pinned\n    a>1    # not",
        "Do.\n\n**Examples**\n\n```text\na==1   # pinned\na>1    # not\n```",
    ),
    ("Do.\n\nExamples:\n    Use it as you\n    like it.", "Do.\n\n**Examples**: Use it as you like it."),
    ("It is done by:\n    - one\n    - two\n      lines", "It is done by:\n\n- one\n- two lines"),
    ("Do it.\nArgs:\n    x: it", "Do it.\n\n**Args**\n\n- `x`: it"),
    ("Raises:\n    ValueError: if bad", "**Raises**\n\n- `ValueError`: if bad"),
    (
        "Example:\n    Do::\n\n        f(1)\n\n    and more.",
        "**Example**\n\nDo:\n\n```text\nf(1)\n```\n\nand more.",
    ),
    ("Note:\n    Mind it.", "**Note**: Mind it."),
    (
        (
            "Do.\n\nParameters\n----------\nx : int, optional\n    The x\n    of it.\na, b : float\nc\n    C."
            "\n\nReturns\n-------\nint\n    The sum.\n\nNotes\n-----\nText."
        ),
        (
            "Do.\n\n**Parameters**\n\n- `x` (`int, optional`): The x of it.\n- `a`, `b` (`float`)\n- `c`: C."
            "\n\n**Returns**\n\n- `int`: The sum.\n\n**Notes**: Text."
        ),
    ),
    ("Examples\n--------\n>>> f(1)\n2", "**Examples**\n\n```text\n>>> f(1)\n2\n```"),
]
TAGS = [
    ("Get it.\n\n@inline\n@group Reading", "Get it."),
    ("Listen.\n\n@param {Mixed} ...", "Listen.\n\n- `...` (`Mixed`)"),
    ("Listen.\n\n@param {Mixed} ... what it is", "Listen.\n\n- `...` (`Mixed`): what it is"),
    ("Do.\n\n@return A|\\B\\C[]", "Do.\n\n- return (`A|\\B\\C[]`)"),
    ("Do.\n\n@return all", "Do.\n\n- return: all"),
    ("A.\n\n@return bool\n@phpstan-return int<0,max>\n@psalm-param x $y\n  z", "A.\n\n- return: bool"),
    ("A.\n\n@param array<int, mixed>|null $b it", "A.\n\n- `$b` (`array<int, mixed>|null`): it"),
    ("A.\n\n@param array{b?: int, c: D<e, f>} $g it", "A.\n\n- `$g` (`array{b?: int, c: D<e, f>}`): it"),
    ("A.\n\n@var array<string, mixed>", "A."),
    ("A.\n\n@var array<string, mixed> it", "A.\n\n- var (`array<string, mixed>`): it"),
    ("Listen.\n\n@param {Mixed} ...args all", "Listen.\n\n- `...args` (`Mixed`): all"),
]
EMPHASIS = [
    ("Is **`a`** and *`b`*, no `c` * `d`.", r"Is `a` and `b`, no `c` \* `d`."),
    ("# A::b (c)\nIt is.", "**A::b (c)**\n\nIt is."),
]
LISTS = [
    ("It is:\n- a\n  more\n- b", "It is:\n\n- a more\n- b"),
    ("- a\n  - b\n  - c\n- d", "- a\n  - b\n  - c\n- d"),
    ("1. one\n2. two", "1. one\n2. two"),
    ("1. May is a month.", r"1\. May is a month."),
    ("a\n- b", r"a - b"),
    (
        "These:\n\n  `a`\n    The a.\n\n    .. versionadded:: 2\n\n  ``b``, ``c``\n    Both.\n\nEnd.",
        "These:\n\n- `a`: The a.\n\n  *Since 2*\n- `b`, `c`: Both.\n\nEnd.",
    ),
    ("`a`\nis no term.\n\n`b`\n", "`a` is no term.\n\n`b`"),
    (r"Takes \*args and `\*\*kwargs`.", "Takes `*args` and `**kwargs`."),
]


@pytest.mark.parametrize(
    ("doc", "shown"), [*FIELDS, *ROLES, *DIRECTIVES, *SECTIONS, *TAGS, *EMPHASIS, *LISTS]
)
def test_docstrings(doc: str, shown: str) -> None:
    assert render(doc) == shown


def test_what_rustdoc_hides_is_not_shown() -> None:
    doc = (
        "Do.\n\n```\n# use a::b;\n#\n#[derive(C)]\n## d\nb();\n```\n\n```\n# only();\n```\n\n```sh\n# e\n```"
    )
    shown = "Do.\n\n```text\n#[derive(C)]\n# d\nb();\n```\n\n```sh\n# e\n```"
    assert render(doc, "rust") == shown


@pytest.mark.parametrize(
    ("doc", "shown"),
    [
        ("From [`A::b`](Self::b) and [c](crate::c).", "From `A::b` and c."),
        ("The resolved [`A`]: it is.", "The resolved `A`: it is."),
        ("See [a](https://example.org/a).", "See a (`https://example.org/a`)."),
    ],
)
def test_links_of_rustdoc_to_items(doc: str, shown: str) -> None:
    assert render(doc, "rust") == shown


def test_summaries_have_no_roles() -> None:
    assert sentence("A list of :class:`Response <Response>` objects.") == "A list of `Response` objects."
    assert summary("Use :meth:`~a.b`.\n\nMore.") == "Use `b`."


@pytest.mark.parametrize(
    "doc",
    ["- " * 5_000, ".. x::\n " * 3_000, "Args:\n    x: (" + "(" * 5_000, "x\n---\n" * 3_000, ":a" * 5_000]
    + [f"@param {mark * 5_000} x" for mark in ("<>", "<", "({<", "<a>{b}")],
)
@pytest.mark.timeout(20)
def test_docstrings_made_to_be_slow_are_not(doc: str) -> None:
    render(doc)


def test_sections_within_sections_end() -> None:
    nested = "".join(f"{' ' * depth}Note:\n" for depth in range(300)) + " " * 300 + "x"
    assert "**Note**" in render(nested)
