"""C and C++ with macros that stand where a declaration or statement does, which no grammar can read.

`Q_PROPERTY(int a READ b)` on lines of its own and without a semicolon may be anything to a parser, which then
loses what is around it. It is blanked, so that all else stays where it is.
"""

from __future__ import annotations

import re

# Nothing of a call but its name in capitals tells it from one.
_USED = re.compile(
    r"^(?P<used>[ \t]*[A-Z][A-Z0-9_]{2,80}[ \t]*\((?:[^()\n;{}]|\([^()\n;{}]{0,300}\)){0,300}+\))"
    r"[ \t]*(?=//|/\*|\r?$)",
    re.MULTILINE,
)
# What stands before it ends something, and what follows does not go on with it.
_ENDED = re.compile(r"(?:[{};:]|\*/|^[ \t]*#[^\n]*|^[ \t]*//[^\n]*|\A)\s*\Z", re.MULTILINE)
_GOES_ON = re.compile(r"\s*(?:[-+*/%=<>&|^?:;,.){\[\"']|\bconst\b|\boverride\b|\bnoexcept\b)")
_COMMENT = re.compile(r"\s*(?://[^\n]*|/\*.{0,2000}?\*/)", re.DOTALL)
_FAR = 400


def without_macros(text: str) -> str:
    """The text, of the same length, without the macros that stand alone."""
    parts: list[str] = []
    end = 0
    for used in _USED.finditer(text):
        before = "".join((*parts[-1:], text[end : used.start()]))[-_FAR:]
        if _ENDED.search(before) and not _goes_on(text, used.end()):
            parts += [text[end : used.start()], " " * len(used["used"].encode(errors="replace"))]
            end = used.end("used")
    return "".join((*parts, text[end:]))


def _goes_on(text: str, at: int) -> bool:
    while comment := _COMMENT.match(text, at):
        at = comment.end()
    return _GOES_ON.match(text, at) is not None
