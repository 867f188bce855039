"""Languages by file name, and of a script without a suffix by its first line; anything else is text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_BY_NAME = {"Dockerfile": "Dockerfile", "Makefile": "Makefile", "CMakeLists.txt": "CMake", "justfile": "Just"}
_BY_SUFFIX = {
    ".py": "Python", ".pyi": "Python", ".js": "JavaScript", ".mjs": "JavaScript", ".cjs": "JavaScript",
    ".jsx": "JavaScript", ".ts": "TypeScript", ".mts": "TypeScript", ".cts": "TypeScript",
    ".tsx": "TypeScript", ".go": "Go", ".rs": "Rust", ".java": "Java", ".kt": "Kotlin", ".scala": "Scala",
    ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".cxx": "C++", ".hpp": "C++", ".cs": "C#",
    ".rb": "Ruby", ".php": "PHP", ".swift": "Swift", ".m": "Objective-C", ".lua": "Lua", ".pl": "Perl",
    ".r": "R", ".jl": "Julia", ".ex": "Elixir", ".exs": "Elixir", ".erl": "Erlang", ".hs": "Haskell",
    ".ml": "OCaml", ".clj": "Clojure", ".dart": "Dart", ".zig": "Zig", ".nim": "Nim", ".sh": "Shell",
    ".bash": "Shell", ".zsh": "Shell", ".fish": "Shell", ".ps1": "PowerShell", ".sql": "SQL",
    ".html": "HTML", ".htm": "HTML", ".css": "CSS", ".scss": "SCSS", ".less": "Less", ".vue": "Vue",
    ".svelte": "Svelte", ".tf": "Terraform", ".proto": "Protocol Buffers", ".graphql": "GraphQL",
    ".cmake": "CMake", ".vim": "Vim script", ".el": "Emacs Lisp", ".sol": "Solidity", ".cu": "CUDA",
}  # fmt: skip
_BY_PROGRAM = {
    "bash": "Shell", "dash": "Shell", "ksh": "Shell", "sh": "Shell", "zsh": "Shell", "node": "JavaScript",
    "perl": "Perl", "php": "PHP", "python": "Python", "ruby": "Ruby",
}  # fmt: skip
# `#!/usr/bin/env -S python3.11 -u`: the program without its version.
_PROGRAM = re.compile(rb"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-\S*[ \t]+)*(?:\S*/)?)?([a-z]+)[\d.]*(?:\s|$)")


def language_of(path: str, data: bytes = b"") -> str | None:
    """The programming language of the file `data` at `path`; None for prose, data and what is not known."""
    pure = PurePosixPath(path)
    named = _BY_NAME.get(pure.name) or _BY_SUFFIX.get(pure.suffix.lower())
    if named or pure.suffix or not (program := _PROGRAM.match(data[:200])):
        return named
    return _BY_PROGRAM.get(program[1].decode())
