"""How the languages write what a reader sees: the name of a code block, and a type around its members."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.facts.model import Kind

_FENCES = {"C#": "csharp", "C++": "cpp", "Shell": "bash"}
# Types that hold their functions in their own braces, where a language has both kinds.
_WITH_FUNCTIONS = frozenset({Kind.INTERFACE, Kind.TRAIT})


@dataclass(frozen=True)
class Style:
    """What stands around the members of a type, and what ends each of them.

    `functions_apart` says that functions stand outside, `accessors` that a field may end in braces; `member`
    ends what an object holds, and `constants_end` the constants of an enum that has members behind them.
    """

    opening: str = " {"
    closing: str = "}"
    function: str = ""
    field: str = ""
    constant: str = ","
    functions_apart: bool = False
    accessors: bool = False
    member: str = ""
    constants_end: str = ""


_BRACES = Style(function=";", field=";")
_STYLES = {
    "C": _BRACES,
    "C#": Style(function=";", field=";", accessors=True),
    "C++": _BRACES,
    "Go": Style(functions_apart=True),
    "Java": Style(function=";", field=";", constants_end=";"),
    "JavaScript": Style(member=","),
    "PHP": Style(function=";", field=";", constant=";"),
    "Python": Style(opening=":", closing="", constant=""),
    "Ruby": Style(opening="", closing="end", constant=""),
    "Rust": Style(function=";", field=",", functions_apart=True),
    "TypeScript": Style(member=","),
}


def fence_name(language: str) -> str:
    """What a code block of a language is called."""
    return _FENCES.get(language, language.lower())


def style_of(language: str) -> Style:
    """How a language writes types."""
    return _STYLES.get(language, _STYLES["Python"])


def functions_apart(language: str, kind: Kind) -> bool:
    """Whether functions of a type of this kind stand outside of it."""
    return style_of(language).functions_apart and kind not in _WITH_FUNCTIONS
