"""Commands against the files that declare them: a table of programs and what their argument must name."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from docgen.score.model import Verdict
from docgen.score.words import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.score.index import Index

Answer = tuple[Verdict, str]
_UNKNOWN: Final[Answer] = (Verdict.UNKNOWN, "")
_SUPPORTED: Final[Answer] = (Verdict.SUPPORTED, "")
_FLAG = re.compile(r"(?<!\S)(--[a-zA-Z][\w-]*)")
_SEPARATORS = re.compile(r"\s*(?:&&|\|\||;|\|)\s*")
_BUNDLED = frozenset(
    {"build", "http.server", "mypy", "nox", "pip", "pytest", "ruff", "tox", "unittest", "venv"}
)


def _declared(files: str, wanted: str, what: str) -> Callable[[Index, str], Answer]:
    """The argument has to match `wanted` (a pattern over it) in one of the `files` (a pattern)."""

    def check(index: Index, argument: str) -> Answer:
        names = [path for path in index.files if re.search(rf"(?:^|/)(?:{files})$", path)]
        pattern = re.compile(wanted.replace("NAME", re.escape(argument)), re.MULTILINE)
        if any(pattern.search(index.files[path].text) for path in names):
            return _SUPPORTED
        where = f"{', '.join(sorted(names)[:3])} declares no" if names else "there is no file with a"
        return Verdict.CONTRADICTED, f"{where} {what} {argument!r}"

    return check


def _pip(index: Index, argument: str) -> Answer:
    target = argument.split("[")[0].strip("\"'")
    if target in {".", ""}:
        found = any(re.match(r"(?:pyproject\.toml|setup\.(?:py|cfg))$", path) for path in index.files)
        return _SUPPORTED if found else (Verdict.CONTRADICTED, "there is no pyproject.toml or setup.py here")
    if target.endswith(".txt") or "/" in target:
        found = index.exists(target.removeprefix("./").rstrip("/"))
        return _SUPPORTED if found else (Verdict.CONTRADICTED, f"there is no {target}")
    return _named(index, target)


def _npm_package(index: Index, argument: str) -> Answer:
    if argument in {"", "."}:
        found = "package.json" in index.files
        return _SUPPORTED if found else (Verdict.CONTRADICTED, "there is no package.json here")
    return _named(index, argument)


def _named(index: Index, argument: str) -> Answer:
    """A package: the repository's own or a dependency; another may be meant as well."""
    name = re.split(r"[=<>!~@]", argument.lstrip("@"))[0]
    return _SUPPORTED if name and index.says(f"'{name}'") else _UNKNOWN


def _module(index: Index, argument: str) -> Answer:
    path = argument.replace(".", "/")
    if any(
        f"/{known}".endswith((f"/{path}.py", f"/{path}/__main__.py", f"/{path}/__init__.py"))
        for known in index.present
    ):
        return _SUPPORTED
    top = argument.partition(".")[0]
    if argument in _BUNDLED or top in sys.stdlib_module_names or index.says(f"import{top}"):
        return _UNKNOWN
    return Verdict.CONTRADICTED, f"there is no module {argument}"


def _file(index: Index, argument: str) -> Answer:
    path = argument.removeprefix("./")
    if index.exists(path):
        return _SUPPORTED
    return Verdict.CONTRADICTED, f"there is no {path}"


def _with(name: str, pattern: str) -> Callable[[Index, str], Answer]:
    """A command that works wherever there is a file of a kind, which `pattern` tells by its last part."""

    def check(index: Index, _: str) -> Answer:
        found = any(re.fullmatch(pattern, path.rpartition("/")[2]) for path in index.present)
        return _SUPPORTED if found else (Verdict.CONTRADICTED, f"there is no {name}")

    return check


_TARGET = r"[\w][\w.:-]*"
_WORD = r"(?<![\w-])NAME(?![\w-])"
_MAKE = _declared(
    r"(?:GNU)?[Mm]akefile|[^/]+\.mk", r"^(?:[^\s:#=]+\s+)*NAME(?:\s+[^\s:#=]+)*\s*:(?!=)", "target"
)
_JUST = _declared(r"\.?[Jj]ustfile", r"^@?NAME(?:\s[^:\n]*)?:(?!=)", "recipe")
_SCRIPT = _declared(r"package\.json", r'"NAME"\s*:', "script")
_COMPOSER = _declared(r"composer\.json", r'"NAME"\s*:', "script")
_TOX = _declared(r"tox\.(?:ini|toml)|pyproject\.toml|setup\.cfg", _WORD, "environment")
_NOX = _declared(r"noxfile\.py", _WORD, "session")
_TASK = _declared(r"pyproject\.toml|hatch\.toml", _WORD, "task")
_PIP = r"^(?:(?:uv\s+)?pip3?|python3?\s+-m\s+pip)\s+install\s+(?:(?:-e|-r|-U|--\S+)\s+)*(\S+)"
# Program and argument (group 1), and the check of that argument; the first that matches decides.
TABLE: Final[tuple[tuple[re.Pattern[str], Callable[[Index, str], Answer]], ...]] = tuple(
    (re.compile(pattern.replace("TARGET", _TARGET)), check)
    for pattern, check in (
        (r"^make\s+(?:-\S+\s+)*(TARGET)", _MAKE),
        (r"^(?:npm|pnpm|yarn|bun)\s+run(?:-script)?\s+(TARGET)", _SCRIPT),
        (r"^(?:npm|pnpm|yarn)\s+(test|start)\b", _SCRIPT),
        (r"^(?:npm|pnpm|yarn)\s+(?:install|i|add)\s+(?:-\S+\s+)*([@\w./-]+)", _npm_package),
        (r"^npm\s+(?:ci|install|i)\s*()$", _npm_package),
        (_PIP, _pip),
        (r"^python3?\s+-m\s+(TARGET)", _module),
        (r"^(?:python3?|node|bash|sh)\s+([\w.-]+/[\w./-]+\.\w+)", _file),
        (r"^(\./[\w./-]+)", _file),
        (r"^tox\s+(?:run\s+)?-e\s+(TARGET)", _TOX),
        (r"^nox\s+-s\s+(TARGET)", _NOX),
        (r"^just\s+(TARGET)", _JUST),
        (r"^composer\s+(?:run|run-script)\s+(TARGET)", _COMPOSER),
        (r"^composer\s+(install|update)\b", _with("composer.json", r"composer\.json")),
        (r"^go\s+(build|test|vet|run|generate)\b", _with("go.mod", r"go\.mod")),
        (r"^cargo\s+(build|test|check|run|doc|bench)\b", _with("Cargo.toml", r"Cargo\.toml")),
        (r"^bundle\s+(install|exec)\b", _with("Gemfile", r"Gemfile")),
        (r"^dotnet\s+(build|test|run|restore)\b", _with("project of .NET", r".+\.(?:sln|csproj|fsproj)")),
        (r"^(?:mvn|\./mvnw)\s+(\w+)", _with("pom.xml", r"pom\.xml")),
        (r"^(?:cmake|ctest)\s+(\S+)", _with("CMakeLists.txt", r"CMakeLists\.txt")),
        (r"^(?:\./)?gradlew?\s+(\w+)", _with("build of Gradle", r"build\.gradle(?:\.kts)?")),
        (r"^(?:hatch\s+run|pdm\s+run|poe|poetry\s+run)\s+(TARGET)", _TASK),
    )
)


def is_command(text: str) -> bool:
    """Whether a piece of code is a command of a program that the table knows."""
    return any(pattern.match(text) for pattern, _ in TABLE)


def check_command(index: Index, line: str) -> Answer:
    """What the repository says to a line for a shell; the first part that is wrong decides."""
    command, _, comment = line.strip().removeprefix("$ ").partition(" # ")
    if "'" in comment or '"' in comment:  # it may stand within quotes
        command = line.strip().removeprefix("$ ")
    answers = [_part(index, part) for part in _SEPARATORS.split(command.rstrip())]
    wrong = [answer for answer in answers if answer[0] is Verdict.CONTRADICTED]
    right = [answer for answer in answers if answer[0] is Verdict.SUPPORTED]
    return (wrong or right or [_UNKNOWN])[0]


def _part(index: Index, part: str) -> Answer:
    for pattern, check in TABLE:
        if match := pattern.match(part):
            return check(index, match[1])
    program = part.split(" ", 1)[0]
    if not program or program in FOREIGN or not _is_own(index, program):
        return _UNKNOWN
    missing = [flag for flag in _FLAG.findall(part) if flag not in index.tokens and flag != "--help"]
    if missing:
        return Verdict.CONTRADICTED, f"no source declares {missing[0]}"
    return _SUPPORTED


def _is_own(index: Index, program: str) -> bool:
    """Whether a manifest declares a program of this name."""
    declared = re.compile(rf"^\s*[\"']?{re.escape(program)}[\"']?\s*[=:]", re.MULTILINE)
    names = ("pyproject.toml", "setup.cfg", "setup.py", "package.json", "Cargo.toml")
    return any(
        declared.search(file.text) for path, file in index.files.items() if path.rpartition("/")[2] in names
    )
