"""Who imports or calls whom: arrows of diagrams and sentences, against the sources' own lines."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from docgen.score.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.score.index import Index

Answer = tuple[Verdict, str]
_NODE = re.compile(r"^\s*(?P<id>\w+)\s*[\[({]+\"?(?P<label>.*?)\"?[\])}]+\s*$")
_ARROW = re.compile(
    r"^\s*(?P<source>\w+)\s*(?:--|==|-\.)[-=.]*(?:\s[^-=>|]*(?:--|==|\.-))?>\s*"
    r"(?:\|(?P<label>[^|]*)\|\s*)?(?P<target>\w+)\s*$"
)
# An arrow without a label, or with one like this in whatever language, says that one imports the other.
_IMPORTS = re.compile(r"^$|^\W*import\w*\W*$", re.IGNORECASE)
_ENTITY = re.compile(r"#(\d{1,6});")
_PYTHON = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[.\w]+)[ \t]+import[ \t]+(?P<names>\([^)]{0,4000}\)|[^\n#]+)"
    r"|import[ \t]+(?P<plain>[\w., \t]+))",
    re.MULTILINE,
)
_QUOTED = re.compile(r"(?:\bfrom\s+|\brequire\(\s*|\bimport\(?\s*)['\"](?P<module>[^'\"\n]+)['\"]")
_NAME = re.compile(r"\w+")
_SAYS: Final = re.compile(
    r"`(?P<source>[\w.$/-]+?)(?:\(\))?`\s+(?P<verb>calls?|imports?|uses|depends on|invokes)\s+"
    r"`(?P<target>[\w.$/-]+?)(?:\(\))?`"
)


def arrows(diagram: str) -> Iterator[tuple[int, str, str]]:
    """Line, source and target of every arrow of a flowchart that stands for an import."""
    labels: dict[str, str] = {}
    for line in diagram.split("\n"):
        if node := _NODE.match(line):
            labels[node["id"]] = _ENTITY.sub(lambda match: chr(int(match[1]) % 0x110000), node["label"])
    for number, line in enumerate(diagram.split("\n")):
        arrow = _ARROW.match(line)
        if arrow and _IMPORTS.match(arrow["label"] or ""):
            source, target = arrow["source"], arrow["target"]
            yield number, labels.get(source, source), labels.get(target, target)


class Imports:
    """The imports of every file as paths of the repository, resolved by their last parts."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._edges: dict[str, set[str]] = {}
        self._modules = {_dotted(path): path for path in index.files if path.endswith((".py", ".pyi"))}
        self._tails: dict[str, list[str]] = {}
        for name, path in self._modules.items():
            parts = name.split(".")
            for at in range(len(parts)):
                self._tails.setdefault(".".join(parts[at:]), []).append(path)

    def check(self, source: str, target: str) -> Answer:
        """Whether a file that `source` names imports one that `target` names."""
        sources, targets = self._files(source), self._files(target)
        missing = [label for label, files in ((source, sources), (target, targets)) if not files]
        if missing:
            return Verdict.UNKNOWN, ""
        inner = targets - sources or targets
        if any(self._imported(path) & inner for path in sources):
            return Verdict.SUPPORTED, ""
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
        return exact | {path for dotted, path in self._modules.items() if name in f".{dotted}."}

    def _imported(self, path: str) -> set[str]:
        if path not in self._edges:
            text = self._index.files[path].text
            found = _python(path, text) if path.endswith((".py", ".pyi")) else _quoted(path, text)
            self._edges[path] = {known for name in found for known in self._resolved(name)}
        return self._edges[path]

    def _resolved(self, name: str) -> list[str]:
        if name in self._tails:
            return self._tails[name]
        endings = ("", ".js", ".ts", ".mjs", ".cjs", ".jsx", ".tsx", ".d.ts", "/index.js", "/index.ts")
        stems = (name, re.sub(r"\.[cm]?js$", "", name))
        return [stem + end for stem in stems for end in endings if stem + end in self._index.files]


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


def _quoted(path: str, text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        module = match["module"]
        if module.startswith("."):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), module))


def said(text: str) -> Iterator[tuple[str, str, str]]:
    """Source, verb and target of what a sentence says in so many words; code stands in backticks."""
    for match in _SAYS.finditer(text):
        yield match["source"], match["verb"], match["target"]


def check_said(index: Index, imports: Imports, source: str, verb: str, target: str) -> Answer:
    """A sentence about a call or an import."""
    name = source.rpartition(".")[2]
    called = target.rpartition(".")[2]
    bodies = [_body(index, d.path, d.line, d.depth) for d in index.definitions.get(name, [])]
    if bodies and verb.startswith(("call", "invoke", "use", "depend")):
        if any(re.search(rf"(?<![\w$]){re.escape(called)}(?![\w$])", body) for body in bodies):
            return Verdict.SUPPORTED, ""
        return Verdict.CONTRADICTED, f"{name} does not mention {called}"
    return imports.check(source, target)


def _body(index: Index, path: str, line: int, depth: int) -> str:
    """The lines below a definition that are indented deeper than it."""
    kept: list[str] = []
    for text in index.lines(path)[line:]:
        if text.strip() and len(text) - len(text.lstrip()) <= depth and text.strip()[0] not in ")}]":
            break
        kept.append(text)
    return "\n".join(kept)
