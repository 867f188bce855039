"""Our own commit never changes what is read: a second run yields the same blocks, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.support import PACKAGE, Files, commit, fetch_and_generate, git, make_repository, publish

if TYPE_CHECKING:
    from pathlib import Path


def without(*paths: str, **more: str | bytes) -> Files:
    """The sample package without `paths` and with `more` (`README_md` for `README.md`)."""
    kept = {path: content for path, content in PACKAGE.items() if path not in paths}
    return kept | {name.replace("__", "/").replace("_md", ".md"): text for name, text in more.items()}


REPOSITORIES: dict[str, Files] = {
    "package": PACKAGE,
    "no readme": without("README.md"),
    "empty readme": without(README_md=""),
    "blank readme": without(README_md="\n\n  \n"),
    "readme without a final newline": without(README_md="# Widget"),
    "readme with windows newlines": without(README_md="# Widget\r\n\r\nText.\r\n"),
    "readme with trailing blank lines": without(README_md="# Widget\n\n\n\n"),
    "readme with a byte order mark": without(README_md=b"\xef\xbb\xbf# Widget\n"),
    "readme in another case": without("README.md") | {"Readme.md": "# Widget\n"},
    "readme in another format": without("README.md") | {"README.rst": "Widget\n======\n"},
    "readme that is not utf-8": without(README_md=b"# W\xefdget\n"),
    "readme that quotes a marker": without(README_md="Use `<!-- documenthor:start readme -->`.\n"),
    "human pages in the way": without(
        docs__ARCHITECTURE_md="# Ours\n\nText.\n",
        docs__reference__README_md="# Reference\n",
        docs__configuration_md="x",
    ),
    "human page in another case": without() | {"docs/architecture.md": "# Ours\n"},
    "empty human page": without(docs__ARCHITECTURE_md=""),
    "documentation folder": without() | {"docs/guide.md": "# Guide\n", "docs/conf.py": "X = 1\n"},
    "mkdocs": without()
    | {"mkdocs.yml": "nav:\n  - Home: index.md\n\n# Ours.\nsite_name: W\n", "docs/index.md": "# W\n"},
    "sphinx": without()
    | {
        "docs/conf.py": 'extensions = ["myst_parser"]\n',
        "docs/index.rst": "W\n=\n\n.. toctree::\n   :glob:\n\n   *\n",
    },
    "sphinx without markdown": without() | {"docs/conf.py": "", "docs/index.rst": "W\n=\n"},
    "human llms.txt": without() | {"llms.txt": "# Widget\n\n> By a person.\n"},
    "readme just below the size limit": without(README_md="# Widget\n" + "text\n" * 199_990),
    "only a readme": {"README.md": "# Nothing else\n"},
    "only an empty readme": {"README.md": ""},
    "only binaries": {"a.bin": b"\0\1\2", "b.png": b"\x89PNG\0"},
    "one script": {"tool.py": '"""A tool."""\n\n\ndef run() -> None:\n    """Run."""\n'},
    "script beside markdown": {"scripts/tool.py": "def run(): ...\n", "scripts/notes.md": "# Notes\n"},
    "javascript": {
        "package.json": '{"name": "w", "scripts": {"test": "mocha"}, "bin": "cli.js"}\n',
        "cli.js": "const l = require('./lib/l')\nconsole.log(process.env.W_LEVEL || 'info')\n",
        "lib/l.js": "module.exports = 1\n",
    },
    "docs that is a file": without() | {"docs": "not a folder\n"},
    "reference of people in capitals": without() | {"docs/Reference/a.md": "# A\n"},
    "documentation folder in capitals": without() | {"Docs/guide.md": "# Guide\n"},
}


@pytest.mark.parametrize("name", REPOSITORIES)
def test_a_second_run_changes_nothing(tmp_path: Path, name: str) -> None:
    source = tmp_path / "source"
    first = make_repository(source, REPOSITORIES[name])
    before = fetch_and_generate(source, first, tmp_path / "first")
    second = publish(source, before)
    after = fetch_and_generate(source, second, tmp_path / "second")
    assert after.blocks == before.blocks
    assert after.claims == before.claims
    publish(source, after)
    assert git(source, "diff", "--stat", second, "HEAD") == ""


@pytest.mark.parametrize("name", ["package", "no readme", "javascript", "one script"])
def test_the_source_does_change_it(tmp_path: Path, name: str) -> None:
    source = tmp_path / "source"
    before = fetch_and_generate(source, make_repository(source, REPOSITORIES[name]), tmp_path / "first")
    publish(source, before)
    more: Files = {"newtool.py": "def added() -> None:\n    ...\n", "extra/thing.js": "require('../cli')\n"}
    after = fetch_and_generate(source, commit(source, more), tmp_path / "second")
    assert {block.rests_on for block in after.blocks} != {block.rests_on for block in before.blocks}


@pytest.mark.parametrize("name", ["package", "javascript"])
def test_the_same_tree_gives_the_same_bundle(tmp_path: Path, name: str) -> None:
    commit_id = make_repository(tmp_path / "source", REPOSITORIES[name])
    one = fetch_and_generate(tmp_path / "source", commit_id, tmp_path / "one")
    two = fetch_and_generate(tmp_path / "source", commit_id, tmp_path / "two")
    assert one.model_copy(update={"usage": two.usage}) == two


@pytest.mark.parametrize(
    ("settings", "changed"),
    [
        (
            "language: de\n",
            {"readme", "architecture", "configuration", "llms"}
            | {"reference-index", "reference", "module-widget-cli"},
        ),
        ("templates: {readme: {footer: Ask us.}}\n", {"readme"}),
    ],
)
def test_settings_alone_change_the_blocks_that_they_are_about(
    tmp_path: Path, settings: str, changed: set[str]
) -> None:
    source = tmp_path / "source"
    before = fetch_and_generate(source, make_repository(source, PACKAGE), tmp_path / "first")
    publish(source, before)
    after = fetch_and_generate(source, commit(source, {".documenthor.yml": settings}), tmp_path / "second")
    digests = {block.rests_on for block in before.blocks}
    assert {block.name for block in after.blocks if block.rests_on not in digests} == changed
    again = fetch_and_generate(source, publish(source, after), tmp_path / "third")
    assert again.blocks == after.blocks
