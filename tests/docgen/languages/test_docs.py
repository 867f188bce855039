"""Doc comments: which belong to what, their text, and how they look on a page."""

from __future__ import annotations

import pytest
from docgen.pages.docstrings import render
from docgen.pages.tags import without_tags

from tests.docgen.languages.test_symbols import module

_OVERLOADS = (
    "export function a(b: 1): void\nexport function a(b: 2): void\n"
    "/** @deprecated */\nexport function a(b: 3): void\n"
)


@pytest.mark.parametrize(
    ("language", "source", "doc"),
    [
        ("JavaScript", "/** A. */\nexport function a() {}", "A."),
        ("JavaScript", "/**\n * A\n *   b\n *\n * c\n */\n\nexport function a() {}", "A\n  b\n\nc"),
        ("JavaScript", "/** A. */\n\n\nexport function a() {}", ""),
        ("JavaScript", "// A.\nexport function a() {}", ""),
        ("JavaScript", "/* A. */\nexport function a() {}", ""),
        ("JavaScript", "/** B. */\n/** A. */\nexport function a() {}", "A."),
        ("JavaScript", "x() /** A. */\nexport function a() {}", ""),
        ("JavaScript", "/** Copyright me */\nexport function a() {}", ""),
        ("JavaScript", "/** @file About it. */\nexport function a() {}", ""),
        (
            "JavaScript",
            "/** See {@link B} and {@link C the c}. */\nexport function a() {}",
            "See `B` and the c.",
        ),
        ("JavaScript", "/*** A. */\nexport function a() {}", "A."),
        ("JavaScript", "/****\n * A.\n ****/\nexport function a() {}", "A."),
        ("JavaScript", "/*****/\nexport function a() {}", ""),
        ("JavaScript", "/** TODO: b */\nexport function a() {}", ""),
        ("TypeScript", "/** A. */\n@b()\nexport class A {}", "A."),
        ("TypeScript", '/** <span class="b">A.</span> */\nexport class A {}', "A."),
        ("TypeScript", "/** A <img src='b.png' alt=\"c\" />d. */\nexport class A {}", "A d."),
        ("TypeScript", "/** A <p b c>. */\nexport class A {}", "A <p b c>."),
        ("Go", "package p\n\n// A does.\n//\n//\tcode\nfunc A() {}", "A does.\n\n\tcode"),
        ("Go", "package p\n\n// A does.\n//go:noinline\nfunc A() {}", "A does."),
        ("Go", "package p\n\n// Apart.\n\nfunc A() {}", ""),
        ("Go", "package p\nvar x = 1 // not it\nfunc A() {}", ""),
        ("Rust", "/// A.\n///\n/// # Errors\n#[inline]\npub fn a() {}", "A.\n\n# Errors"),
        ("Rust", "// A.\npub fn a() {}", ""),
        ("Rust", "/// [![a]](b)&ensp;[![c](d)](e) ![f]\n///\n/// A.\npub fn a() {}", "A."),
        ("Rust", "/// A ![b](c) d.\npub fn a() {}", "A ![b](c) d."),
        ("Rust", "/// A&emsp;b &mdash; `&lt;` &lt;c&gt; &no.\npub fn a() {}", "A b — `&lt;` <c> &no."),
        ("Rust", "/// A <code>b.<b>c</b></code>.\npub fn a() {}", "A `b.c`."),
        (
            "Rust",
            "/// A [b\n/// c], [d][e], [f], [g](h) `[f] [e]`.\n///\n/// [b c]: i\n/// [e]: j\npub fn a() {}",
            "A b\nc, [d][e], [f], [g](h) `[f] [e]`.",
        ),
        ("Rust", "//// A.\npub fn a() {}", ""),
        ("Java", "/** A <b>b</b>.<p>C {@code d}. */\npublic class A {}", "A b.\n\nC `d`."),
        ("Java", "/** <ul><li>a</li><li>b</li></ul> */\npublic class A {}", "- a\n- b"),
        ("Java", "/** A {@code List<String>}. */\n@B\npublic class A {}", "A `List<String>`."),
        ("C#", '/// <summary>\n/// A <see cref="B"/>.\n/// </summary>\npublic class A {}', "A `B`."),
        (
            "C#",
            '/// A.\n///<param name="b">c <paramref name="d"/></param>\n/// <returns>e</returns>\nclass A {}',
            "A.\n\n@param b c `d`\n@return e",
        ),
        ("C", "/* A. */\nint a(void);", "A."),
        ("C", "int b; /**< B. */\nint a(void);", ""),
        ("C", "/*****\n * A.\n *****/\nint a(void);", "A."),
        ("C", "/**\n *  A\n *  b.\n *\n * c\n *   d\n */\nint a(void);", "A\nb.\n\nc\n  d"),
        ("C", "/**\n *      a();\n *\n * b\n */\nint a(void);", "     a();\n\nb"),
        ("C", "/**\n *  A.\n * @param b c\n */\nint a(int b);", "A.\n@param b c"),
        ("C++", "//! A.\nint a();", "A."),
        ("C++", "/// \\brief A.\n/// \\param b c\ntemplate <class T>\nint a(T b);", "A.\n\\param b c"),
        ("Ruby", "# A.\n#\n#   b\ndef a; end", "A.\n\n  b"),
        ("Ruby", "# frozen_string_literal: true\n# A.\ndef a; end", "A."),
        ("Ruby", "# :nocov:\ndef a; end", ""),
        ("Ruby", "# ==== P\n# b<C>:: d\n# +e+:: f\ndef a; end", "#### P\n- `b<C>`: d\n- `e`: f"),
        ("Ruby", "# A::B is, and\n# C:: too\ndef a; end", "A::B is, and\n- `C`: too"),
        ("C++", "/// A.\n// LCOV_EXCL_START\nint a();", "A."),
        ("Ruby", "# nocov\n# A.\ndef a; end", "A."),
        ("Ruby", "# TODO(me): b\n# and c\ndef a; end", ""),
        ("Ruby", "# A.\n# FIXME b\n# c\n# @return d\ndef a; end", "A.\n@return d"),
        ("Ruby", "# A.\n#\n# TODO b\n#\n# TODOS are kept.\ndef a; end", "A.\n\nTODOS are kept."),
        ("Ruby", "# A.\n\ndef a; end", "A."),
        ("Ruby", "# A.\n\n\ndef a; end", ""),
        ("Ruby", "# B.\n\n# A.\n\ndef a; end", "A."),
        ("Ruby", "# frozen_string_literal: true\n\ndef a; end", ""),
        ("Ruby", "# Give +b+ and <tt>c</tt>, *not* 1+2+3.\ndef a; end", "Give `b` and `c`, **not** 1+2+3."),
        ("Ruby", "# :call-seq:\n#   a(b) -> c\n#\n# A.\ndef a; end", "  a(b) -> c\n\nA."),
        ("Ruby", "# A.\n#--\n# B.\n#++\n# C.\ndef a; end", "A.\nC."),
        ("Ruby", "# :section: B\n# = A\n# C.\ndef a; end", "# A\nC."),
        (
            "Ruby",
            "# As in\n#   +b+ * 2 * c\n# and {d}[https://e.org].\ndef a; end",
            "As in\n\n  +b+ * 2 * c\n\nand [d](https://e.org).",
        ),
        ("Ruby", "# A.\n#\n#   b('<b>') # => &lt;b&gt;\ndef a; end", "A.\n\n  b('<b>') # => &lt;b&gt;"),
        (
            "Ruby",
            "# b<C>:: It is\n#          long.\n# d:: D.\ndef a; end",
            "- `b<C>`: It is\n         long.\n- `d`: D.",
        ),
        (
            "JavaScript",
            "/** A <b>b</b>.\n * ```\n * <b>c</b>\n * ```\n */\nexport function a() {}",
            "A b.\n```\n<b>c</b>\n```",
        ),
        ("Ruby", "# - A\n#   +b+\n# * *c*\ndef a; end", "- A\n  `b`\n* **c**"),
        (
            "TypeScript",
            "/** See {@link\n * A#b} or {@link A\n * the A}. */\nexport function a() {}",
            "See `A#b` or the A.",
        ),
        ("PHP", "<?php\n/** A. */\n#[B]\nfunction a() {}", "A."),
        ("Shell", "# ----\n# A.\n# shellcheck disable=SC1\na() { :; }", "A."),
    ],
)
def test_the_doc_comment_of_a_definition(language: str, source: str, doc: str) -> None:
    found = [symbol.doc for symbol in module(language, source).symbols]
    assert found[-1] == doc


@pytest.mark.parametrize(
    ("language", "source", "docs"),
    [
        (
            "TypeScript",
            (
                "/** A. */\nexport function a(b: 1): 1\nexport function a(b: 2): 2\n"
                "export function a(b: any) { return b }"
            ),
            ["A."],
        ),
        ("C++", "/// @deprecated A.\nint a(int);\nint a(char);", ["@deprecated A.", ""]),
        ("C++", "int a(int);\n/// A.\nint a(char);", ["", "A."]),
        ("C++", "/// A.\nint a(int);\n/// A.\nint a(char);", ["A."]),
        ("C++", "int a(int);\nint a(char);", [""]),
        ("C++", "int a(int);\n/// A.\ninline int a(int) { return 1; }\nint a(char);", ["A.", ""]),
        ("TypeScript", f"{_OVERLOADS}/** A. */\nexport function a(b: any) {{}}", ["A.", "@deprecated"]),
        ("TypeScript", f"{_OVERLOADS}/** @internal */\nexport function a(b: any) {{}}", ["", "@deprecated"]),
        ("TypeScript", f"{_OVERLOADS}export function a(b: any) {{}}", ["", "@deprecated"]),
        (
            "TypeScript",
            "namespace A { function b(): void }\nnamespace C {\n/** D. */\nfunction b() {} }",
            ["", "D."],
        ),
    ],
)
def test_an_overload_says_nothing_for_another(language: str, source: str, docs: list[str]) -> None:
    assert [symbol.doc for symbol in module(language, source).symbols] == docs


def test_the_doc_of_an_implementation_is_that_of_its_overloads() -> None:
    source = "export class A { b(c: 1): void; b(c: 2): void;\n/** B. */\nb(c: any) {} }"
    (member,) = module("TypeScript", source).symbols[0].members
    assert (member.signature, member.doc) == ("b(c: 1): void\nb(c: 2): void", "B.")


@pytest.mark.parametrize(
    ("language", "source", "doc"),
    [
        ("JavaScript", "'use strict'\n/**\n * @module a\n * About it.\n */\nexport const a = 1", "About it."),
        ("JavaScript", "/** License MIT */\n\n/** @fileoverview It. */\nexport const a = 1", "It."),
        ("JavaScript", "/** A. */\nexport const a = 1", ""),
        ("Rust", "//! A.\n//!\n//! B.\n\npub fn a() {}", "A.\n\nB."),
        ("Rust", "/// A.\npub fn a() {}", ""),
        ("Go", "// Copyright\n\n// Package p is.\npackage p", "Package p is."),
        ("Go", "// Copyright me\npackage p", ""),
        ("C", "/** @file\n * About it. */\nint a;", "About it."),
        ("Shell", "#!/bin/sh\n# About it.\n\n# A.\na() { :; }", "About it."),
        ("Shell", "# A.\na() { :; }", ""),
        ("PHP", "<?php\n/** @file About it. */\nfunction a() {}", ""),
    ],
)
def test_what_a_file_says_of_itself(language: str, source: str, doc: str) -> None:
    assert module(language, source).doc == doc


@pytest.mark.parametrize(
    ("doc", "shown"),
    [
        (
            "A.\n@param {string} b - the b\n@return {number} c",
            "A.\n\n- `b` (`string`): the b\n- return (`number`): c",
        ),
        ("@param [b=1] it\n  goes on", "- `b=1`: it goes on"),
        ("@param {Object} b", "- `b` (`Object`)"),
        ("@param b", ""),
        ("@param string|null $b c", "- `$b` (`string|null`): c"),
        ("@param b [Integer] c", "- `b` (`Integer`): c"),
        ("\\param[in] b c", "- `b`: c"),
        ("@throws \\A\\B when", "- throws `\\A\\B`: when"),
        ("@author me\n@since 2", "- since: 2"),
        ("A.\n@example\nb(1)\n@see c", "A.\n\n```go\nb(1)\n```\n\n- see: c"),
        ("Mail me@param b", "Mail me@param b"),
        ("@other b", "`@other` b"),
        ("# Errors\nWhen it is `x`.", "**Errors**\n\nWhen it is `x`."),
        ("See [`B`].", "See `B`."),
        ('A.\n\n![](b.svg)\n\nC ![d e](f/g.png "h")i.', "A.\n\nC i."),
        ("```\n![](b.svg)\n```", "```text\n![](b.svg)\n```"),
        ("@param <b> @octocat <script>", "- `<b>`: `@octocat` &lt;script>"),
    ],
)
def test_tags_on_a_page(doc: str, shown: str) -> None:
    assert render(doc, "go") == shown


@pytest.mark.parametrize(
    ("doc", "told"),
    [
        ("@var string what it is", "what it is"),
        ("A.\n@since 1", "A."),
        ("A.", "A."),
        ("@deprecated B.", "deprecated: B."),
        ("@return [B] the c\n  of D. E.", "the c of D. E."),
        ("A.\n@since 1\n  or so\n\nB.", "A.\n\nB."),
    ],
)
def test_what_a_field_is_told_by(doc: str, told: str) -> None:
    assert without_tags(doc) == told


def test_tags_take_no_time() -> None:
    assert render("@param {" + "{" * 9_000 + "a" * 9_000, "go")
    assert render("@param " + "[" * 9_000, "go")
    assert render("@param " + "$a." * 9_000 + "!", "go")
    assert render("@example\n" * 5_000, "go") == ""
