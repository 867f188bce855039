"""Whether those who use a repository can reach a definition: by the file that it stands in."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docgen.score.index import is_aside
from docgen.score.text import WORD, bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.score.index import Definition, Index

_RUN_BY_TOOLS = frozenset({"setup.py", "conftest.py", "noxfile.py", "gulpfile.js", "index.d.ts"})
_PUBLIC_MODULE = re.compile(r"^\s*pub\s+mod\s+(\w+)", re.MULTILINE)
_PUBLIC_USE = re.compile(r"^\s*pub\s+use\s+([^;]+);", re.MULTILINE)
_HIDDEN_MODULE = re.compile(r"#\[doc\(hidden\)\]\s*(?:#\[[^\]]*\]\s*)*pub\s+mod\s+\w+\s*(?=\{)")
_ROOTS = frozenset({"lib.rs", "main.rs"})
_LONGEST = 100_000
_C_FAMILY = frozenset({"C", "C++"})
_HEADERS = (".h", ".hh", ".hpp", ".hxx")


class Offered:
    """The definitions of one repository that others can reach, by what its languages hide."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __contains__(self, definition: Definition) -> bool:
        path = definition.path
        name = PurePosixPath(path).name
        # What is run by its name alone is there to be run, not to be read by other code.
        if definition.is_inner or is_aside(path) or name in _RUN_BY_TOOLS or "." not in name:
            return False
        language = self._index.files[path].language
        if language in _C_FAMILY:
            return not self._interface or path in self._interface
        if language == "Rust":
            return self._is_open(path) or definition.name in self._used or self._is_member(definition)
        return not _is_hidden(path) or definition.name in self._exported

    @cached_property
    def _exported(self) -> frozenset[str]:
        """What packages of Python re-export from modules whose names start with an underscore."""
        return frozenset(word for text in self._texts("__init__.py") for word in WORD.findall(text))

    @cached_property
    def _crates(self) -> list[str]:
        """The sources of Rust without the modules that are kept from readers."""
        return [_without_hidden(text) for text in self._texts(".rs")]

    @cached_property
    def _used(self) -> frozenset[str]:
        """What Rust re-exports, whatever module it is from."""
        uses = (use for text in self._crates for use in _PUBLIC_USE.findall(text))
        return frozenset(word for use in uses for word in WORD.findall(use))

    @cached_property
    def _modules(self) -> frozenset[str]:
        """The names of the modules of Rust that are public or re-exported as a whole."""
        names = frozenset(name for text in self._crates for name in _PUBLIC_MODULE.findall(text))
        uses = (use for text in self._crates for use in _PUBLIC_USE.findall(text) if "*" in use)
        return names | {word for use in uses for word in WORD.findall(use)}

    def _is_open(self, path: str) -> bool:
        *_, folder, name = ("", *PurePosixPath(path).parts)
        return name in _ROOTS or (folder if name == "mod.rs" else name.removesuffix(".rs")) in self._modules

    def _is_member(self, definition: Definition) -> bool:
        """Whether it stands in a block, in a file that has a type which is re-exported."""
        known = self._index.defined(definition.path)
        return bool(definition.depth) and any(one.is_type and one.name in self._used for one in known)

    @cached_property
    def _interface(self) -> frozenset[str]:
        """The headers of C and C++, those below `include` where there are some."""
        headers = frozenset(path for path in self._product() if path.endswith(_HEADERS))
        return frozenset(path for path in headers if "include" in path.split("/")[:-1]) or headers

    def _product(self) -> Iterator[str]:
        return (path for path in self._index.files if not is_aside(path))

    def _texts(self, ending: str) -> Iterator[str]:
        """The sources of the product whose path has this end."""
        return (self._index.files[path].text for path in self._product() if path.endswith(ending))


def _without_hidden(text: str) -> str:
    for match in reversed(list(_HIDDEN_MODULE.finditer(text))):
        body = bracketed(text, match.end(), _LONGEST)
        text = text[: match.start()] + text[match.end() + len(body) :]
    return text


def _is_hidden(path: str) -> bool:
    return any(part.startswith("_") and not part.startswith("__") for part in PurePosixPath(path).parts)
