"""Existence: what a code span claims to be, by its shape, is there under that name."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from docgen.gates.flaw import Flaw, Repair, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

    from docgen.gates.known import Known

_RUNNERS = (
    "bundle|cargo|composer|deno|docker|dotnet|go|gradle|hatch|invoke|just|make|mvn|nox|npm|npx|pdm|pip|pnpm"
    "|poe|poetry|pytest|python3?|rake|ruff|tox|uv|yarn"
)
_SUFFIX = (
    "c|cc|cfg|cpp|cs|css|go|h|hpp|html|in|ini|java|js|json|jsx|lock|md|mjs|php|pl|py|pyi|rb|rs|rst|sh|sql"
    "|toml|ts|tsx|txt|xml|yaml|yml"
)
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
# A member, and what its doc comment says.
_ITEM = re.compile(r"`[^`\n]+`(?: \(`[^`\n]+`\))?: (?P<says>.+)", re.DOTALL)
CUT = "…"


class Kind(NamedTuple):
    """What a span claims to be if it has this shape, and whether that is there."""

    name: str
    shape: re.Pattern[str]
    holds: Callable[[str, Known], bool]


def _is_flag(text: str, known: Known) -> bool:
    return re.split(r"[\s=]", text, maxsplit=1)[0] in known.flags


def _is_upper(text: str, known: Known) -> bool:
    return text in known.variables or text in known.names


def _is_path(text: str, known: Known) -> bool:
    """A path, or a member that is called like the end of one, as `Response.json`."""
    end = re.sub(r":\d+$", "", text).strip("/").removeprefix("./")
    return known.has_end(end) or _is_dotted(text, known)


def _is_dotted(text: str, known: Known) -> bool:
    """A chain in which each part holds the next; what third parties hold they know themselves."""
    parts = text.partition("(")[0].split(".")
    if parts[0] in known.third_parties and parts[0] not in known.members:
        return True
    pairs = itertools.pairwise(parts)
    return parts[0] in known.names and all(inner in known.members.get(outer, ()) for outer, inner in pairs)


def _is_version(text: str, known: Known) -> bool:
    return any(text in one for one in known.texts)


def _is_code(text: str, known: Known) -> bool:
    return all(name in known.names for name in _IDENTIFIER.findall(text))


KINDS = (
    Kind(
        "route",
        re.compile(r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) /\S*"),
        lambda t, k: t in k.routes,
    ),
    Kind(
        "command", re.compile(rf"(?:\$ )?(?:{_RUNNERS})\s.+"), lambda t, k: t.removeprefix("$ ") in k.commands
    ),
    Kind("flag", re.compile(r"--?[A-Za-z][\w-]*(?:[ =]\S+)?"), _is_flag),
    Kind("environment variable", re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"), _is_upper),
    Kind("path", re.compile(rf"(?:[\w.@+-]+/)*[\w.@+-]+\.(?:{_SUFFIX})(?::\d+)?|(?:[\w.@+-]+/)+"), _is_path),
    Kind("file of the kind", re.compile(r"\.[A-Za-z][A-Za-z0-9]*"), lambda t, k: t[1:] in k.suffixes),
    Kind("version", re.compile(r"[\^~<>=!]{0,3}\s?v?\d+(?:\.\d+)+\S*"), _is_version),
    Kind("symbol", re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+(?:\(.*\))?"), _is_dotted),
    Kind("name", re.compile(r".+", re.DOTALL), _is_code),
)


def existence(sheet: Sheet) -> Iterator[Flaw]:
    """Every code span names something there is, or stands in the repository's own words."""
    tokens = sheet.document.tokens
    around: list[str] = []
    in_heading = False
    for located in tokens:
        token = located.token
        if token.type == "heading_open":
            in_heading = True
        elif token.type == "heading_close":
            in_heading = False
        elif token.type == "inline":
            around = _runs(token)
        elif token.type == "code_inline" and (kind := wrong_kind(token.content, around, sheet.known)):
            repair = Repair.SECTION if in_heading else Repair.PART
            what = f"the code shows no {kind} {token.content[:80]!r}"
            yield Flaw("existence", located.line, what, token.content, repair)


def _runs(inline: Token) -> list[str]:
    """A paragraph's text as it is written, the parts of it between its links, and what is said of a name."""
    parts = [""]
    for child in inline.children or ():
        if child.type in {"link_open", "link_close"}:
            parts.append("")
        else:
            parts[-1] += child.content or " "
    behind = _ITEM.match(inline.content)
    return [inline.content, *(parts if len(parts) > 1 else ()), *((behind["says"],) if behind else ())]


def wrong_kind(text: str, around: list[str], known: Known) -> str:
    """What `text` claims to be and is not; empty where it holds or stands in a quotation."""
    text = " ".join(text.split())
    if text in known.texts or CUT in text:
        return ""
    kind = next(kind for kind in KINDS if kind.shape.fullmatch(text))
    if kind.holds(text, known) or any(text in run and known.quotes(run) for run in around):
        return ""
    return "" if kind.name == "name" and known.quotes(text, least=1) else kind.name
