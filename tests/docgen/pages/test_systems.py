"""Which documentation system is found, and where the pages go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.build import build
from docgen.contract import JobSpec, Options, Page
from docgen.deadline import Deadline
from docgen.facts.model import Facts
from docgen.pages.joining import fitted
from docgen.pages.site import Draft, Site
from docgen.pages.systems import System, find_home
from docgen.pages.toctree import covers, globs
from docgen.source.tree import read_tree

from tests.docgen.pages.test_systems_build import SYSTEMS
from tests.docgen.support import PACKAGE, Files, bundle_of, job_spec, pages, write

if TYPE_CHECKING:
    from pathlib import Path

GLOB = "X\n=\n\n.. toctree::\n   :glob:\n\n   *\n"
DOCUSAURUS = "website/docusaurus.config.ts"
MYST = 'extensions = ["myst_parser"]\n'


@pytest.mark.parametrize(
    ("files", "folder", "system"),
    [
        ({}, "docs", None),
        ({"docs/guide.md": "# G\n"}, "docs", None),
        ({"mkdocs.yml": "site_name: X\n"}, "docs", System.MKDOCS),
        ({"mkdocs.yaml": "docs_dir: 'documentation'  # here\n"}, "documentation", System.MKDOCS),
        ({"mkdocs.yml": "docs_dir: ./docs/en/\n"}, "docs/en", System.MKDOCS),
        ({"mkdocs.yml": "docs_dir: src\n"}, "docs", None),
        ({"mkdocs.yml": "docs_dir: .\n"}, "", None),
        ({"mkdocs.yml": "docs_dir: ../docs\n"}, "docs", None),
        ({"mkdocs.yml": "validation:\n  nav:\n    omitted_files: warn\n"}, "documentation", None),
        ({"docs/mkdocs.yml": "site_name: X\n"}, "docs", None),
        ({"docs/conf.py": MYST, "docs/index.rst": GLOB}, "docs", System.SPHINX),
        ({"docs/conf.py": MYST, "docs/index.md": "```{toctree}\n:glob:\n*\n```\n"}, "docs", System.SPHINX),
        ({"docs/conf.py": "", "docs/index.rst": GLOB}, "documentation", None),
        ({"docs/conf.py": MYST, "docs/index.rst": "X\n"}, "documentation", None),
        ({"docs/source/conf.py": "", "docs/source/index.rst": "X\n"}, "docs", None),
        ({"docs/source/conf.py": MYST, "docs/source/index.rst": GLOB}, "docs/source", System.SPHINX),
        ({"src/conf.py": "", "docs/index.rst": "X\n"}, "docs", None),
        ({"conf.py": "", "index.rst": "X\n"}, "", None),
        ({"docusaurus.config.js": "", "docs/a.md": "# A\n"}, "docs", System.DOCUSAURUS),
        (
            {"website/docusaurus.config.ts": "", "website/docs/a.mdx": "# A\n"},
            "website/docs",
            System.DOCUSAURUS,
        ),
        (
            {"website/docusaurus.config.ts": "path: '../docs'", "docs/a.md": "# A\n"},
            "docs",
            System.DOCUSAURUS,
        ),
        ({"docs/docusaurus.config.js": "", "docs/docs/a.md": "# A\n"}, "docs/docs", System.DOCUSAURUS),
        ({"site/docusaurus.config.js": "", "site/docs/a.md": "# A\n"}, "docs", None),
        ({"docs/.vitepress/config.mts": ""}, "docs", System.VITEPRESS),
        ({".vitepress/config.js": ""}, "docs", System.VITEPRESS),
        ({".vitepress/config.js": "srcDir: './docs'"}, "docs", System.VITEPRESS),
        ({".vitepress/config.js": "srcDir: where()"}, "", None),
        ({"docs/.vitepress/config/index.ts": "srcDir: 'src'"}, "docs/src", System.VITEPRESS),
        ({"website/.vitepress/config.ts": ""}, "docs", None),
    ],
)
def test_where_the_pages_go(tmp_path: Path, files: Files, folder: str, system: System | None) -> None:
    write(tmp_path, files)
    home = find_home(read_tree(tmp_path, Options(), Deadline(60)))
    assert (home.folder, home.system) == (folder, system)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "docusaurus",
            {"README.md", "llms.txt", "website/docs/ARCHITECTURE.md", "website/docs/configuration.md"},
        ),
        ("vitepress", {"README.md", "llms.txt", "docs/ARCHITECTURE.md", "docs/configuration.md"}),
    ],
)
def test_pages_go_to_the_folder_of_the_system(name: str, expected: set[str]) -> None:
    spec = job_spec(str(SYSTEMS / name))
    bundle = build(spec, read_tree(SYSTEMS / name, spec.options, Deadline(60)), Deadline(60))[0]
    found = pages(bundle)
    assert set(found) == {"README.md", "llms.txt", *expected}
    (architecture,) = (text for path, text in found.items() if path.endswith("ARCHITECTURE.md"))
    assert "&#123;small&#125; bodies" in architecture
    assert "](../" not in architecture
    assert "| `src/` |" in architecture
    assert 'n0["environment#58; ORBIT_LEVEL"]' in architecture


def test_the_reference_starts_where_the_system_looks(tmp_path: Path) -> None:
    files: Files = {**PACKAGE, "docs/.vitepress/config.mts": ""}
    assert "docs/reference/index.md" in pages(bundle_of(tmp_path / "a", files))
    files = {**PACKAGE, "mkdocs.yml": "site_name: X\n", "docs/reference/index.md": "# Mine\n"}
    found = pages(bundle_of(tmp_path / "b", files))
    assert "docs/reference/modules.md" in found
    assert "docs/reference/README.md" not in found


def test_without_a_place_the_readme_is_all_there_is(tmp_path: Path) -> None:
    found = pages(bundle_of(tmp_path, {**PACKAGE, "mkdocs.yml": "docs_dir: .\n"}))
    assert set(found) == {"README.md", "llms.txt"}
    assert "ARCHITECTURE" not in found["README.md"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://github.com/acme/widget.git",
            f"https://github.com/acme/widget/blob/{'0' * 40}/pyproject.toml#L14",
        ),
        ("https://gitlab.com/a/b/c", f"https://gitlab.com/a/b/c/-/blob/{'0' * 40}/pyproject.toml#L14"),
        ("https://forge.example/acme/widget.git", ""),
        ("https://github.com/acme/wid)get", ""),
        ("https://github.com@evil.example/acme/widget", ""),
        ("http://github.com/acme/widget", ""),
        ("/srv/git/widget.git", ""),
    ],
)
def test_the_source_is_linked_to_where_the_forge_shows_it(tmp_path: Path, url: str, expected: str) -> None:
    write(tmp_path, {**PACKAGE, "mkdocs.yml": "site_name: X\n"})
    spec: JobSpec = job_spec(url)
    bundle = build(spec, read_tree(tmp_path, spec.options, Deadline(60)), Deadline(60))[0]
    shown = f"[pyproject.toml:14]({expected})" if expected else "`pyproject.toml`"
    assert f"| `widget.cli:main` | {shown} |" in pages(bundle)["docs/ARCHITECTURE.md"]
    assert "[pyproject.toml](pyproject.toml)" in pages(bundle)["README.md"], "a README is read on the forge"


BODY = r"""See `[x](../y.py)`, ``a ` [b](../c)`` and \[z](../z.py), {not} code.

[src/y.py:3](../src/y.py#L3) [y](../src/y.py) [src/](../src) [`a[0]`](../a.py) [a\_b](<../q>)
[other](other.md) [guide](guide.md#part) [gone](gone.md) [web](https://example.org/x) [here](#here)

````text
[a](../b.py) {c}
```
[d](../e.py)
````
[f](../g.py) [by \@someone {z}](../g.py) [{x} `{y}`](other.md)
"""
FITTED = r"""See `[x](../y.py)`, ``a ` [b](../c)`` and \[z](../z.py), &#123;not&#125; code.

`src/y.py:3` y `src/` `a[0]` a_b
[other](other.md) [guide](guide.md#part) gone [web](https://example.org/x) [here](#here)

````text
[a](../b.py) {c}
```
[d](../e.py)
````
f by `@someone` &#123;z&#125; [&#123;x&#125; `{y}`](other.md)
"""


def test_sphinx_gets_code_that_it_need_not_understand(tmp_path: Path) -> None:
    write(tmp_path, {"docs/conf.py": MYST, "docs/index.rst": GLOB})
    site = Site(Facts("r"), read_tree(tmp_path, Options(), Deadline(60)))
    draft = Draft(Page.README, "docs/x.md", "b", "````json\n{bad\n```\n````\n")
    assert fitted(site, [draft])[0].body == "````text\n{bad\n```\n````\n"


def test_only_links_that_the_system_can_follow_stay(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: X\n", "docs/guide.md": "# G\n", "src/y.py": ""})
    site = Site(Facts("r"), read_tree(tmp_path, Options(), Deadline(60)))
    drafts = [
        Draft(Page.README, path, "b", body) for path, body in (("docs/x.md", BODY), ("docs/other.md", ""))
    ]
    assert fitted(site, drafts)[0].body == FITTED
    outside = Draft(Page.README, "README.md", "b", BODY)
    assert fitted(site, [outside]) == [outside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. toctree::\n   :glob:\n\n   a\n   b/*\n\nText *here*\n", ("b/*",)),
        (".. toctree::\n\n   *\n", ()),
        ("````{toctree}\n:glob: \n\n*\n````\n", ("*",)),
        (".. toctree::", ()),
        ("", ()),
    ],
)
def test_globs_of_a_table_of_contents(text: str, expected: tuple[str, ...]) -> None:
    assert globs(text) == expected


def test_what_a_glob_finds() -> None:
    assert covers(("*",), "a")
    assert not covers(("*",), "a/b")
    assert covers(("a/*",), "a/b")
    assert covers(("**",), "a/b/c")
    assert not covers(("a.c",), "abc")
