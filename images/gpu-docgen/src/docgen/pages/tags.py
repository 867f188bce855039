"""`@param` and its like, as JSDoc, Javadoc, Doxygen, YARD and PHPDoc write them, as a Markdown list."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING

from docgen.pages.markdown import code, prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Tags whose first word is a name, tags that tell something, and tags that are for tools.
_NAMED = frozenset(
    {"arg", "argument", "attr", "attr_accessor", "attr_reader", "attr_writer", "option", "param", "template"}
    | {"tparam", "typeparam", "yieldparam"}
)
# Those that tell what is raised, or given back, by name.
_RAISED = frozenset({"exception", "raise", "retval", "throw", "throws"})
_TELLING = frozenset(
    {
        "attention", "bug", "default", "defaultvalue", "deprecated", "invariant", "link", "note", "overload",
        "post", "pre", "remark", "remarks", "result", "return", "returns", "see", "since", "todo", "type",
        "var", "version", "warning", "yield", "yieldreturn", "yields",
    }
)  # fmt: skip
_FOR_TOOLS = frozenset(
    {
        "abstract", "access", "api", "author", "category", "class", "constructor", "defgroup", "final",
        "function", "ignore", "ingroup", "inheritdoc", "internal", "memberof", "method", "name", "package",
        "private", "public", "readonly", "static", "subpackage",
        # Of TypeDoc: how it shows a thing.
        "eventproperty", "expand", "expandtype", "group", "hideconstructor", "inline", "inlinetype",
        "noinheritdoc", "override", "preventexpand", "preventinline", "primaryexport", "sealed", "virtual",
    }
)  # fmt: skip
# What analysers of PHP are told besides.
_ANALYSED = r"(?:phan|phpstan|psalm)-[\w-]{1,40}"
_TYPED_TAGS = frozenset({"type", "var"})
_EXAMPLE = frozenset({"example", "code"})
# What is between the first line, which is code, and the others.
_JOINTS = {"overload": "\n"}
_ALL = "|".join(sorted(_NAMED | _RAISED | _TELLING | _FOR_TOOLS | _EXAMPLE, key=lambda tag: (-len(tag), tag)))
_TAG = re.compile(
    rf"^ {{0,3}}[@\\](?P<tag>{_ANALYSED}|{_ALL})(?:\[(?:in|out|in,\s?out)\])?(?![\w.(])\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_FOR_ANALYSERS = re.compile(_ANALYSED)
_BRACED = re.compile(
    r"^\{(?P<type>[^{}\n]{1,200}(?:\{[^{}\n]{0,200}\}[^{}\n]{0,200})?)\}\s*(?P<rest>.*)$", re.DOTALL
)
_SQUARE = re.compile(
    r"^(?P<name>[\w$*&]+)?\s*\[(?P<type>(?:[^\[\]\n=]|=>){1,200})\](?:\s+(?P<rest>.*))?$", re.DOTALL
)
# A type of PHP: white space stands in its brackets alone, of which the first that closes is taken.
_TYPE = r"(?:(?>[^\s$<{(]|<[^$\n]{0,300}?>|\{[^$\n]{0,300}?\}|\([^$\n]{0,300}?\))){1,200}+"
_TYPED = re.compile(rf"^(?P<type>{_TYPE})\s+(?P<rest>(?:&|\.\.\.)?\$\w+.*)$", re.DOTALL)
_OF_TYPE = re.compile(rf"^(?P<type>{_TYPE})(?:\s+(?P<rest>.*))?$", re.DOTALL)
# A type that stands alone, as PHP has it: nothing else has such a mark in it.
_TYPE_ALONE = re.compile(r"(?=\S{0,200}[|\\\[<])[\w|\\\[\]<>?,&$]{1,200}")
# What PHP gives back: the first word is always its type.
_GIVEN = re.compile(rf"^([ \t]*@return[ \t]+)({_TYPE})(?=\s|$)", re.MULTILINE)
_SAID = re.compile(
    rf"^[ \t]*@(?:param|return)[ \t]+(?P<type>{_TYPE})(?:[ \t]+(?:&|\.\.\.)?(?P<name>\$\w+))?[ \t]*$"
)
# A type that says more than PHP's own can, and the end of a signature that has one.
_DETAILED, _RETURNS = re.compile(r"[\[<{(]"), re.compile(r"\)\s*:\s*\S+$")
# What a name is referred to by, other than a sentence.
_REFERENCE = re.compile(r"\\?\w+(?:(?:::|\\|->|#|\.)\$?\w+)+(?:\(\))?")
_GIVING = frozenset({"return", "returns", "yield", "yields"})
_NAME = re.compile(
    r"^(?P<name>\[[^\[\]\n]{1,120}\]|<\w+>|\.{3}(?!\w)|[&.]{0,3}\\?-?[$\w][\w.$\[\]*\\|]*(?:::\w+)*)(?:\s+-\s+|\s+|$)(?P<rest>.*)$",
    re.DOTALL,
)
# A key of the options of Ruby.
_KEY = re.compile(r"^(?P<name>:\w+(?:\[:\w+\]){0,5})(?:\s+(?P<rest>.*))?$", re.DOTALL)


def is_tagged(line: str) -> bool:
    """Whether a line starts with a tag that is known."""
    return _TAG.match(line) is not None


def with_tags_apart(doc: str, language: str) -> str:
    """The text with a blank line before its first tag, and examples as code blocks."""
    if "@" not in doc and "\\" not in doc:
        return doc
    if language == "php":
        doc = _GIVEN.sub(r"\1{\2}", doc)
    lines: list[str] = []
    example: list[str] | None = None
    in_fence = False
    for line in doc.split("\n"):
        in_fence ^= line.lstrip().startswith("```")
        match = None if in_fence else _TAG.match(line)
        if example is not None and (match or _ends_example(line, language)):
            lines += _example(example, language)
            example = None
        if match and match["tag"].lower() in _EXAMPLE:
            example = [match["text"]]
        elif example is not None:
            example.append(line)
        elif match and lines and lines[-1] and not is_tagged(lines[-1]) and not _goes_on(lines):
            lines += ["", line]
        else:
            lines.append(line)
    return "\n".join([*lines, *_example(example or [], language)])


def _ends_example(line: str, language: str) -> bool:
    """Whether a line that is no tag stands below an example, of which all is indented for YARD."""
    return language == "ruby" and re.match(r"\S", line) is not None


def _goes_on(lines: list[str]) -> bool:
    """Whether the last line belongs to a tag above it."""
    for line in reversed(lines):
        if not line:
            return False
        if is_tagged(line):
            return True
    return False


def _example(lines: list[str], language: str) -> list[str]:
    if language == "ruby" and lines[1:] and (about := lines[0].strip()):
        return ["", about if "`" in about else f"**{about}**", "", *_example(["", *lines[1:]], language)]
    text = textwrap.dedent("\n".join(lines)).strip("\n")
    if not text.strip() or "```" in text:
        return ["", text, ""] if text.strip() else []
    return ["", f"```{language}", text, "```", ""]


def without_repeated(doc: str, signature: str) -> str:
    """A doc comment of PHP without the types that its signature says as well."""
    return _without(doc, lambda type_, name: _is_repeated(type_, name, signature))


def without_types(doc: str) -> str:
    """A doc comment of PHP without parameters of which it says the type alone."""
    return _without(doc, lambda _, name: name is not None)


def _without(doc: str, is_left_out: Callable[[str, str | None], bool]) -> str:
    """The text without the tags that say a type and nothing else, where `is_left_out` says so."""
    kept = []
    for line, following in pairwise([*doc.split("\n"), ""]):
        said = None if following.strip() and not is_tagged(following) else _SAID.match(line)
        if said is None or not is_left_out(said["type"], said["name"]):
            kept.append(line)
    return "\n".join(kept)


def _is_repeated(type_: str, name: str | None, signature: str) -> bool:
    if name is None:
        return type_ == "void" or (bool(_RETURNS.search(signature)) and not _DETAILED.search(type_))
    typed = re.search(rf"[^\s(,&.]\s+(?:&|\.\.\.)?{re.escape(name)}\b", signature)
    return typed is not None and not _DETAILED.search(type_)


def without_tags(doc: str) -> str:
    """The text without its tags; where it is nothing else, what the first of them says."""
    parts = re.split(r"\n(?=[ ]{0,3}[@\\]\w|[ \t]*\n)", doc)
    told = [part for part in parts if not is_tagged(part.partition("\n")[0])]
    first = _TAG.match(" ".join(parts[0].split()))
    if first is None or any(part.strip() for part in told):
        return "\n".join(told)
    tag = first["tag"].lower()
    said = _split(tag, first["text"])[2]
    return f"{tag}: {said}" if tag == "deprecated" and said else said


def tag_list(lines: list[str]) -> str:
    """A paragraph that starts with a tag, one item a tag; tags for tools are left out."""
    items: list[tuple[str, str]] = []
    for line in lines:
        if match := _TAG.match(line):
            items.append((match["tag"].lower(), match["text"].strip()))
        elif items:
            tag, text = items[-1]
            items[-1] = (tag, f"{text}{_JOINTS.get(tag, ' ')}{line.strip()}")
    return "\n".join(f"- {shown}" for tag, text in items for shown in _item(tag, text) if shown)


def _item(tag: str, text: str) -> Iterator[str]:
    if tag in _FOR_TOOLS or _FOR_ANALYSERS.match(tag):
        return
    kind, name, rest = _split(tag, text)
    if tag in _JOINTS:
        name, _, rest = text.partition(_JOINTS[tag])
    is_told = (
        rest
        or (kind and tag in _GIVING | _NAMED)
        or tag == "deprecated"
        or (tag in _RAISED and name)
        or text.startswith("{")
        or (kind and name)
    )
    if not is_told:
        return  # the signature says as much
    label = "" if tag in _NAMED else tag
    head = " ".join(part for part in (label, code(name), f"({code(kind)})" if kind else "") if part)
    if tag == "see" and _REFERENCE.fullmatch(rest):
        rest = code(rest)
    yield f"{head}: {prose(rest)}" if rest else head


def _split(tag: str, text: str) -> tuple[str, str, str]:
    """Type, name and text of what follows a tag; what is not there is empty."""
    kind = name = ""
    if match := _BRACED.match(text):
        kind, text = match["type"], match["rest"]
    elif match := _SQUARE.match(text):
        kind, name, text = match["type"], match["name"] or "", match["rest"] or ""
    elif tag in _NAMED and (match := _TYPED.match(text)):
        kind, text = match["type"], match["rest"]
    elif tag in _GIVING and _TYPE_ALONE.fullmatch(text):
        kind, text = text, ""
    elif tag in _TYPED_TAGS and (match := _OF_TYPE.match(text)):
        kind, text = match["type"], match["rest"] or ""
    if kind and tag in _RAISED:
        kind, name = "", kind
    elif not name or tag == "option":
        name, text = _named(tag, name, text)
    return kind.strip(), name, text.removeprefix("- ").strip()


def _named(tag: str, name: str, text: str) -> tuple[str, str]:
    """The name that the text begins with, where the tag has one, and what follows it."""
    if match := _KEY.match(text) if tag == "option" else None:
        return match["name"], match["rest"] or ""
    if not name and tag in _NAMED | _RAISED and (match := _NAME.match(text)):
        return match["name"].strip("[]"), match["rest"]
    return name, text
