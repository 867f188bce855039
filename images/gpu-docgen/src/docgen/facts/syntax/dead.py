"""Text that no compiler ever sees, left out before anything is read of it."""

from __future__ import annotations

import re

_PREPROCESSED = frozenset({"C", "C#", "C++"})
_DIRECTIVE = re.compile(r"[ \t]*#[ \t]*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b[ \t]*(.*)")
_OPENS = frozenset({"if", "ifdef", "ifndef"})
_NEVER = re.compile(r"\(?\s*(?:0|false)\s*\)?\s*(?://.*|/\*.*)?")
_ALWAYS = re.compile(r"\(?\s*(?:1|true)\s*\)?\s*(?://.*|/\*.*)?")
# A constraint of Go that no build meets, before the package clause.
_NOT_BUILT = re.compile(r"(?:[ \t]*(?://[^\n]*)?\n)*?//(?:go:build|[ \t]*\+build)[ \t]+ignore[ \t]*\n")
_TEXT = re.compile(r"[^\s]")


def living(text: str, language: str) -> str:
    """The text with as many spaces where a literal condition closes it; lines keep their numbers."""
    if language == "Go" and _NOT_BUILT.match(text):
        return _blank(text)
    if language not in _PREPROCESSED or "#" not in text:
        return text
    # Of each open condition: whether this branch is dead, and whether all that follow are.
    stack: list[tuple[bool, bool]] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        directive = _DIRECTIVE.match(line) if "#" in line else None
        above = any(dead for dead, _ in (stack[:-1] if directive else stack))
        if directive is None:
            lines[number] = _blank(line) if above else line
            continue
        word, said = directive.groups()
        if word in _OPENS:
            above = any(dead for dead, _ in stack)
            stack.append((word == "if" and bool(_NEVER.fullmatch(said)), bool(_ALWAYS.fullmatch(said))))
        elif stack and word == "endif":
            stack.pop()
        elif stack:
            _, is_done = stack[-1]
            stack[-1] = (is_done or (word == "elif" and bool(_NEVER.fullmatch(said))), is_done)
        lines[number] = _blank(line) if above else line
    return "\n".join(lines)


def _blank(text: str) -> str:
    return _TEXT.sub(" ", text)
