"""Pieces of code in a sentence, a heading or a table against the sources."""

from __future__ import annotations

import builtins
import fnmatch
import re
import sys
from typing import TYPE_CHECKING, Final

from docgen.score import commands
from docgen.score.model import Kind, Verdict
from docgen.score.signatures import check_call
from docgen.score.text import holds, shows, squash
from docgen.score.words import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docgen.score.index import Index
    from docgen.score.model import Spot

Answer = tuple[Verdict, str]
_UNKNOWN: Final[Answer] = (Verdict.UNKNOWN, "")
_SUPPORTED: Final[Answer] = (Verdict.SUPPORTED, "")
_KNOWN_NAMES = FOREIGN | sys.stdlib_module_names | frozenset(dir(builtins)) | frozenset(dir(str))
_DOTTED = re.compile(r"^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$")
_LITERAL = re.compile(r"^(?:[<>=!~^]|[+-]?\d|['\"]|(?:True|False|None|true|false|null)$)")
_CODE_NAME = re.compile(r"(?<![\w'\"/.-])[A-Za-z_]\w*_\w+|\b[a-z]+[A-Z]\w+")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
# Values are read off the very line; a default or constraint may be wrapped onto the lines below.
_BEFORE, _AFTER = 2, 14


def _flag(index: Index, text: str) -> Answer:
    missing = [flag for flag in re.findall(r"(?<![\w-])--[A-Za-z][\w-]*", text) if not _has_flag(index, flag)]
    return (Verdict.CONTRADICTED, f"no source declares {missing[0]}") if missing else _SUPPORTED


def _has_flag(index: Index, flag: str) -> bool:
    """Options may be declared by the name of a parameter, with underscores and without dashes."""
    bare = flag.lstrip("-")
    return flag in index.tokens or (index.has(bare.replace("-", "_")) and len(bare) > 1)


def _variable(index: Index, text: str) -> Answer:
    name = text.split("=")[0].strip("${}")
    return _SUPPORTED if index.has(name) else (Verdict.CONTRADICTED, f"no source mentions {name}")


def _method(index: Index, text: str) -> Answer:
    """Frameworks write the method in many ways, and leave out the usual one."""
    return _SUPPORTED if index.says(f"'{text}'") else _UNKNOWN


def _route(index: Index, text: str) -> Answer:
    path = text.split()[-1]
    literal = re.split(r"[{<:*]", path)[0].rstrip("/") or "/"
    if index.says(f"'{path}'") or (index.says(literal) if literal != "/" else index.says("'/'")):
        return _SUPPORTED
    # Its parts may stand apart, one in the path of each router that the next is mounted on.
    parts = [part for part in literal.split("/") if part]
    said = [any(index.says(f"{mark}{part}") for mark in ("/", "'")) for part in parts]
    return _SUPPORTED if parts and all(said) else (Verdict.CONTRADICTED, f"no source has {path}")


def _can_be_imported(index: Index, path: str) -> bool:
    """Whether a package of npm says that it exports something under this name."""
    for known, file in index.files.items():
        named = _NPM_NAME.search(file.text) if known.rpartition("/")[2] == "package.json" else None
        if named and path.startswith(f"{named[1]}/"):
            key = f"./{path[len(named[1]) + 1 :]}"
            known_keys = _NPM_KEY.findall(file.text)
            if any(fnmatch.fnmatchcase(key, one) or key == one.removesuffix("/*") for one in known_keys):
                return True
    return False


def _path(index: Index, text: str) -> Answer:
    path = text.removeprefix("./").rstrip("/")
    path = re.sub(r":\d+(?:-\d+)?$", "", path)
    if "*" in path:
        return _SUPPORTED if fnmatch.filter(index.present, path) else _UNKNOWN
    tail = f"/{path}"
    if index.exists(path) or any(f"{tail}/" in f"/{known}/" for known in index.present):
        return _SUPPORTED
    if _can_be_imported(index, path):
        return _SUPPORTED
    if index.says(path) or path.startswith(("/", "~", "http", "$", "<")):
        return _UNKNOWN
    if _DOTTED.match(path) and path.partition(".")[0] in index.definitions:
        return _symbol(index, path)
    return Verdict.CONTRADICTED, f"there is no {path}"


def _symbol(index: Index, text: str) -> Answer:
    """Every part of a dotted name has to be somewhere; the language's own and other packages may be."""
    parts = _NAME.findall(re.sub(r"\(.*", "", text))
    if not parts or (_is_foreign(index, parts[0]) and not index.has(parts[-1])):
        return _UNKNOWN
    missing = [part for part in parts if not index.has(part) and part.lower() not in _KNOWN_NAMES]
    if missing:
        return Verdict.CONTRADICTED, f"no source has {missing[0]}"
    return _SUPPORTED if any(map(index.has, parts)) else _UNKNOWN


def _is_foreign(index: Index, name: str) -> bool:
    """Whether a name is the language's or another package's; one's own class may be called the same.

    `default` is what JavaScript calls an export without a name of its own.
    """
    return name.lower() in _KNOWN_NAMES and name not in index.definitions and name != "default"


def _code(index: Index, text: str) -> Answer:
    if shows(index.everything, text):
        return _SUPPORTED
    names = [name for name in _CODE_NAME.findall(text) if not index.has(name)]
    return (Verdict.CONTRADICTED, f"no source has {names[0]}") if names else _UNKNOWN


_SUFFIX = (
    r"\.(?:py|js|mjs|cjs|ts|tsx|jsx|json|toml|ya?ml|cfg|ini|md|rst|txt|go|rs|rb|java|sh|lock|html|css|c|h)"
)
_NPM_KEY = re.compile(r'"(\./[^"\[\]?\n]{1,200})"\s*:')
_NPM_NAME = re.compile(r'"name"\s*:\s*"([^"\n]+)"')
_PATH = re.compile(
    rf"^(?:\.{{0,2}}/)?[\w.@*-]+(?:/[\w.@*-]+)+/?(?::\d+)?$|^[\w.-]+/$|^[\w-]+(?:\.[\w-]+)*{_SUFFIX}$"
)
# The last part may be what Ruby calls a method, or C++ an operator or a destructor.
_SYMBOL = re.compile(
    r"^@?[A-Za-z_$][\w$]*(?:(?:\.|::|#|->)[A-Za-z_$][\w$]*)*"
    r"(?:[?!]|(?<=\w)=|(?:\.|::|#)(?:\[\]=?|~[A-Za-z_]\w*|operator(?:\W{1,3}| new| delete)))?(?:\(\))?$"
)
_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY"
# What a piece of code looks like, what kind of statement that makes, and its check; the first decides.
TABLE: Final[tuple[tuple[Kind, re.Pattern[str], Callable[[Index, str], Answer]], ...]] = (
    (Kind.ROUTE, re.compile(rf"^(?:{_METHODS})$"), _method),
    (Kind.ROUTE, re.compile(rf"^(?:{_METHODS})\s+/\S*$"), _route),
    (Kind.ROUTE, re.compile(r"^/(?=\S*[:{<*])\S*$"), _route),
    (Kind.FLAG, re.compile(r"^--?[A-Za-z][\w-]*(?:[ =,/|]+[-\w\[\]<>.\"']+)*$"), _flag),
    (Kind.VARIABLE, re.compile(r"^\$?\{?[A-Z][A-Z0-9]*_[A-Z0-9_]*\}?(?:=\S*)?$"), _variable),
    (Kind.SIGNATURE, re.compile(r"^(?:new\s+)?[A-Za-z_$][\w$.]*\(.+\)(?:\s*->.*)?$", re.DOTALL), check_call),
    (Kind.PATH, _PATH, _path),
    (Kind.SYMBOL, _SYMBOL, _symbol),
    (Kind.VALUE, re.compile(r".", re.DOTALL), _code),
)  # fmt: skip
_MANIFESTS: Final = frozenset({"package.json", "pyproject.toml", "Cargo.toml", "composer.json"})
# What a place that a page names has to show itself; for the rest it is enough to be somewhere.
_LOCAL: Final = frozenset({Kind.VALUE, Kind.FLAG, Kind.VARIABLE, Kind.SYMBOL})


def check_span(index: Index, text: str, spots: Sequence[Spot]) -> tuple[Kind, Answer]:
    """What a piece of code says and what the sources say to it; `spots` are where it has to be shown."""
    shown = text.strip()
    known = [spot for spot in spots if index.lines(spot.path)]
    windows = [index.window(spot.path, spot.line, _BEFORE, _AFTER) for spot in known]
    kind, check = _kind(shown)
    if kind is Kind.VALUE:
        windows += [index.code_window(spot.path, spot.line, _BEFORE, _AFTER) for spot in known if spot.line]
    spelled = list(index.spellings(shown, [spot.path for spot in known])) if kind is Kind.VALUE else [shown]
    if any(_shows(window, text, kind) for window in windows for text in spelled):
        return kind, _SUPPORTED
    answer = check(index, shown)
    exact = windows and (kind is Kind.VALUE or all(spot.line for spot in spots))
    if exact and kind in _LOCAL and answer[0] is not Verdict.CONTRADICTED and not _is_package(index, shown):
        return kind, (Verdict.CONTRADICTED, f"{_shown(spots[0])} does not show it")
    return kind, answer


def _is_package(index: Index, text: str) -> bool:
    """Whether a manifest gives a package this name, which its sources need not say."""
    named = re.compile(rf"""(?:^|["'\s])name["']?\s*[=:]\s*["']{re.escape(text)}["']""")
    manifests = (file for path, file in index.files.items() if path.rpartition("/")[2] in _MANIFESTS)
    return any(named.search(file.text) for file in manifests)


def _kind(text: str) -> tuple[Kind, Callable[[Index, str], Answer]]:
    if commands.is_command(text):
        return Kind.COMMAND, commands.check_command
    return next((kind, check) for kind, pattern, check in TABLE if pattern.match(text))


def check_beside(index: Index, key: str, value: str, spots: Sequence[Spot], otherwise: Answer) -> Answer:
    """Whether a literal stands on the lines after `key`, in a table that gives it for that name."""
    if not _LITERAL.match(value):
        return otherwise
    paths = [spot.path for spot in spots] or list(index.files)
    wanted, beside = squash(value), False
    for path in paths:
        lines = index.lines(path) if key in "\n".join(index.lines(path)) else []
        for at, line in enumerate(lines):
            if holds(line, key):
                beside = True
                after = 1 if value[0] in "<>=~!^" else 4
                if holds(squash("\n".join(lines[at : at + after])), wanted):
                    return _SUPPORTED
    return (Verdict.CONTRADICTED, f"no source has {value} beside {key}") if beside else otherwise


def _shown(spot: Spot) -> str:
    return f"{spot.path}:{spot.line}" if spot.line else spot.path


def _shows(window: str, text: str, kind: Kind) -> bool:
    if shows(squash(window), text):
        return True
    last = re.split(r"[.:#]+", text.removesuffix("()"))[-1]
    return kind is Kind.SYMBOL and re.search(rf"(?<![\w$]){re.escape(last)}(?![\w$])", window) is not None
