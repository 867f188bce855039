"""Text of a repository as Markdown: what it looks like, and that it does nothing."""

from __future__ import annotations

import pytest
from docgen.pages.docstrings import render
from docgen.pages.markdown import clean, code, fence, link, prose, sentence, table
from docgen.pages.redaction import without_secrets

BODY = f"Proc-Type: 4,ENCRYPTED\n\n{'MHcCAQ' * 10}\nQAB="
PEM = f"-----BEGIN EC PRIVATE KEY-----\n{BODY}\n-----END EC PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain  text\nof two lines", "plain text of two lines"),
        ("``code`` and `more`", "`code` and `more`"),
        ("a <b>x</b> & &lt;", "a &lt;b>x&lt;/b> & &amp;lt;"),
        ("[x](javascript:y) ![z](w)", r"\[x\](javascript:y) !\[z\](w)"),
        ("by @octocat, me@example.org", "by `@octocat`, `me@example.org`"),
        (
            "to mailto:a_b@x.example, <ada+x@example.org>.",
            "to `mailto:a_b@x.example`, &lt;`ada+x@example.org`>.",
        ),
        ("**bold** and *so* but *args, **kwargs", r"**bold** and *so* but \*args, \*\*kwargs"),
        ("snake_case _private", r"snake_case \_private"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("> no quote", r"\> no quote"),
        ("a | b", r"a \| b"),
        ("un`even", r"un\`even"),
        ("hid\u200bden\u202e\ud800", "hidden"),
    ],
)
def test_prose(text: str, shown: str) -> None:
    assert prose(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("x", "`x`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a\nb", "`a b`"), ("", "")],
)
def test_code(text: str, shown: str) -> None:
    assert code(text) == shown


def test_a_fence_cannot_be_closed_from_inside() -> None:
    assert fence("a\n````\nb", "python") == "`````python\na\n````\nb\n`````"
    assert fence("x", "mermaid") == "```text\nx\n```"


def test_tables_drop_empty_columns_and_keep_pipes_out() -> None:
    shown = table(("A", "B", "C"), [("`a|b`", "", "c"), ("d", "", "")])
    assert shown == "| A | C |\n| --- | --- |\n| `a\\|b` | c |\n| d |  |"
    assert table(("A",), []) == ""


def test_links_are_quoted() -> None:
    assert link("a", "../a b/(c).py#L1") == "[a](../a%20b/%28c%29.py#L1)"


@pytest.mark.parametrize(
    ("doc", "shown"),
    [
        ("One. Two.", "One."),
        ("Version 1.2 is out. More", "Version 1.2 is out."),
        ("pkg.mod\n~~~~~~~\n\nDoes it.\n", "Does it."),
        ("My Library\n==========\n\nText.", "My Library"),
        (".. note::\n   x\n\nDoes it.", "Does it."),
        ("Our errors:\n\n* a", "Our errors"),
        ("Its status\n- Will be:\n  - `a`", "Its status"),
        ("word " * 60, "word " * 32 + "…"),
        ("", ""),
        ("Names of hosts (e.g. `a`) are kept. More.", "Names of hosts (e.g. `a`) are kept."),
    ],
)
def test_sentence(doc: str, shown: str) -> None:
    assert sentence(doc) == shown


@pytest.mark.parametrize(
    ("doc", "shown"),
    [
        ("One\ntwo.\n\nThree.", "One two.\n\nThree."),
        (":param x: the *x*\n  of it\n:type x: int\n:returns: y",
         "- `x` (`int`): the *x* of it\n- Returns: y"),
        ("Args:\n    x (int): the x\n        of it\n    **kw: more",
         "**Args**\n\n- `x` (`int`): the x of it\n- `**kw`: more"),
        ("Returns:\n    A thing.", "**Returns**: A thing."),
        ("* one\n  more\n* two", "- one more\n- two"),
        ("Use::\n\n    f(1)", "Use:\n\n```text\nf(1)\n```"),
        (">>> f(1)\n2", "```text\n>>> f(1)\n2\n```"),
        ("x = f(1)\ng(x)", "```python\nx = f(1)\ng(x)\n```"),
        ("```python\nf()\n\ng()\n```\n\nEnd.", "```python\nf()\n\ng()\n```\n\nEnd."),
        ("See :class:`~a.b.C` and `text <https://x.example>`_.", "See `C` and text (`https://x.example`)."),
        ("See [text](https://x.example) [0][0].\n\n[0]: y", "See text (`https://x.example`) 0."),
        ("Title\n=====\nText", "Text"),
        ("A Title\n-------\n\nText", "**A Title**\n\nText"),
    ],
)  # fmt: skip
def test_docstrings(doc: str, shown: str) -> None:
    assert render(doc) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:pw@db.acme-corp.com/x", "https://me@db.acme-corp.com/x"),
        ("https://user:pass@example.com/x", "https://user:pass@example.com/x"),
        ("http://user:pass@localhost:80", "http://user:pass@localhost:80"),
        ("key " + "ghp_" + "a1" * 18 + " end", "key … end"),
        ("commit " + "0a" * 20, "commit " + "0a" * 20),
        ("`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`.", "`…`."),
        (f"{PEM}\nkey {PEM}", "…\nkey …"),
        (f"a = {PEM!r}; b = 'x'", "a = '…'; b = 'x'"),
        (f"cut: {PEM[:80]} and on", "cut: … and on"),
        ("The line `-----BEGIN EC PRIVATE KEY-----` begins it.", "The line `…` begins it."),
    ],
)
def test_credentials(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


def test_clean_keeps_what_can_be_seen() -> None:
    assert clean("größe\t✓\n") == "größe\t✓\n"
