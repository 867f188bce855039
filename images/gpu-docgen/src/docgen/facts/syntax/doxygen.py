"""Doxygen's commands as Markdown; those for tools are left out, tags such as `@param` stay."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from docgen.facts.syntax.code_apart import of_prose

if TYPE_CHECKING:
    from docgen.facts.syntax.code_apart import CodeApart

_AT = r"(?<![\w\\@])[\\@]"
# Code and formulas between two commands, by the first, and what is left out with all that it holds.
_BLOCK = re.compile(
    rf"{_AT}(?P<kind>code|verbatim|f\[)(?:\{{\.?(?P<language>\w{{1,10}})\}})?(?P<text>.{{0,6000}}?)"
    rf"{_AT}(?:end(?P=kind)|f\])[ \t]*",
    re.DOTALL,
)
_HIDDEN = re.compile(
    rf"{_AT}(?P<kind>dot|docbookonly|htmlonly|latexonly|manonly|msc|rtfonly|startuml|xmlonly)\b.{{0,6000}}?"
    rf"{_AT}end(?:(?P=kind)|uml)\b",
    re.DOTALL,
)
_LANGUAGES = {"cc": "cpp", "h": "cpp", "hpp": "cpp", "py": "python", "sh": "bash"}
# To the end of its line, these are for Doxygen.
_FOR_TOOLS = re.compile(
    rf"^[ \t]*{_AT}(?:\{{|\}}|(?:addtogroup|anchor|authors?|callergraph|callgraph|class|concept|cond"
    r"|copybrief|copydetails|copydoc|copyright|date|def|defgroup|dontinclude|dotfile|else|elseif|endcond|endif"
    r"|endinternal|enum|example|extends|fn|headerfile|hide\w{1,20}|if|ifnot|image|implements|include|ingroup|interface|internal|line|mainpage"
    r"|memberof|name|namespace|nosubgrouping|page|private|privatesection|property|protected|public|publicsection"
    r"|related|relatedalso|relates|relatesalso|show\w{1,20}|skip|skipline|snippet|struct|tableofcontents|typedef"
    r"|union|until|var|weakgroup)\b)[^\n]*\n?",
    re.MULTILINE,
)
_SECTION = re.compile(
    rf"^[ \t]*{_AT}(?:(?:sub){{0,2}}section[ \t]+\S+|paragraph[ \t]+\S+|par)\b:?[ \t]*(?P<title>[^\n]*)$",
    re.MULTILINE,
)
_ITEM = re.compile(rf"^[ \t]*{_AT}(?:li|arg)[ \t]+", re.MULTILINE)
_LABELLED = re.compile(
    rf"{_AT}(?:ref|subpage)[ \t]+(?P<target>[\w:~.()-]*[\w)])(?:[ \t]+\"(?P<label>[^\"\n]{{1,200}})\")?"
)
_LINK = re.compile(rf"{_AT}link[ \t]+\S+[ \t]+(?P<label>[^\n@\\]{{1,200}}?)[ \t]*{_AT}endlink")
# What the next word is: code, or stressed.
_WORD = re.compile(rf"{_AT}(?P<how>[pc]|a|e|em|b)[ \t]+(?P<word>[^\s`*]*[^\s`*.,;:!?)\]])")
_FORMULA = re.compile(rf"{_AT}f(?:\$(?P<text>[^\n]{{1,400}}?){_AT}f\$)")
_STRESS = {"e": "*", "em": "*", "b": "**"}
_NAMED = re.compile(r"(?<![\w&#`])#(?=\w+(?:::\w+)+|\w+\(\))|(?<!\S)%(?=[A-Z]\w)")
_BREAK = re.compile(r"[ \t]*(?<!\\)[\\@]n[ \t]*$", re.MULTILINE)
_SEE = re.compile(rf"{_AT}sa\b")
_ESCAPED = re.compile(r"(?<!\\)\\(?=[@&#<>%])")


def as_markdown(text: str) -> str:
    """The text of one doc comment, without its comment marks."""
    return of_prose(_prose, text) if re.search(r"[\\@#%]", text) else text


def _prose(text: str, apart: CodeApart) -> str:
    text = _BLOCK.sub(lambda match: apart.mark(_fence(match)), _HIDDEN.sub("", text))
    text = _BREAK.sub("", _FOR_TOOLS.sub("", text))
    text = _SECTION.sub(_heading, _ITEM.sub("- ", _SEE.sub("@see", text)))
    text = _LINK.sub(lambda match: match["label"], text)
    text = _LABELLED.sub(lambda match: match["label"] or apart.mark(f"`{match['target']}`"), text)
    text = _FORMULA.sub(lambda match: apart.mark(f"`{match['text'].strip()}`"), text)
    text = _WORD.sub(lambda match: _word(match, apart), text)
    return _ESCAPED.sub("", _NAMED.sub("", text))


def _fence(match: re.Match[str]) -> str:
    written = match["language"] or ("cpp" if match["kind"] == "code" else "text")
    text = textwrap.dedent(match["text"].strip("\n")).rstrip()
    return f"\n\n```{_LANGUAGES.get(written, written)}\n{text}\n```\n\n" if text.strip() else ""


def _heading(match: re.Match[str]) -> str:
    title = match["title"].strip().removesuffix(":")
    return f"\n\n**{title}**\n\n" if title else "\n"


def _word(match: re.Match[str], apart: CodeApart) -> str:
    stress = _STRESS.get(match["how"])
    return f"{stress}{match['word']}{stress}" if stress else apart.mark(f"`{match['word']}`")
