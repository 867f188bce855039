"""What differs between languages once their definitions are found: data, one row a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.facts.model import Kind
from docgen.facts.syntax import doxygen, godoc, html_tags, rdoc

if TYPE_CHECKING:
    from collections.abc import Callable

_ANY = re.compile("")
_NOT_UNDERSCORED = re.compile(r"^(?![_#])")


@dataclass(frozen=True)
class Rules:
    """`offered` and `kept` are words of modifiers that make a name public or private.

    Without one of them `top` decides for what stands alone, and for members whether their owner is of an
    `open_kinds` kind; `name` has to match in any case. `doc` is how a doc comment starts, `joint` what
    stands between the parts of a name, `file_doc` what a comment holds that is about its file. `kept_at_top`
    makes private what stands alone outside a header; `open_scopes` says that a namespace hides nothing.
    `singleton` is a word of a signature and what it becomes for what is of the owner itself. Where a comment
    `trails`, it is about the value on its line; `apart` is how many lines it may end before one,
    `markup` makes Markdown of it, and between two comments that match `stops` nothing is for readers. `last`
    is what has to stand behind the last parameter where each is on a line of its own. `plain` are patterns
    of what the source needs and a signature does not, and what is shown instead. Where the first of several
    overloads `first_speaks`, its doc comment is that of those without one behind it.
    """

    doc: re.Pattern[str]
    offered: frozenset[str] = frozenset({"public"})
    kept: frozenset[str] = frozenset({"private", "protected"})
    top: bool = True
    open_kinds: frozenset[Kind] = frozenset(Kind)
    name: re.Pattern[str] = _NOT_UNDERSCORED
    joint: str = "."
    kept_at_top: frozenset[str] = frozenset()
    open_scopes: bool = True
    file_doc: re.Pattern[str] | None = None
    singleton: tuple[str, str] = ("", "")
    trails: bool = False
    apart: int = 1
    markup: Callable[[str], str] | None = None
    stops: tuple[re.Pattern[str], re.Pattern[str]] | None = None
    last: str = ""
    plain: tuple[tuple[re.Pattern[str], str], ...] = ()
    first_speaks: bool = False

    def plainly(self, signature: str) -> str:
        """The signature as it is shown."""
        for pattern, instead in self.plain:
            signature = pattern.sub(instead, signature)
        return signature


_STARS = re.compile(r"/\*\*(?!/)")
_FILE_TAG = re.compile(r"[@\\](?:file|fileoverview|module|packageDocumentation)\b")
_C_COMMENT = re.compile(r"/\*(?!\*<|!<)|//(?!/<|!<)")
# The line of a macro goes on.
_GOES_ON = (re.compile(r"\s\\(?=\s|$)"), "")
# An accessor whose body is left out.
_ACCESSOR = (
    re.compile(r"(?<=[{;\s])(get|set|init|add|remove)(?:\s*;)?\s+(?=(?:get|set|init|add|remove|\})\b|\})"),
    r"\1; ",
)
_SHARP = re.compile(r"#(?!!)")

RULES = {
    "C": Rules(
        doc=_C_COMMENT,
        joint="::",
        name=_ANY,
        kept_at_top=frozenset({"static"}),
        file_doc=_FILE_TAG,
        markup=doxygen.as_markdown,
        plain=(_GOES_ON,),
    ),
    "C#": Rules(
        doc=re.compile(r"///|/\*\*(?!/)"),
        offered=frozenset({"public", "protected"}),
        kept=frozenset({"private", "internal"}),
        top=False,
        open_kinds=frozenset({Kind.INTERFACE, Kind.ENUM}),
        name=_ANY,
        markup=html_tags.at_margin,
        plain=(_ACCESSOR,),
    ),
    "C++": Rules(
        doc=_C_COMMENT,
        joint="::",
        open_kinds=frozenset(Kind) - {Kind.CLASS},
        name=_ANY,
        kept_at_top=frozenset({"static"}),
        file_doc=_FILE_TAG,
        markup=doxygen.as_markdown,
        plain=(_GOES_ON,),
    ),
    "Go": Rules(
        doc=re.compile(r"//|/\*"),
        name=re.compile(r"^[^\W\d_a-z]"),
        trails=True,
        markup=godoc.as_markdown,
        last=",",
    ),
    "Java": Rules(
        doc=_STARS,
        offered=frozenset({"public", "protected"}),
        kept=frozenset({"private"}),
        top=False,
        open_kinds=frozenset({Kind.INTERFACE}),
        name=_ANY,
        markup=html_tags.at_margin,
    ),
    "JavaScript": Rules(doc=_STARS, top=False, file_doc=_FILE_TAG),
    "PHP": Rules(doc=_STARS, name=re.compile(r"^(?:__|(?!_))"), joint="\\"),
    "Ruby": Rules(
        doc=_SHARP,
        joint="::",
        kept=frozenset({"private", "protected", "private_class_method"}),
        singleton=("def ", "def self."),
        # As YARD and RDoc have it.
        apart=2,
        markup=rdoc.as_markdown,
        stops=(re.compile(r"#+\s*:stopdoc:"), re.compile(r"#+\s*:startdoc:")),
    ),
    "Rust": Rules(
        doc=re.compile(r"///(?!/)|/\*\*(?![/*])"),
        offered=frozenset({"pub"}),
        kept=frozenset(),
        top=False,
        open_kinds=frozenset({Kind.TRAIT, Kind.ENUM}),
        name=_ANY,
        joint="::",
        open_scopes=False,
        file_doc=re.compile(r"^(?://!|/\*!)"),
    ),
    "Shell": Rules(doc=_SHARP),
    "TypeScript": Rules(doc=_STARS, top=False, open_scopes=False, file_doc=_FILE_TAG, first_speaks=True),
}
