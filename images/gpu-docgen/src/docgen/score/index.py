"""The repository as this package sees it: words, definitions and places, found lexically."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docgen.score.dead import compiled
from docgen.score.languages import LOOKS, PLAIN, SPELLINGS
from docgen.score.text import UNBRACKETED, bracketed, holds, squash, without_comments, without_strings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from docgen.deadline import Deadline
    from docgen.score.languages import Look
    from docgen.source.tree import SourceFile, Tree

# Prose proves nothing about code; it may be quoted all the same.
_PROSE = frozenset({".md", ".markdown", ".mdx", ".rst", ".adoc"})
_PROSE_NAMES = re.compile(r"^(?:changes|changelog|history|news|readme|authors|licen[cs]e)\b", re.IGNORECASE)
# What is beside the product: it may be named, but nobody has to document it.
_ASIDE = re.compile(
    r"(?:^|/)(?:tests?|testing|specs?|__tests__|examples?|samples?|docs?|benchmarks?|fixtures|\.[^/]+)/"
    r"|(?:^|/)(?:test_[^/]*|conftest|setup|noxfile)\.py$|[._](?:test|spec)\.\w+$|_test\.go$"
)
_TYPE = re.compile(r"\b(?:class|struct|interface|trait|enum|module|impl|namespace|record|type)\b")
# From a name to the bracket that opens its parameters.
_OPENING = re.compile(r"\s*(?:=\s*(?:async\s*)?(?:function\s*\w*\s*)?)?(?:[<\[][^()\n]{0,200}[>\]])?\(")
# What a line of a comment starts with.
_MARK = re.compile(r"^[ \t]*(?://[/!]?|#|\*(?!/))[ \t]?", re.MULTILINE)
_TOKEN = re.compile(r"-{0,2}[A-Za-z_$][\w$]*(?:-[\w$]+)*")


@dataclass(frozen=True)
class Definition:
    """Where a name is defined; `parameters` is the bracketed list as written, empty where there is none.

    `depth` is the indentation in characters; `is_inner` says that it is inside a function, `is_type` that
    it is a class or the like.
    """

    name: str
    parameters: str
    path: str
    line: int
    depth: int
    is_public: bool
    is_inner: bool
    is_type: bool


class Index:
    """All that statements are compared with."""

    def __init__(self, tree: Tree, scored: Collection[str], deadline: Deadline) -> None:
        own = {path: file for path, file in tree.files.items() if path not in scored}
        self.files = {path: compiled(file) for path, file in own.items() if not _is_prose(path)}
        self.prose = {path: file for path, file in own.items() if _is_prose(path)}
        self.present = tree.present | frozenset(tree.left_out)
        self.definitions: dict[str, list[Definition]] = {}
        self._deadline = deadline
        self._squashed: dict[str, tuple[str, str, str, str]] = {}
        self._wholes: dict[str, str] = {}
        self._code: dict[str, list[str]] = {}
        self._lines: dict[str, list[str]] = {}
        self._read()

    def _read(self) -> None:
        self.tokens: dict[str, int] = {}
        for path, file in self.files.items():
            self._deadline.check()
            for token in _tokens(file.text):
                self.tokens[token] = self.tokens.get(token, 0) + 1
            for definition in _definitions(path, file):
                self.definitions.setdefault(definition.name, []).append(definition)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file."""
        return frozenset(str(above) for path in self.present for above in PurePosixPath(path).parents)

    @cached_property
    def path_words(self) -> frozenset[str]:
        """Every part of every path, with and without its suffix."""
        parts = (part for path in self.present for part in PurePosixPath(path).parts)
        return frozenset(word for part in parts for word in (part, part.partition(".")[0]))

    @cached_property
    def everything(self) -> str:
        """All sources without white space, for what is more than one word."""
        return "\n".join(map(self._whole, self.files))

    @cached_property
    def _defined(self) -> dict[str, list[Definition]]:
        found: dict[str, list[Definition]] = {}
        for definition in (one for known in self.definitions.values() for one in known):
            found.setdefault(definition.path, []).append(definition)
        return found

    def defined(self, path: str) -> list[Definition]:
        """What a file defines."""
        return self._defined.get(path, [])

    def look(self, path: str) -> Look:
        """How the language of a source looks."""
        return look_of(self.files.get(path))

    def lines(self, path: str) -> list[str]:
        """The lines of a source; none for a file that is not one."""
        if path not in self._lines:
            file = self.files.get(path) or self.prose.get(path)
            self._lines[path] = file.text.split("\n") if file else []
        return self._lines[path]

    def window(self, path: str, line: int, before: int = 2, after: int = 12) -> str:
        """The text around a line, or the whole file for line 0."""
        lines = self.lines(path)
        return "\n".join(lines[max(0, line - 1 - before) : line + after] if line else lines)

    def code_window(self, path: str, line: int, before: int, after: int) -> str:
        """The text around a line without comments."""
        if path not in self._code:
            file = self.files.get(path)
            self._code[path] = without_comments(file.text, look_of(file)).split("\n") if file else []
        return "\n".join(self._code[path][max(0, line - 1 - before) : line + after])

    def squashed(self, path: str) -> tuple[str, str, str, str]:
        """The whole file squashed, without comments, without round brackets, and without their marks alone.

        Brackets around a type or a value mean nothing; printers add and drop them. An example in a
        comment has a mark on every line.
        """
        if path not in self._squashed:
            file = self.files.get(path) or self.prose.get(path)
            text = file.text if file else ""
            bare = squash(without_comments(text, look_of(file)))
            unmarked = squash(_MARK.sub("", text))
            self._squashed[path] = (self._whole(path), bare, bare.translate(UNBRACKETED), unmarked)
        return self._squashed[path]

    def _whole(self, path: str) -> str:
        if path not in self._wholes:
            file = self.files.get(path) or self.prose.get(path)
            self._wholes[path] = squash(file.text) if file else ""
        return self._wholes[path]

    def spellings(self, declared: str, paths: Iterable[str]) -> Iterator[str]:
        """A declaration squashed: as it is shown, and as it may stand in one of `paths` among others."""
        yield squash(declared)
        for pattern, instead, where in SPELLINGS:
            if pattern.search(declared) and any(where.search(self.window(path, 0)) for path in paths):
                yield squash(pattern.sub(instead, declared))

    def has(self, token: str) -> bool:
        """Whether one word is anywhere in the sources or is part of a path."""
        return token in self.tokens or token in self.path_words

    def says(self, text: str) -> bool:
        """Whether `text` stands in the sources, whatever its white space."""
        return holds(self.everything, squash(text))

    def exists(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        return path in self.present or path in self.folders


def look_of(file: SourceFile | None) -> Look:
    """How the file's language looks."""
    return LOOKS.get(file.language or "", PLAIN) if file else PLAIN


def is_aside(path: str) -> bool:
    """Whether a path is beside the product: tests, examples, settings."""
    return _ASIDE.search(path) is not None


def _is_prose(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix.lower() in _PROSE or _PROSE_NAMES.match(pure.name) is not None


def _tokens(text: str) -> set[str]:
    """Words, options with their dashes, variables with their sign, all also without, and parts of names."""
    found = set(_TOKEN.findall(text))
    found |= {part for token in found if "-" in token for part in token.strip("-").split("-")}
    found |= {token.lstrip("-$") for token in found if token.startswith(("-", "$"))}
    return found


def _definitions(path: str, file: SourceFile) -> Iterator[Definition]:
    """The definitions of a file in their order."""
    look = look_of(file)
    if not look.definitions:
        return
    text = without_strings(file.text, look)
    lines = without_comments(file.text, look).split("\n")
    matches = {match.start("name"): match for pattern in look.definitions for match in pattern.finditer(text)}
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    above: list[tuple[int, bool, bool]] = []
    for start in sorted(matches):
        line = bisect_right(starts, start)
        shown = lines[line - 1]
        depth = len(shown) - len(shown.lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        is_inner = any(is_function for _, is_function, _ in above)
        is_closed = look.encloses and any(not is_open for _, _, is_open in above)
        is_type = _TYPE.search(shown) is not None
        name = matches[start]["name"]
        is_public = not name.startswith("_") and look.public.search(shown) is not None
        above.append((depth, not is_type, is_public))
        parameters = _parameters(file.text, matches[start].end("name"))
        yield Definition(name, parameters, path, line, depth, is_public and not is_closed, is_inner, is_type)


def _parameters(text: str, end: int) -> str:
    """The bracketed list behind a name that ends at `end`."""
    start = _OPENING.match(text, end)
    return bracketed(text, start.end() - 1) if start else ""
