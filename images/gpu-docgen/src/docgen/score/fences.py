"""Code blocks: declarations and examples line by line, diagrams arrow by arrow, shells command by command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.score import relations
from docgen.score.commands import check_command
from docgen.score.model import Kind, Verdict
from docgen.score.text import UNBRACKETED, WORD, holds, squash
from docgen.score.trees import check_tree, is_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.score.imports import Imports
    from docgen.score.index import Index
    from docgen.score.model import Passage, Spot

Answer = tuple[Verdict, str]
_SUPPORTED: Final[Answer] = (Verdict.SUPPORTED, "")
_SHELLS = frozenset({"sh", "bash", "console", "shell", "zsh", "shell-session", "terminal"})
# Code blocks that hold text as it was typed.
PROSE: Final = frozenset({"", "text", "txt", "markdown", "md", "output", "none", "plain"})
_OPEN, _CLOSE = re.compile(r"[(\[{]"), re.compile(r"[)\]}]")
_STATEMENTS = re.compile(
    r"^\s*(?:async\s+)?(?:def|class|function|fn|func|pub|export|public|private|protected|static|interface|"
    r"struct|enum|trait|type|impl|module|const|abstract|final|declare)\b"
)
# A value that an example gives a name of its own, whatever else is called so.
_BINDING = re.compile(r"^\s*const\b[^=]*=(?!>)")
_IMPORT = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+\(?([\w, ]+)\)?\s*$")


def check_fence(
    index: Index, imports: Imports, passage: Passage, spots: Sequence[Spot]
) -> Iterator[tuple[int, Kind, str, Answer]]:
    """Line within the block, kind, text and answer of every statement in a code block."""
    if passage.language == "mermaid":
        for at, source, target in relations.arrows(passage.text):
            yield at, Kind.RELATION, f"{source} → {target}", imports.check(source, target)
        return
    if passage.language in _SHELLS | PROSE:
        yield from check_tree(index, passage.text)
    if passage.language in _SHELLS:
        for at, line in _shell_lines(passage.text):
            yield at, Kind.COMMAND, line, check_command(index, line)
    elif passage.language in PROSE:
        yield from _quoted(index, passage.text, spots)
    else:
        yield from _code(index, passage.text, spots)


def _shell_lines(text: str) -> Iterator[tuple[int, str]]:
    """The commands of a block; where some have a prompt the rest is output."""
    lines = text.split("\n")
    has_prompt = any(line.lstrip().startswith("$ ") for line in lines)
    for at, line in enumerate(lines):
        command = line.strip()
        if (
            command
            and not command.startswith("#")
            and not is_entry(line)
            and (command.startswith("$ ") or not has_prompt)
        ):
            yield at, command


def _code(index: Index, text: str, spots: Sequence[Spot]) -> Iterator[tuple[int, Kind, str, Answer]]:
    """Each logical line: what a place is given for has to stand there, an example only has to fit."""
    paths = list(dict.fromkeys(spot.path for spot in spots if index.lines(spot.path)))
    for at, line in _logical(text):
        declared = re.sub(r"\s*(?::|\{|=>|[;,]|\.\.\.)\s*$", "", line.strip())
        if not any(map(str.isalpha, declared)):
            continue
        spelled = list(index.spellings(declared, paths))
        standing = any(_stands(index, path, text) for path in paths for text in spelled)
        if standing or (not paths and index.says(declared)):
            yield at, Kind.SIGNATURE, declared, _SUPPORTED
        elif _STATEMENTS.match(line) and (paths or not (_BINDING.match(line) or _is_example(index, line))):
            yield at, Kind.SIGNATURE, declared, _mismatch(index, declared, paths)
        elif paths:
            yield at, Kind.VALUE, declared, (Verdict.CONTRADICTED, f"{paths[0]} does not say so")
        else:
            yield from ((at, Kind.SYMBOL, name, answer) for name, answer in _imported(index, line))


def _quoted(index: Index, text: str, spots: Sequence[Spot]) -> Iterator[tuple[int, Kind, str, Answer]]:
    """Text as it was typed: where most lines stand in the file, it is a quotation and so are the others."""
    lines = [(at, line) for at, line in enumerate(text.split("\n")) if any(map(str.isalnum, line))]
    paths = dict.fromkeys(spot.path for spot in spots if index.lines(spot.path))
    for path in paths:
        standing = [_stands(index, path, squash(line)) for _, line in lines]
        if sum(standing) * 2 <= len(lines):
            continue
        known = frozenset(WORD.findall(index.window(path, 0)))
        for (at, line), stands in zip(lines, standing, strict=True):
            missing = [] if stands else [word for word in WORD.findall(line) if word not in known]
            if stands or missing:
                wrong = (Verdict.CONTRADICTED, f"{path} has no {', '.join(missing)}")
                yield at, Kind.VALUE, line.strip(), _SUPPORTED if stands else wrong


def _stands(index: Index, path: str, squashed: str) -> bool:
    whole, bare, unbracketed, unmarked = index.squashed(path)
    cut = squashed.removesuffix("…")
    if cut != squashed:
        return cut in whole or cut in bare
    if holds(unbracketed, squashed.translate(UNBRACKETED)):
        return True
    return any(holds(text, squashed) for text in (whole, bare, unmarked))


def _is_example(index: Index, line: str) -> bool:
    """Whether a line declares something of the reader's own."""
    names = re.findall(r"\b[A-Za-z_]\w*", line)
    return not any(name in index.definitions for name in names)


def _mismatch(index: Index, declared: str, paths: Sequence[str]) -> Answer:
    names = [name for name in re.findall(r"[A-Za-z_$][\w$]*", declared) if name in index.definitions]
    if not names:
        return Verdict.CONTRADICTED, "no source declares it"
    known = index.definitions[names[0]]
    best = next((one for one in known if one.path in paths), known[0])
    return Verdict.CONTRADICTED, f"{best.path}:{best.line} has {best.name}{' '.join(best.parameters.split())}"


def _imported(index: Index, line: str) -> Iterator[tuple[str, Answer]]:
    """Names that an example imports from the repository's own packages."""
    match = _IMPORT.match(line)
    if not match or match[1].partition(".")[0] not in index.path_words:
        return
    for name in re.findall(r"\w+", match[2].split(" as ")[0]):
        yield name, _SUPPORTED if index.has(name) else (Verdict.CONTRADICTED, f"no source has {name}")


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Lines, joined while brackets are open."""
    start, depth, kept = 0, 0, ""
    for at, line in enumerate(text.split("\n")):
        if not kept:
            start = at
        kept += line + "\n"
        depth += len(_OPEN.findall(line)) - len(_CLOSE.findall(line))
        if depth <= 0 or line.rstrip().endswith("{"):
            yield start, kept
            depth, kept = 0, ""
    if kept:
        yield start, kept
