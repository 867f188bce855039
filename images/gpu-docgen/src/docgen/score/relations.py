"""Who imports or calls whom: arrows of diagrams and sentences, against the sources' own lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.score.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.score.imports import Imports
    from docgen.score.index import Index

Answer = tuple[Verdict, str]
_NODE = re.compile(r"^\s*(?P<id>\w+)\s*[\[({]+\"?(?P<label>.*?)\"?[\])}]+\s*$")
_ARROW = re.compile(
    r"^\s*(?P<source>\w+)\s*(?:--|==|-\.)[-=.]*(?:\s[^-=>|]*(?:--|==|\.-))?>\s*"
    r"(?:\|(?P<label>[^|]*)\|\s*)?(?P<target>\w+)\s*$"
)
# An arrow without a label, or with one like this in whatever language, says that one imports the other.
_IMPORTS = re.compile(r"^$|^\W*import\w*(?:\W+\d+)?\W*$", re.IGNORECASE)
_ENTITY = re.compile(r"#(\d{1,6});")
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
