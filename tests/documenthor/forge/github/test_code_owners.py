"""CODEOWNERS by GitHub's rules."""

from __future__ import annotations

import time

import pytest
from documenthor.forge.github.code_owners import Owners, owners


@pytest.mark.parametrize(
    ("pattern", "path", "covers"),
    [
        ("*", "README.md", True),
        ("*", "docs/a/b.md", True),
        ("*.md", "docs/a/b.md", True),
        ("*.txt", "docs/a/b.md", False),
        ("README.md", "docs/README.md", True),
        ("/README.md", "docs/README.md", False),
        ("/README.md", "README.md", True),
        ("docs", "docs/a.md", True),
        ("docs", "src/docs/a.md", True),
        ("docs/", "docs/a.md", True),
        ("docs/", "src/docs/a.md", True),
        ("/docs/", "src/docs/a.md", False),
        ("/docs/", "docs/a/b.md", True),
        ("docs/", "docs", False),
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/a/b.md", False),
        ("docs/*", "src/docs/a.md", False),
        ("docs/**", "docs/a/b.md", True),
        ("docs/**", "docs", False),
        ("**/docs", "src/docs/a.md", True),
        ("**/docs", "docs/a.md", True),
        ("docs/**/b.md", "docs/b.md", True),
        ("docs/**/b.md", "docs/x/y/b.md", True),
        ("docs/a", "docs/a/b/c.md", True),
        ("docs/*.md", "docs/a.md", True),
        ("docs/?.md", "docs/a.md", True),
        ("docs/?.md", "docs/ab.md", False),
        ("Docs/", "docs/a.md", False),
    ],
)
def test_a_pattern_covers_what_it_does_on_github(pattern: str, path: str, covers: bool) -> None:
    found = owners(f"{pattern} @ada\n".encode(), "acme", [path])
    assert (found.users == {"ada"}) is covers


def test_the_last_line_that_matches_decides_even_without_owners() -> None:
    content = b"* @ada\n/docs/ @bob @acme/docs # the writers\n/docs/api.md\n"
    assert owners(content, "acme", ["README.md"]).users == {"ada"}
    assert owners(content, "acme", ["docs/x.md"]).users == {"bob"}
    assert owners(content, "ACME", ["docs/x.md"]).teams == {"docs"}
    assert owners(content, "acme", ["docs/api.md"]).users == frozenset()
    both = owners(content, "acme", ["README.md", "docs/x.md"])
    assert both == Owners(frozenset({"ada", "bob"}), frozenset({"docs"}))


@pytest.mark.parametrize(
    "line", ["!*.md @eve", "[a-z].md @eve", r"\#x.md @eve", "# * @eve", "* eve", "* a@b.c"]
)
def test_what_github_does_not_read_names_nobody(line: str) -> None:
    found = owners(f"* @ada\n{line}\n".encode(), "acme", ["a.md"])
    assert "eve" not in found.users
    assert not found.teams


@pytest.mark.parametrize(
    "word", ["@acme", "@-eve", "@a/b/c", "@other/team", "@" + "x" * 60, "@eve;rm", "@e\u202eve"]
)
def test_only_names_that_can_be_ones_are_asked(word: str) -> None:
    found = owners(f"* {word}\n".encode(), "acme", ["a.md"])
    assert found.users <= {"acme"}
    assert not found.teams


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00\n",
        b"*" * 10_000 + b" @eve\n",
        b"* @ada\n" * 100_000,
        ("/".join(["**"] * 60) + "/x @eve\n").encode() * 50,
        ("*a" * 80 + " @eve\n").encode() * 200,
        b"x" * (3 * 1024 * 1024 + 1),
    ],
)
def test_a_hostile_file_takes_no_time(content: bytes) -> None:
    started = time.process_time()
    owners(content, "acme", ["docs/" + "a" * 150 + ".md"])
    assert time.process_time() - started < 3
