"""Documentation systems are joined: their own strict builds pass with our pages in them."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docgen.cli import main

from tests.docgen.support import write
from tests.docgen.test_hostile import SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

SYSTEMS = Path(__file__).parents[2] / "fixtures" / "docs_systems"


def documented(tmp_path: Path, name: str, changed: Mapping[str, str] | None = None) -> Path:
    """A fixture with the pages in it; `changed` replaces files."""
    folder = tmp_path / name
    shutil.copytree(SYSTEMS / name, folder)
    write(folder, changed or {})
    generate(folder)
    return folder


def generate(folder: Path) -> None:
    """Write the pages into the fixture itself."""
    assert main([str(folder), "--out", str(folder)]) == 0


def build(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a builder of the test's own environment on one of our fixtures."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True
    )


def mkdocs(folder: Path) -> subprocess.CompletedProcess[str]:
    """MkDocs, to which every warning is an error."""
    return build(folder, "mkdocs", "build", "--strict", "--site-dir", str(folder.parent / "site"))


def sphinx(folder: Path, source: str = "docs") -> subprocess.CompletedProcess[str]:
    """Sphinx, to which every warning is an error."""
    return build(folder, "sphinx", "-W", "--keep-going", "-n", source, str(folder.parent / "site"))


def assert_passed(done: subprocess.CompletedProcess[str]) -> None:
    """Show what the builder said where it failed."""
    assert done.returncode == 0, done.stdout + done.stderr


def assert_site(tmp_path: Path, *expected: str) -> None:
    """The site has these pages, with what they say."""
    for path in expected:
        assert (tmp_path / "site" / path).is_file(), path


def test_mkdocs_builds_our_pages_and_lists_them(tmp_path: Path) -> None:
    folder = documented(tmp_path, "mkdocs")
    before, after = (SYSTEMS / "mkdocs/mkdocs.yml").read_text(), (folder / "mkdocs.yml").read_text()
    start, end = after.index("  # documenthor:start nav"), after.index("# documenthor:end nav\n") + 22
    assert after[:start] + after[end:] == before
    assert_passed(mkdocs(folder))
    assert_site(tmp_path, "ARCHITECTURE/index.html", "reference/index.html", "reference/orbit/index.html")
    home = (tmp_path / "site/index.html").read_text()
    assert all(f'href="{page}/"' in home for page in ("ARCHITECTURE", "configuration", "reference", "guide"))
    shown = html.unescape((tmp_path / "site/reference/orbit/index.html").read_text())
    assert "{{ curly }}" in shown


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    for name in ("mkdocs", "sphinx", "docusaurus", "vitepress"):
        folder = documented(tmp_path, name)
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        generate(folder)
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_mkdocs_would_refuse_a_link_to_the_source(tmp_path: Path) -> None:
    folder = documented(tmp_path, "mkdocs")
    page = folder / "docs/ARCHITECTURE.md"
    page.write_text(page.read_text() + "\n[source](../src/orbit/body.py)\n")
    assert mkdocs(folder).returncode != 0


LISTED = "site_name: Orbit\nnav:\n- index.md\n- guide.md\n"
GONE = None


@pytest.mark.parametrize(
    "changed",
    [
        {"mkdocs.yml": "site_name: Orbit\n"},
        {"mkdocs.yml": "site_name: Orbit\nnav: [index.md, guide.md]\n"},
        {"mkdocs.yml": LISTED.rstrip()},
        {"mkdocs.yml": LISTED + "- configuration.md\n", "docs/configuration.md": "# Ours\n"},
        {"mkdocs.yml": LISTED + "validation:\n  omitted_files: warn\n"},
        {"docs/reference/index.md": "# Written by a person\n"},
        {"mkdocs.yml": "site_name: Orbit\n", "docs/index.md": GONE, "docs/README.md": "# By a person\n"},
        {"src/orbit/index.py": '"""A module called index."""\n\nX = 1\n'},
        {"README.md": GONE, "README.rst": "Orbit\n=====\n"},
    ],
    ids=["no nav", "flow", "flush", "listed", "omitted", "index", "readme", "module", "overview"],
)
def test_other_repositories_with_mkdocs(tmp_path: Path, changed: dict[str, str | None]) -> None:
    folder = tmp_path / "mkdocs"
    shutil.copytree(SYSTEMS / "mkdocs", folder)
    for path in [path for path, text in changed.items() if text is GONE]:
        (folder / path).unlink()
    write(folder, {path: text for path, text in changed.items() if text is not None})
    assert_passed(mkdocs(folder))
    generate(folder)
    assert_passed(mkdocs(folder))
    assert (tmp_path / "site/ARCHITECTURE/index.html").exists() == ("omitted" not in str(changed))


def test_sphinx_builds_our_pages_and_finds_them(tmp_path: Path) -> None:
    folder = documented(tmp_path, "sphinx")
    assert_passed(sphinx(folder))
    assert_site(
        tmp_path, "ARCHITECTURE.html", "overview.html", "reference/README.html", "reference/orbit.html"
    )
    assert 'href="ARCHITECTURE.html"' in (tmp_path / "site/index.html").read_text()
    assert "{func}" in (tmp_path / "site/reference/orbit.html").read_text()


INDEX, BARE = "docs/index.rst", "Orbit\n=====\n"


@pytest.mark.parametrize(
    ("changed", "home"),
    [
        ({"docs/conf.py": "", INDEX: BARE}, "documentation"),
        ({INDEX: f"{BARE}\n.. toctree::\n\n   guide\n"}, "documentation"),
        ({INDEX: f"{BARE}\n.. toctree::\n   :glob:\n\n   **\n"}, "docs"),
        ({INDEX: f"{BARE}\n.. toctree::\n   :glob:\n\n   *\n   reference/*\n"}, "docs"),
    ],
    ids=["no myst", "no glob", "everything", "reference"],
)
def test_other_repositories_with_sphinx(tmp_path: Path, changed: dict[str, str], home: str) -> None:
    folder = documented(tmp_path, "sphinx", changed)
    assert (folder / home / "ARCHITECTURE.md").is_file()
    assert_passed(sphinx(folder))


@pytest.mark.parametrize("source", ["docstrings", "manifests", "names", "broken python"])
def test_hostile_sources_break_no_build(tmp_path: Path, source: str) -> None:
    for name, builder in (("mkdocs", mkdocs), ("sphinx", sphinx)):
        folder = tmp_path / name / name
        shutil.copytree(SYSTEMS / name, folder)
        write(folder, SOURCES[source])
        generate(folder)
        assert_passed(builder(folder))


def test_sphinx_would_refuse_code_that_is_not_what_it_says(tmp_path: Path) -> None:
    folder = documented(tmp_path, "sphinx")
    write(folder, {"docs/code.md": "# Code\n\n```json\n{bad\n```\n"})
    assert "code.md" in sphinx(folder).stderr


def test_sphinx_would_refuse_a_page_that_nothing_lists(tmp_path: Path) -> None:
    folder = documented(tmp_path, "sphinx")
    write(folder, {"docs/reference/lost.md": "# Lost\n"})
    assert "lost.md" in sphinx(folder).stderr
