"""Where errors can stand in a page, what they turn it into, and how to be sure that it is false then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.docgen.score.world import spoken, tight

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from tests.docgen.score.world import World


@dataclass(frozen=True)
class Planter:
    """`pattern` finds the group `old` in a line; `change` gives what stands there instead, or nothing.

    `is_false` gets the world, page, line and new text, the old and the new line.
    """

    kind: str
    pattern: re.Pattern[str]
    change: Callable[[re.Match[str], random.Random], str]
    is_false: Callable[[World, str, str, str, str], bool]
    prose: bool = False


def _renamed(match: re.Match[str], dice: random.Random) -> str:
    """Another plausible name, its last part changed."""
    head, dot, last = match["old"].rpartition(".")
    parts = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|_+", last)
    if not parts:
        return ""
    at = dice.randrange(len(parts))
    synonym = dice.choice(("fetch", "apply", "inner", "extra", "update", "basic", "total"))
    parts[at] = synonym.capitalize() if parts[at][:1].isupper() else synonym
    return head + dot + "".join(parts) if "_" not in parts[at] else ""


def _flipped(match: re.Match[str], dice: random.Random) -> str:
    old = match["old"]
    if old in _OPPOSITES:
        return _OPPOSITES[old]
    if old.isdigit():
        return str(int(old) + dice.choice((1, 5, 10)))
    number = re.search(r"\d+", old)
    if number and old[0] in "<>=~^!":
        return f"{old[: number.start()]}{int(number[0]) + 1}{old[number.end() :]}"
    if old[0] in "'\"":
        return f"{old[0]}{dice.choice(('other', 'none', 'auto'))}{old[0]}"
    return ""


_OPPOSITES = {
    "True": "False", "False": "True", "None": "True", "true": "false", "false": "true", "null": "true",
}  # fmt: skip


def _removed(match: re.Match[str], dice: random.Random) -> str:
    return f"--{dice.choice(('legacy', 'old', 'with', 'skip'))}-{match['old'].lstrip('-')}"


def _moved(match: re.Match[str], dice: random.Random) -> str:
    folder, slash, name = match["old"].rpartition("/")
    stem, dot, suffix = name.partition(".")
    return f"{folder}{slash}{stem}{dice.choice(('s', '_impl', '2', '_old'))}{dot}{suffix}"


def _misrun(match: re.Match[str], dice: random.Random) -> str:
    return f"{match['old']}{dice.choice(('-all', '-now', 's', '-ci'))}"


def _negated(match: re.Match[str], _: random.Random) -> str:
    return f"{match['old']} not"


_VERBS = "is|are|will|can|must|should|does|was|has"
_CONDITIONS = {
    "if": "unless", "If": "Unless", "when": "unless", "When": "Unless", "unless": "if", "before": "after",
    "after": "before", "until": "while", "always": "never", "never": "always", "only": "also",
    "True": "False", "False": "True", "without": "with", "at least": "at most", "at most": "at least",
    "any": "no", "all": "no",
}  # fmt: skip
_UNITS = {
    "seconds": "milliseconds", "second": "minute", "milliseconds": "seconds", "minutes": "hours",
    "bytes": "bits", "byte": "bit", "characters": "bytes", "lines": "characters",
    "days": "hours", "hours": "days",
    "width": "height", "bits": "bytes", "kilobytes": "megabytes", "columns": "pixels", "percent": "points",
}  # fmt: skip


def _from(table: Mapping[str, str]) -> Callable[[re.Match[str], random.Random], str]:
    return lambda match, _: table.get(match["old"], "")


def _swapped(match: re.Match[str], dice: random.Random) -> str:
    parts = match["old"].split(", ")
    at = [i for i, part in enumerate(parts) if re.match(r"^\w", part) and part not in {"self", "cls"}]
    if len(at) < 2 or any("[" in part or "(" in part for part in parts):
        return ""
    first = dice.randrange(len(at) - 1)
    one, two = at[first], at[first + 1]
    parts[one], parts[two] = parts[two], parts[one]
    return ", ".join(parts)


def _unknown_word(world: World, _page: str, new: str, _before: str, _after: str) -> bool:
    return new.rpartition(".")[2] not in world.words


def _undeclared(world: World, _page: str, _new: str, before: str, after: str) -> bool:
    """The line was a declaration as the facts have it, and as it is now nothing declares it."""
    old, new = (tight(re.sub(r"^\| `|` \|.*$", "", line)) for line in (before, after))
    return old in world.declared and new not in world.declared


def _unconstrained(world: World, _page: str, new: str, before: str, _after: str) -> bool:
    name = before.split("`")[1]
    known = [(d.name, d.constraint) for m in world.facts.manifests for d in m.dependencies]
    return any(name == one for one, _ in known) and (name, new) not in known


def _nowhere(world: World, page: str, new: str, _before: str, _after: str) -> bool:
    return not world.is_path(page, new)


def _undeclared_run(world: World, _page: str, new: str, _before: str, _after: str) -> bool:
    return new not in world.runs and new.split()[-1] not in world.words


def _unsaid(world: World, _page: str, _new: str, before: str, after: str) -> bool:
    """The sentence stood in the sources word for word, and as it is now it stands nowhere."""
    return spoken(_bare(before)) in world.said and spoken(_bare(after)) not in world.said


def _bare(line: str) -> str:
    return re.sub(r"^(?:- (?:`[^`]*`(?: \(`[^`]*`\))?: )?)|\\", "", line)


def _unrelated(world: World, page: str, _new: str, _before: str, after: str) -> bool:
    text = world.pages[page]
    labels = dict(re.findall(r'^  (n\d+)\["([^"]*)"\]$', text, re.MULTILINE))
    source, target = (labels.get(node, "") for node in _ends(after))
    is_drawn = f"  {after.strip()}\n" in text
    return bool(source and target) and not is_drawn and not world.imports(source, target)


def _reversed(match: re.Match[str], _: random.Random) -> str:
    source, target = _ends(match["old"])
    return f"{target}{match['old'].removeprefix(source).removesuffix(target)}{source}"


def _ends(arrow: str) -> tuple[str, str]:
    source, _, target = arrow.partition("-->")
    return source.strip(), target.rpartition("|")[2].strip()


_PROSE = r"^(?!#|\||<|```|    ).*?\b"
_DECLARES = r"^(?:async )?(?:def|class|function|export (?:async )?function|export class) "
_TAKES = r"^(?:async )?(?:def|function) \w+\("
_LITERAL = r"True|False|None|true|false|null|\d+|'\w+'|\"\w+\""
_RUNNER = r"make|npm run|tox -e|just|nox -s|hatch run"


def _planter(
    kind: str,
    pattern: str,
    change: Callable[[re.Match[str], random.Random], str],
    is_false: Callable[[World, str, str, str, str], bool],
) -> Planter:
    return Planter(kind, re.compile(pattern), change, is_false, prose=pattern.startswith(_PROSE))


TABLE: tuple[Planter, ...] = (
    _planter("renamed symbol", r"^#{2,6} `(?P<old>[A-Za-z_][\w.]{3,})`$", _renamed, _unknown_word),
    _planter("renamed symbol", rf"{_DECLARES}(?P<old>\w{{4,}})\b", _renamed, _unknown_word),
    _planter(
        "flipped default",
        rf"{_TAKES}.*?\w(?:: [^=,]+)? ?= ?(?P<old>{_LITERAL})[,)]",
        _flipped,
        _undeclared,
    ),
    _planter("flipped default", rf"^\| `\w+(?:: [^=`]+)? = (?P<old>{_LITERAL})` \|", _flipped, _undeclared),
    _planter(
        "flipped default", r"^\| `[\w@./-]+` \| `(?P<old>[<>=~^!]+ ?\d[\w.]*)`", _flipped, _unconstrained
    ),
    _planter("removed flag", r"^\| `(?:-\w`, `)?(?P<old>--[\w-]+)`", _removed, _unknown_word),
    _planter("dead path", r"\]\((?P<old>(?!https?:)[^)#\s]+\.\w+)(?:#L\d+)?\)", _moved, _nowhere),
    _planter("wrong command", rf"^\| `(?P<old>(?:{_RUNNER}) [\w:.-]+)`", _misrun, _undeclared_run),
    _planter("wrong command", r"^\| `(?P<old>[a-z][\w-]+)` \| `[\w.]+:\w+`", _misrun, _undeclared_run),
    _planter("negation", rf"{_PROSE}(?P<old>{_VERBS})\b(?! not)", _negated, _unsaid),
    _planter(
        "inverted condition", rf"{_PROSE}(?P<old>{'|'.join(_CONDITIONS)})\b", _from(_CONDITIONS), _unsaid
    ),
    _planter("wrong unit", rf"{_PROSE}(?P<old>{'|'.join(_UNITS)})\b", _from(_UNITS), _unsaid),
    _planter("swapped arguments", rf"{_TAKES}(?P<old>[^()]*)\)", _swapped, _undeclared),
    _planter("wrong caller", r"^  (?P<old>n\d+ -->(?:\|\"imports\"\|)? n\d+)$", _reversed, _unrelated),
)
SEMANTIC = frozenset({"negation", "inverted condition", "wrong unit", "swapped arguments", "wrong caller"})
