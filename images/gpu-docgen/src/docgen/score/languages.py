"""How definitions, imports and comments look in each language: data for the index, no code."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

_NAME = r"(?P<name>[A-Za-z_$][\w$]*)"


@dataclass(frozen=True)
class Look:
    """Patterns of one family of languages; each definition's pattern names its `name`.

    `comment` matches comments and string literals together, so that neither is mistaken for the other;
    what starts with one of `marks` is a comment. `public` has to match the line that defines, and where
    `encloses`, that of each type around it.
    """

    definitions: tuple[re.Pattern[str], ...]
    public: re.Pattern[str]
    comment: re.Pattern[str]
    marks: tuple[str, ...]
    encloses: bool = False


def _patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text.replace("NAME", _NAME), re.MULTILINE) for text in texts)


_STRINGS = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_HASH = re.compile(r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|" + _STRINGS + r"|#[^\n]*", re.DOTALL)
_SLASH = re.compile(r"`(?:[^`\\]|\\.)*`|" + _STRINGS + r"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_ANY = re.compile("")
_MODIFIERS = r"(?:(?:export|default|declare|async|abstract|static|public|readonly)\s+)*"

_PYTHON = Look(
    _patterns(r"^[ \t]*(?:async[ \t]+)?def[ \t]+NAME", r"^[ \t]*class[ \t]+NAME"), _ANY, _HASH, ("#",)
)
_SCRIPT = Look(
    _patterns(
        rf"^[ \t]*{_MODIFIERS}function\s*\*?\s*NAME\s*(?=\()",
        rf"^[ \t]*{_MODIFIERS}(?:class|interface|enum|namespace)\s+NAME",
        rf"^[ \t]*{_MODIFIERS}type\s+NAME\b[^=\n]*=",
        rf"^{_MODIFIERS}(?:const|let|var)\s+NAME\s*=\s*(?:async\s*)?(?:function\b|\([^()\n]*\)\s*=>)",
        r"^[ \t]*(?:[\w$]+\.)*(?:exports|prototype|app|req|res|proto)\.NAME\s*=(?!=)",
        r"^  (?:static\s+|async\s+|get\s+|set\s+|\*\s*)*(?!(?:if|for|while|switch|catch|return|function)\b)"
        r"NAME\s*(?=\([^;]{0,300}?\)\s*(?::[^{;\n]{0,100})?\{)",
    ),
    re.compile(r"^\s*export\b|exports\.|prototype\.|^\s{2}\w|\b(?:app|req|res|proto)\."),
    _SLASH,
    ("//", "/*"),
)
_GO = Look(
    _patterns(r"^func\s+(?:\([^()]*\)\s*)?NAME", r"^type\s+NAME"),
    re.compile(r"^(?:func\s+(?:\([^()]*\)\s*)?|type\s+)[A-Z]"),
    _SLASH,
    ("//", "/*"),
)
_RUST = Look(
    _patterns(
        r"^[ \t]*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+|const\s+|unsafe\s+)*fn\s+NAME",
        r"^[ \t]*(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|type|union)\s+NAME",
    ),
    re.compile(r"^\s*pub\s"),
    re.compile(r"\"(?:[^\"\\]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.DOTALL),
    ("//", "/*"),
)
_CURLY = Look(
    _patterns(
        r"^[ \t]*(?:\w+[ \t]+){0,6}?(?:class|interface|enum|record|struct|trait)\s+NAME",
        r"^[ \t]*(?:public|protected|static|final|abstract|override|virtual|async)\s"
        r"[\w<>\[\],.? \t]{0,120}?\bNAME\s*(?=\()",
    ),
    re.compile(r"\bpublic\b|^\s*(?:class|interface|enum|trait)\b"),
    _SLASH,
    ("//", "/*"),
)
_C = Look(
    _patterns(
        r"^(?!\s|return\b|else\b|typedef\b)[A-Za-z_][\w \t*&:<>,]{0,120}?[\s*&]NAME\s*(?=\()",
        r"^(?:typedef\s+)?(?:class|struct|enum|union)\s+NAME\s*\{",
    ),
    re.compile(r"^(?!static\b)"),
    _SLASH,
    ("//", "/*"),
)
_RUBY = Look(
    _patterns(r"^[ \t]*def\s+(?:self\.)?(?!self\.)NAME", r"^[ \t]*(?:class|module)\s+NAME"),
    _ANY,
    _HASH,
    ("#",),
)
_PHP = Look(
    _patterns(
        r"^[ \t]*(?:(?:public|static|final|abstract)\s+)*function\s+&?NAME",
        r"^[ \t]*(?:(?:final|abstract|readonly)\s+)*(?:class|interface|trait|enum)\s+NAME",
    ),
    re.compile(r"^(?!.*\b(?:private|protected)\b)"),
    _SLASH,
    ("//", "/*"),
)
_SHELL = Look(_patterns(r"^[ \t]*(?:function\s+)?NAME\s*\(\)\s*\{"), _ANY, _HASH, ("#",))
# Here what has no word for it is for its own package.
_CLOSED = replace(_CURLY, public=re.compile(r"\b(?:public|protected)\b"), encloses=True)
PLAIN: Final = Look((), _ANY, _HASH, ("#",))

LOOKS: Final = {
    "Python": _PYTHON, "JavaScript": _SCRIPT, "TypeScript": _SCRIPT, "Go": _GO, "Rust": _RUST,
    "Java": _CLOSED, "C#": _CLOSED, "Kotlin": _CURLY, "Scala": _CURLY, "Swift": _CURLY,
    "C": _C, "C++": _C, "Ruby": _RUBY, "PHP": _PHP, "Shell": _SHELL,
}  # fmt: skip

# What may be shown otherwise than it stands, what it is then in the file, and what has to be there for it.
SPELLINGS: Final = (
    # Ruby: methods of the class itself, among others of the kind.
    (re.compile(r"^def self\."), "def ", re.compile(r"class\s*<<\s*self|module_function|extend\s+self")),
    # Go: declarations that share a word.
    (re.compile(r"^(?:const|var|type) "), "", re.compile(r"^(?:const|var|type)\s*\(", re.MULTILINE)),
    # C#: properties, whose accessors may have bodies.
    (
        re.compile(
            r"^(.*[^\s{])\s*\{(?:\s*(?:private|protected|internal)?\s*(?:get|set|init)\b\s*;?)+\s*\}$"
        ),
        r"\1",
        re.compile(r"\b(?:get|set|init)\b|=>"),
    ),
    # TypeScript: members of a type, each of which may end with its line.
    (
        re.compile(r";\s+(?=[\w$'\"\[(+-])"),
        " ",
        re.compile(
            r"^[ \t]+(?:readonly[ \t]+)?[\w$'\"\[\]-]+\??:[^;,\n]*[^;,\s{(|&<=>:?]\s*?\n", re.MULTILINE
        ),
    ),
)
