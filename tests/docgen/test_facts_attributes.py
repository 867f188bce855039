"""Attributes of classes, what stands beside them, and values that a package offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.support import Files, bundle_of, pages
from tests.docgen.uses.support import module_of

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.facts.model import Symbol

CLASS = """
class Thing:
    #: How wide
    #: it is.
    width = 3
    height: int = 4  #: How high.
    depth = 5
    '''How deep.

    In full.'''
    plain = 6
    _hidden = 7  #: Hidden.

    def __init__(self, name: str, size, *, kind: int = 0, other=None):
        self.name = name
        #: The size.
        self.size = size * 2
        self.kind = kind
        self.renamed = other
        self.width = 9
        if size:
            self.late: bool = True
        self._own = 1  #: Nobody's.
        text = "#: no comment"
        self.text = text
        self.made = make()  # no documentation
        def inner():
            self.nested = name  #: Not here.

    @property
    def area(self) -> int:
        '''The area.'''
"""


def shown(symbol: Symbol) -> list[str]:
    """`signature -- doc` for each member that is no function."""
    return [
        f"{member.signature} -- {member.doc}" if member.doc else member.signature
        for member in symbol.members
        if member.kind != "function"
    ]


def test_attributes_with_what_documents_them(tmp_path: Path) -> None:
    (thing,) = module_of(tmp_path, "a.py", CLASS).symbols
    assert shown(thing) == [
        "width = 3 -- How wide\nit is.",
        "height: int = 4 -- How high.",
        "depth = 5 -- How deep.\n\nIn full.",
        "name: str",
        "size -- The size.",
        "kind: int",
        "late: bool",
    ]
    assert [member.place.line for member in thing.members if member.name == "size"] == [17]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#: Most.\nLIMIT = 3", "Most."),
        ("LIMIT = 3  #: Most.", "Most."),
        ("LIMIT = 3\n'''Most.'''", "Most."),
        ("LIMIT = [\n    3\n]\n'''Most.'''", "Most."),
        ("LIMIT = 3\n\n'''Of what follows.'''", ""),
        ("# Most.\nLIMIT = 3", ""),
        ("#: Most.\n\nLIMIT = 3", ""),
        ("LIMIT = '''\n#: no comment\n'''", ""),
    ],
)
def test_constants_with_what_documents_them(tmp_path: Path, source: str, expected: str) -> None:
    (limit,) = module_of(tmp_path, "a.py", source).symbols
    assert limit.doc == expected


def test_an_overload_gives_way_to_what_it_is_of(tmp_path: Path) -> None:
    source = "@t.overload\ndef f(x: int): ...\n@t.overload\ndef f(x: str): ...\ndef f(x):\n    '''Do.'''\n"
    (found,) = module_of(tmp_path, "a.py", source).symbols
    assert (found.signature, found.doc) == ("def f(x)", "Do.")


PACKAGE: Files = {
    "pyproject.toml": '[project]\nname = "web"\n',
    "web/__init__.py": '"""Web."""\nfrom ._codes import _inner, codes, current\nfrom . import plain\n',
    "web/_codes.py": 'codes = Codes(name="x")\ncurrent: Thing = Proxy(1, 2)\n_inner = 3\nunused = 4\n',
    "web/plain.py": '"""Explains itself.\n\nSee :mod:`web`.\n"""\n',
    "web/silent.py": "x = 1\n",
    "web/_private.py": '"""Hidden."""\n',
}


def test_values_that_a_package_offers_are_told_of(tmp_path: Path) -> None:
    page = pages(bundle_of(tmp_path, PACKAGE))["docs/reference/web.md"]
    assert "`codes = Codes(name='x')`" in page
    assert "`current: Thing`" in page
    assert "unused" not in page
    assert "_inner" not in page


def test_a_module_that_only_explains_itself_is_mentioned(tmp_path: Path) -> None:
    page = pages(bundle_of(tmp_path, PACKAGE))["docs/reference/web.md"]
    assert "## `web.plain`" in page
    assert "Explains itself.\n\nSee `web`." in page
    assert "web.silent" not in page
    assert "Hidden" not in page
