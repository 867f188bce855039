"""Which licence a file holds, told by phrases that only its text has together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docgen.source.tree import SourceFile, Tree

_NAMES = (
    "LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE.rst", "LICENCE", "LICENCE.md", "LICENCE.txt", "COPYING",
    "COPYING.md", "COPYING.txt", "UNLICENSE", "LICENSE-APACHE", "LICENSE-MIT",
)  # fmt: skip


class _Licence(NamedTuple):
    """An SPDX identifier; its text, of at most `words` words, holds all of `says` and nothing of `lacks`."""

    spdx: str
    says: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    words: int = 400


_BSD = "redistribution and use in source and binary forms, with or without modification"
_ENDORSE = "endorse or promote products"
_ADVERTISING = "all advertising materials"
_FREE = "permission is hereby granted, free of charge, to any person obtaining a copy"
_NOTICE = "permission notice shall be included in all copies"
_PURPOSE = "distribute this software for any purpose"
_KEPT = "provided that the above copyright notice"
_GNU = 9000
_LICENCES = (
    _Licence("MIT", (_FREE, _NOTICE), ("except as contained in this notice",), 230),
    _Licence("ISC", (_PURPOSE, _KEPT), (), 200),
    _Licence("0BSD", (_PURPOSE,), (_KEPT,), 160),
    _Licence("BSD-2-Clause", (_BSD, "in binary form must reproduce"), (_ENDORSE, _ADVERTISING), 300),
    _Licence("BSD-3-Clause", (_BSD, "in binary form must reproduce", _ENDORSE), (_ADVERTISING,), 330),
    _Licence("Apache-2.0", ("apache license version 2.0, january 2004", "grant of patent"), (), 2200),
    _Licence("MPL-2.0", ("mozilla public license version 2.0", "secondary license"), (), 3200),
    _Licence("GPL-2.0", ("gnu general public license version 2, june 1991",), (), _GNU),
    _Licence("GPL-3.0", ("gnu general public license version 3, 29 june 2007",), (), _GNU),
    _Licence("LGPL-2.1", ("gnu lesser general public license version 2.1, february 1999",), (), _GNU),
    _Licence("LGPL-3.0", ("gnu lesser general public license version 3, 29 june 2007",), (), 1800),
    _Licence("AGPL-3.0", ("gnu affero general public license version 3, 19 november 2007",), (), _GNU),
    _Licence("Unlicense", ("free and unencumbered software released into the public domain",), (), 260),
    _Licence("CC0-1.0", ("cc0 1.0 universal", "statement of purpose"), (), 1400),
    _Licence("BSL-1.0", ("boost software license - version 1.0",), (), 300),
    _Licence("EPL-2.0", ("eclipse public license - v 2.0",), (), 2800),
    _Licence("Zlib", ("altered source versions must be plainly marked as such", "provided 'as-is'"), (), 220),
)


def read_licence(tree: Tree) -> tuple[str, str]:
    """The licence file, and its SPDX identifier; else its title, where its first line is one."""
    file = next((tree.files[name] for name in _NAMES if name in tree.files), None)
    return ("", "") if file is None else (file.path, licence_of(file.text) or _title(file))


def licence_of(text: str) -> str:
    """The identifier of the one licence that the text is; empty where it is none of them, or several."""
    plain = " ".join(text.lower().replace('"', "'").split())
    words = plain.count(" ") + 1
    found = [
        known.spdx
        for known in _LICENCES
        if words <= known.words
        and all(phrase in plain for phrase in known.says)
        and not any(phrase in plain for phrase in known.lacks)
    ]
    return found[0] if len(found) == 1 else ""


def _title(file: SourceFile) -> str:
    first = next((line.strip("# \t") for line in file.text.splitlines() if line.strip()), "")
    return first if "licen" in first.lower() and len(first) <= 60 else ""
