"""`CMakeLists.txt` at the root: the project's name and how it is built."""

from __future__ import annotations

import re

from docgen.facts.model import Command, Manifest, Place

_PROJECT = re.compile(r"^[ \t]*project\s*\(\s*([\w.+-]+)([^()]*)\)", re.IGNORECASE | re.MULTILINE)
_SAYS = re.compile(r'\bDESCRIPTION\s+"([^"$\\]+)"')
_TESTS = re.compile(r"^[ \t]*(?:enable_testing\s*\(|include\s*\(\s*CTest\b)", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"#\[(=*)\[.*?\]\1\]|#[^\n]*", re.DOTALL)


def read_cmake(path: str, source: str) -> Manifest | None:
    """The project; None below the root, for those are built along, and where it declares no project."""
    code = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    project = _PROJECT.search(code)
    if "/" in path or project is None:
        return None
    place = Place(path, code.count("\n", 0, project.start(1)) + 1)
    commands = [
        Command("cmake -S . -B build", "setup", "", place),
        Command("cmake --build build", "build", "", place),
    ]
    if tests := _TESTS.search(code):
        place = Place(path, code.count("\n", 0, tests.start()) + 1)
        commands.append(Command("ctest --test-dir build", "test", "", place))
    says = _SAYS.search(project[2])
    return Manifest(path, "cmake", project[1], says[1] if says else "", commands=tuple(commands))
