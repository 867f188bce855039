"""What the doc tools of each language read in a comment, as a page shows it."""

from __future__ import annotations

import pytest
from docgen.pages.docstrings import render

from tests.docgen.languages.test_symbols import module

_FENCE = "A\n\n```text\nb();\n\n  c();\n```\n\nd."


def shown(language: str, lines: str) -> str:
    start, mark, end, definition = _COMMENTS[language]
    text = "\n".join(f"{mark} {line}".rstrip() for line in lines.split("\n"))
    return render(module(language, f"{start}{text}\n{end}{definition}").symbols[-1].doc, _FENCED[language])


_COMMENTS = {
    "Java": ("/**\n", " *", " */\n", "public class A {}"),
    "C#": ("", "///", "", "public class A {}"),
    "C++": ("/**\n", " *", " */\n", "int a(int b);"),
    "Ruby": ("", "#", "", "def a; end"),
    "Go": ("package p\n\n", "//", "", "func A() {}"),
}
_FENCED = {"Java": "java", "C#": "csharp", "C++": "cpp", "Ruby": "ruby", "Go": "go"}
JAVADOC = [
    ("A {@link B#c(int, String)}.", "A `B.c(int, String)`."),
    ("A {@link #c}, {@linkplain B#c the c}.", "A `c`, the c."),
    ("A {@code Map<K, V>} {@code {b}} {@systemProperty c.d}.", "A `Map<K, V>` `{b}` `c.d`."),
    ("A {@link\n B} b {@inheritDoc}.", "A `B` b ."),
    ("{@return the b}", "Returns the b"),
    ("A.  <p> B.", "A.\n\nB."),
    ("A <code>List&lt;B&gt;</code> &lt;C&gt;.", "A `List<B>` &lt;C>."),
    (
        'A <a href="https://e.org/b">b\nc</a> <a href="d.html">d</a><a name="e"></a>.',
        "A b c (`https://e.org/b`) d.",
    ),
    ("A\n<pre>{@code\nb();\n\n  c();\n}</pre>\nd.", _FENCE),
    ('A\n<pre class="b"><code>\nb();\n\n  c();\n</code></pre> d.', _FENCE),
    ("A\n<ul>\n  <li>b\n  c\n  <li>d\n</ul>\ne.", "A\n\n- b c\n- d\n\ne."),
    ("<dl><dt>b</dt><dd>c</dd></dl>", "- b: c"),
    ("<h2>B c</h2>\nd.", "**B c**\n\nd."),
    ("A.\n\n    B.", "A.\n\nB."),
    ("A `<p>` b.", "A `<p>` b."),
    (
        "A <UL><LI>b <LI>c</UL>d<P>e.\n@param <P> f\n@see #g(int)",
        "A\n\n- b\n- c\n\nd\n\ne.\n\n- `<P>`: f\n- see: `g(int)`",
    ),
    ("A.\n@deprecated\n<p>\nUse b.\n</p>", "A.\n\n- deprecated: Use b."),
    ('A <a href="https://e.org/#b(c,%20d)">e</a>.', "A e (`https://e.org/#b%28c,%20d%29`)."),
    ("A {b} {@nothing c.", "A {b} {`@nothing` c."),
]
XML = [
    ('<summary>\n    A.\n</summary>\n<param name="b">c</param>', "A.\n\n- `b`: c"),
    ('A <see cref="M:B.C(System.Int32)"/>, <see cref="D{T}">the d</see>.', "A `B.C(System.Int32)`, the d."),
    ('A <see cref="D{T}"/>, <see href="https://e.org">e</see>.', "A `D<T>`, e (`https://e.org`)."),
    ('A.\n<code lang="C#">\nb();\n\n  c();\n</code>\nd.', _FENCE.replace("A\n", "A.\n", 1)),
    ("A.\n<inheritdoc/>", "A."),
    (
        '<list type="bullet">\n<item><term>b</term><description>c</description></item><item>d</item></list>',
        "- b: c\n- d",
    ),
    ("A <![CDATA[<b>]]>.", "A ."),
    ('<exception cref="T:B.C">d</exception>', "- throws `B.C`: d"),
]
DOXYGEN = [
    ('\\ref B::c, @ref d "the d".', "`B::c`, the d."),
    ("A \\c b, @p c: \\a d. \\e e \\b f.", "A `b`, `c`: `d`. *e* **f**."),
    ("A @e.", "A `@e`."),
    ("A\n\\code{.cpp}\nb();\n\n  c();\n\\endcode\nd.", _FENCE.replace("text", "cpp")),
    ("A\n@verbatim\nb();\n\n  c();\n@endverbatim\nd.", _FENCE),
    ("A \\f$ x^2 \\f$ \\link B the b \\endlink.", "A `x^2` the b."),
    ("@ingroup b\nA.\n@{", "A."),
    ("\\fn int a(int b)\n\\brief A.", "A."),
    ("\\par B/c\nd.\n\\li e\n\\li f", "**B/c**\n\nd.\n\n- e\n- f"),
    (
        "A.\n\\retval -1 b\n\\throws std::c if d\n\\sa e()",
        "A.\n\n- retval `-1`: b\n- throws `std::c`: if d\n- see: e()",
    ),
    ("A #B::c() %Const 5 %d #1.", r"A B::c() Const 5 %d \#1."),
    ("A `\\c b`.", "A `\\c b`."),
    ("a@b and c\\d.", r"a@b and c\\d."),
]
YARD = [
    ("{B#c}, {#d?}, {B::C.e}, {B the b}.", "`B#c`, `#d?`, `B::C.e`, the b."),
    ("{https://e.org E} {file:README.md Read}", "E (`https://e.org`) Read"),
    ("{ a: 1 } {id} {B => 1}", "{ a: 1 } {id} {B => 1}"),
    ("A.\n@raise [B] when c", "A.\n\n- raise `B`: when c"),
    ("@return [B]\n@param c [nil, D]\n@param e [F] g", "- return (`B`)\n- `c` (`nil, D`)\n- `e` (`F`): g"),
    ("@option b [C => D] :e[:f]\n@option b [C]", "- `:e[:f]` (`C => D`)\n- `b` (`C`)"),
    ("@example B\n  c(1)\n\nD.", "**B**\n\n```ruby\nc(1)\n```\n\nD."),
    ("Public: It is.", "It is."),
    ("Internal", ""),
    ("Public is a word.", "Public is a word."),
    ("@overload b(c)\n  D e.\n  @return [F]", "- overload `b(c)`: D e.\n- return (`F`)"),
    ("@example\n  b(1)\n\n  c", "```ruby\nb(1)\n\nc\n```"),
    ("@example With `b` c\n  d", "With `b` c\n\n```ruby\nd\n```"),
    ("A **b `c` d** e ** `f` **.", r"A b `c` d e \*\* `f` \*\*."),
    ("A.\n@option b [C] :d (1) e", "A.\n\n- `:d` (`C`): (1) e"),
    ("A.\n@example B c\n  d(1)\n@attr [E] f g", "A.\n\n**B c**\n\n```ruby\nd(1)\n```\n\n- `f` (`E`): g"),
    ("@!attribute [r] b\n  @return [C] d\n@!visibility private\nA.", "- `b` (`C`): d A."),
    ("@!method b(c)\n  @return [C] d\n\nA.", "A."),
]
GO = [
    ("A:\n  - b\n    c\n  - d\n\nE.", "A:\n\n- b c\n- d\n\nE."),
    ("A:\n  1. b\n  2. c", "A:\n\n1. b\n2. c"),
    ("A:\n\n\tb()\n\n\t- c <b>\n\nD.", "A:\n\n```text\nb()\n\n- c <b>\n```\n\nD."),
]


@pytest.mark.parametrize(
    ("language", "lines", "told"),
    [
        (language, *row)
        for language, rows in {"Java": JAVADOC, "C#": XML, "C++": DOXYGEN, "Ruby": YARD, "Go": GO}.items()
        for row in rows
    ],
)
def test_markup(language: str, lines: str, told: str) -> None:
    assert shown(language, lines) == told


@pytest.mark.parametrize(
    "part", ["{@code ", "{", "<a href=", "<pre>", "\\code ", "@link a ", "{A ", "<see ", "`"]
)
def test_markup_takes_no_time(part: str) -> None:
    for language in ("Java", "C#", "C++", "Ruby"):
        shown(language, part * (18_000 // len(part)))
