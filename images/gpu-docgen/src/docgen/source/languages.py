"""Languages by file name; anything else is text without a language."""

from __future__ import annotations

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


def language_of(path: str) -> str | None:
    """The programming language of `path`; None for prose, data and what is not known."""
    pure = PurePosixPath(path)
    return _BY_NAME.get(pure.name) or _BY_SUFFIX.get(pure.suffix.lower())
