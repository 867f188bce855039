"""Links in doc comments to what is defined: code on a page, never brackets."""

from __future__ import annotations

import pytest
from docgen.facts.links.doc_links import with_doc_links
from docgen.pages.docstrings import render

from tests.docgen.languages.test_symbols import module


def shown(language: str, source: str) -> str:
    (read,) = with_doc_links([module(language, source)])
    return render(read.symbols[-1].doc, language.lower()).removeprefix("See ")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[Foo]", "`Foo`"),
        ("[Foo::bar]", "`Foo::bar`"),
        ("[Foo<T>]", "`Foo<T>`"),
        ("[Vec::<T>::new()]", "`Vec::<T>::new()`"),
        ("[foo()]", "`foo()`"),
        ("[foo!]", "`foo!`"),
        ("[struct@Foo]", "`Foo`"),
        ("[known]", "`known`"),
        ("[other]", r"\[other\]"),
        ("[EOF]", r"\[EOF\]"),
        ("[0]", r"\[0\]"),
        ("`x[Foo]`", "`x[Foo]`"),
        ("#[known]", r"\#\[known\]"),
        ("[text](Foo)", "text"),
        ("[text](fn@Foo::bar())", "text"),
        ("[text](Foo#fields)", "text"),
        ("[Foo](crate::Foo 'title')", "Foo"),
        ("[Foo][bar]", "Foo"),
        ("[x](#method.foo)", "x"),
        ("[x](../a/struct.Foo.html#method.b)", "x"),
        ("[x](https://e.org)", "x (`https://e.org`)"),
        ("`m[i][j]`", "`m[i][j]`"),
        ("m[i][j]", r"m\[i\]\[j\]"),
    ],
)
def test_links_of_rustdoc(written: str, told: str) -> None:
    assert shown("Rust", f"/// See {written}\npub fn known() {{}}") == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[Known]", "`Known`"),
        ("[*Known]", "`Known`"),
        ("[Known.Method]", "`Known.Method`"),
        ("[json.Decoder]", "`json.Decoder`"),
        ("[encoding/json.Decoder]", "`encoding/json.Decoder`"),
        ("[RFC]", r"\[RFC\]"),
        ("[]byte and [4]int", r"\[\]byte and \[4\]int"),
        ("m[Known]", r"m\[Known\]"),
    ],
)
def test_links_of_go(written: str, told: str) -> None:
    assert shown("Go", f"package p\n\n// See {written}\nfunc Known() {{}}") == told


def test_links_of_members_groups_and_files() -> None:
    source = "//! About [Foo].\n\n/// A.\npub struct Foo {\n    /// As [Foo::b].\n    pub b: u8,\n}\n"
    (read,) = with_doc_links([module("Rust", source)])
    assert (read.doc, read.symbols[0].members[0].doc) == ("About `Foo`.", "As `Foo::b`.")


def test_links_take_no_time() -> None:
    hostile = "[" * 9_000 + "a::" * 3_000
    (read,) = with_doc_links([module("Rust", f"/// {hostile}\npub fn a() {{}}")])
    assert render(read.symbols[0].doc, "rust")
    assert render("[`" * 5_000, "rust")
