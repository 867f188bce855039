"""Which file imports which: by the lines that import in some languages, by the names in others."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from docgen.score.model import Verdict
from docgen.score.text import WORD, without_comments, without_strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.score.index import Index

Answer = tuple[Verdict, str]
_PYTHON = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[.\w]+)[ \t]+import[ \t]+(?P<names>\([^)]{0,4000}\)|[^\n#]+)"
    r"|import[ \t]+(?P<plain>[\w., \t]+))",
    re.MULTILINE,
)
_SCRIPT = re.compile(r"(?:\bfrom\s+|\brequire\(\s*|\bimport\(?\s*)['\"](?P<module>[^'\"\n]+)['\"]")
_INCLUDE = re.compile(r"^\s*#\s*(?:include|import)\s*[<\"](?P<module>[^>\"\n]+)[>\"]", re.MULTILINE)
# Languages whose lines name a file, or its folder; the rest of its path is everybody's own matter.
LINES: Final = {
    "JavaScript": _SCRIPT,
    "TypeScript": _SCRIPT,
    "C": _INCLUDE,
    "C++": _INCLUDE,
    "Go": re.compile(r"^\s*(?:import\s+)?(?:[\w.]+\s+)?\"(?P<module>[^\"\s]+/[^\"\s]+)\"", re.MULTILINE),
    "Ruby": re.compile(
        r"^[\s(]*(?:require|require_relative|load|autoload[\s(]*:\w+\s*,)[\s(]*['\"](?P<module>[^'\"\n]+)['\"]",
        re.MULTILINE,
    ),
    "Shell": re.compile(r"^\s*(?:\.|source)\s+[\"']?(?:[^\s\"']*\})?/?(?P<module>[^\s\"'$}]+)", re.MULTILINE),
}
# Languages whose lines name types and modules, or nothing where both stand in one package.
NAMES: Final = frozenset({"C#", "Java", "Kotlin", "PHP", "Rust", "Scala", "Swift"})
_ENDINGS = ("", ".js", ".ts", ".mjs", ".cjs", ".jsx", ".tsx", ".d.ts", "/index.js", "/index.ts", ".rb", ".sh")
_MODULE_FILES = frozenset({"mod", "lib", "main"})
_REEXPORT = re.compile(r"\bpub\s+use\s+([^;]+);")
_EXTERN = re.compile(r"\bextern\s+crate\s+(\w+)")
_MACRO = re.compile(r"\bmacro_rules!\s*(\w+)")
_RUST_PATH = (re.compile(r"(\w+)\s*::"), re.compile(r"\bmod\s+(\w+)\s*;"))
_GO_MODULE = re.compile(r"^module\s+(\S+)", re.MULTILINE)
_NAME = re.compile(r"\w+")


class Imports:
    """The imports of every file as paths of the repository, resolved by their last parts."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._edges: dict[str, set[str]] = {}
        self._dotted = [(_dotted(path), path) for path in index.files if path.endswith((".py", ".pyi"))]
        self._tails: dict[str, list[str]] = {}
        for name, path in self._dotted:
            parts = name.split(".")
            for at in range(len(parts)):
                self._tails.setdefault(".".join(parts[at:]), []).append(path)
        self._called: dict[str, list[str]] = defaultdict(list)
        self._inside: dict[str, list[str]] = defaultdict(list)
        for path in index.files:
            self._called[posixpath.basename(path)].append(path)
            self._inside[posixpath.dirname(path)].append(path)
        self._modules = {
            match[1]: posixpath.dirname(path)
            for path in self._called["go.mod"]
            if (match := _GO_MODULE.search(index.files[path].text))
        }
        self._words = cache(self._read_words)
        self._offered = cache(self._read_offered)

    def check(self, source: str, target: str) -> Answer:
        """Whether a file that `source` names imports one that `target` names."""
        sources, targets = self._files(source), self._files(target)
        inner = targets - sources or targets
        if not sources or not targets:
            return Verdict.UNKNOWN, ""
        if any(self._imported(path) & inner for path in sources) or self._names(sources, inner):
            return Verdict.SUPPORTED, ""
        if any(self._is_silent(path, inner) for path in sources):
            return Verdict.UNKNOWN, ""
        return Verdict.CONTRADICTED, f"nothing in {source} imports {target}"

    def _files(self, label: str) -> set[str]:
        """The files of a module, package, folder or path."""
        label = label.strip()
        if label in self._index.files:
            return {label}
        if found := {path for path in self._index.files if path.startswith(f"{label.rstrip('/')}/")}:
            return found
        exact = set(self._tails.get(label, ()))
        name = f".{label}."
        return exact | {path for dotted, path in self._dotted if name in f".{dotted}."}

    def _language(self, path: str) -> str:
        return self._index.files[path].language or ""

    def _is_silent(self, path: str, targets: Iterable[str]) -> bool:
        """Whether nothing in a file of this language would show that it imports one of `targets`."""
        language = self._language(path)
        if language in NAMES:
            return not any(self._offered(target) for target in targets if self._language(target) == language)
        return language not in LINES and language != "Python"

    def _imported(self, path: str) -> set[str]:
        if path not in self._edges:
            text, language = self._index.files[path].text, self._language(path)
            if language == "Python":
                self._edges[path] = {
                    known for name in _python(path, text) for known in self._tails.get(name, ())
                }
            elif language in LINES:
                modules = (match["module"] for match in LINES[language].finditer(text))
                self._edges[path] = {known for module in modules for known in self._led_to(path, module)}
            else:
                self._edges[path] = set()
        return self._edges[path]

    def _led_to(self, path: str, module: str) -> Iterator[str]:
        """The files that a module's name on a line of `path` may mean."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), module))
        for stem in (beside, re.sub(r"\.[cm]?js$", "", beside)):
            yield from (stem + end for end in _ENDINGS if stem + end in self._index.files)
        if self._language(path) in {"JavaScript", "TypeScript"}:
            return
        name = posixpath.basename(module)
        for end in _ENDINGS:
            wanted = f"/{module}{end}"
            yield from (known for known in self._called.get(name + end, ()) if f"/{known}".endswith(wanted))
        if self._language(path) == "Go":
            yield from self._inside.get(self._package(module), ())

    def _package(self, module: str) -> str:
        """The folder of a package of Go, which its import names with the module in front."""
        if module in self._modules:
            return self._modules[module]
        parts = module.split("/")
        tails = ("/".join(parts[at:]) for at in range(len(parts)))
        return next((tail for tail in tails if tail in self._inside), "\0")

    def _names(self, sources: Iterable[str], targets: Iterable[str]) -> bool:
        """Whether a file has a name in its code that one of `targets` gives."""
        for path in sources:
            language = self._language(path)
            if language not in NAMES:
                continue
            offered = (self._offered(target) for target in targets if self._language(target) == language)
            if any(not names.isdisjoint(self._words(path)) for names in offered):
                return True
        return False

    def _read_words(self, path: str) -> frozenset[str]:
        """The words of a file's code but for its own types; in Rust those of paths with their colons too."""
        file = self._index.files[path]
        code = without_strings(file.text, self._index.look(path))
        words = frozenset(WORD.findall(code)) - {one.name for one in self._index.defined(path) if one.is_type}
        return words | frozenset(f"{word}::" for pattern in _RUST_PATH for word in pattern.findall(code))

    def _read_offered(self, path: str) -> frozenset[str]:
        """The names by which others know what is in a file: its types, and in Rust its module."""
        found = {one.name for one in self._index.defined(path) if one.is_type}
        if self._language(path) == "Rust":
            text = without_comments(self._index.files[path].text, self._index.look(path))
            taken = {word for names in _REEXPORT.findall(text) for word in WORD.findall(names)}
            found |= {word for word in taken if word[:1].isupper()} | set(_MACRO.findall(text))
            found |= {f"{name}::" for name in _EXTERN.findall(text)}
            stem = posixpath.basename(path).removesuffix(".rs")
            folder = posixpath.basename(posixpath.dirname(path))
            found.add(f"{folder if stem in _MODULE_FILES else stem}::")
        return frozenset(found)


def _dotted(path: str) -> str:
    return re.sub(r"(?:/__init__)?\.pyi?$", "", path).replace("/", ".")


def _python(path: str, text: str) -> Iterator[str]:
    package = _dotted(path) if path.endswith("/__init__.py") else _dotted(path).rpartition(".")[0]
    for match in _PYTHON.finditer(text):
        if match["plain"]:
            yield from (part.split()[0] for part in match["plain"].split(",") if part.split())
            continue
        module = match["module"]
        dots = len(module) - len(module.lstrip("."))
        base = package.split(".") if package else []
        if dots:
            kept = base[: len(base) - (dots - 1)]
            module = ".".join([*kept, *filter(None, [module.lstrip(".")])])
        yield module
        yield from (f"{module}.{name}" for name in _NAME.findall(match["names"]))
