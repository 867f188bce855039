"""What stands on the pages, and where the pages go."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from docgen.contract import Options, Page

from tests.docgen.support import PACKAGE, Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

# A screen, less the two markers.
MAX_LINES = 38

ALL = {
    "README.md",
    "docs/ARCHITECTURE.md",
    "docs/configuration.md",
    "docs/reference/README.md",
    "docs/reference/widget.md",
    "llms.txt",
}


def test_the_reference_makes_room_for_one_that_is_spelled_otherwise(tmp_path: Path) -> None:
    found = pages(bundle_of(tmp_path, {**PACKAGE, "docs/Reference/a.md": "# A\n"}))
    assert {"docs/api-reference/README.md", "docs/api-reference/widget.md"} <= found.keys()
    assert "docs/api-reference/README.md" in found["README.md"]
    assert not any(path.startswith("docs/reference/") for path in found)


def test_no_page_leaves_out_a_level_of_headings(tmp_path: Path) -> None:
    files: Files = {
        **PACKAGE,
        "src/widget/__init__.py": '"""Widgets."""\n\n\ndef turn() -> None:\n    """Turn."""\n',
    }
    written = pages(bundle_of(tmp_path, files))
    assert "\n## `turn`\n" in written["docs/reference/widget.md"]
    for path, page in written.items():
        levels = [len(mark) for mark in re.findall(r"^(#+) ", page, re.MULTILINE)]
        assert all(below <= above + 1 for above, below in pairwise(levels)), path


def test_the_readme_block_fits_on_a_screen_and_says_how_to_start(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, PACKAGE))["README.md"]
    assert body.startswith("## At a glance\n")
    assert len(body.split("\n")) <= MAX_LINES
    for expected in (
        "> Turns widgets.",
        "needs Python >=3.11",
        "licence: [MIT License](LICENSE)",
        "From a checkout:\n\n```sh\npip install .  # install it\n",
        "\nwidget         # starts widget.cli:main\nmake test      # run the tests\n```\n",
        "| `make test` | Run the tests | [Makefile](Makefile) |",
        "[src/](src) | `widget`: Widgets, turned. |",
        "(docs/ARCHITECTURE.md)",
    ):
        assert expected in body


def test_the_readme_block_of_a_large_repository_fits_on_a_screen_too(tmp_path: Path) -> None:
    names = [f"tool{number}" for number in range(30)]
    files: Files = {
        **PACKAGE,
        "pyproject.toml": str(PACKAGE["pyproject.toml"]).replace(
            'widget = "widget.cli:main"', "\n".join(f'{name} = "widget.cli:main"' for name in names)
        ),
        "requirements.txt": "pytest\n",
        "Makefile": "".join(f"{name}:\n\techo\n" for name in ("test", "build", "lint", "run", "docs", "dev")),
        **{f"{name}/x.txt": "x\n" for name in names},
    }
    body = pages(bundle_of(tmp_path, files))["README.md"]
    assert len(body.rstrip().split("\n")) == MAX_LINES
    assert "pip install -r requirements.txt  # install what the tests need\nmake test" in body
    assert "| `make test` |" in body
    assert "| [src/](src) |" in body, "the product comes before other folders"
    assert "\n| 26 more |  |\n" in body


def test_programs_of_inner_projects_are_not_what_the_root_installs(tmp_path: Path) -> None:
    inner = '[project]\nname = "inner"\n[project.scripts]\ninner-tool = "inner:main"\n'
    found = pages(bundle_of(tmp_path, {**PACKAGE, "inner/pyproject.toml": inner}))
    assert "inner-tool" not in found["README.md"]
    assert "inner-tool" in found["docs/configuration.md"]


def test_nothing_is_said_of_installing_without_a_manifest(tmp_path: Path) -> None:
    found = pages(bundle_of(tmp_path, {"tool.py": "def run(): ...\n"}))
    assert "nstall" not in "".join(found.values())
    assert "docs/configuration.md" not in found


def test_a_page_of_its_own_has_a_title_and_a_guest_has_not(tmp_path: Path) -> None:
    alone = pages(bundle_of(tmp_path / "a", {**PACKAGE, "README.md": ""}))
    assert alone["README.md"].startswith("# widget\n")
    assert alone["docs/ARCHITECTURE.md"].startswith("# Architecture of widget\n")
    guest = pages(bundle_of(tmp_path / "b", {**PACKAGE, "docs/architecture.md": "# Ours\n"}))
    assert guest["docs/architecture.md"].startswith("## Architecture of widget\n")
    assert "\n### Components\n" in guest["docs/architecture.md"]


def test_architecture(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, PACKAGE))["docs/ARCHITECTURE.md"]
    assert '  n0["widget"]\n  n1["widget._core"]\n  n2["widget.cli"]\n' in body
    assert '  n0 -->|"Turner"| n1\n  n2 -->|"Turner"| n0\n' in body
    assert "| `widget` | `widget.cli:main` | [pyproject.toml](../pyproject.toml) |" in body
    assert "| `httpx` | `>=0.27` | [pyproject.toml](../pyproject.toml) |" in body


def test_configuration(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, PACKAGE))["docs/configuration.md"]
    assert "| `WIDGET_LEVEL` | `'info'` | [src/widget/_core.py](../src/widget/_core.py) |" in body
    assert "| `--angle` | how far | [src/widget/cli.py](../src/widget/cli.py) |" in body


def test_reference_tells_of_a_private_definition_where_it_is_public(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, PACKAGE))["docs/reference/widget.md"]
    assert "## `Turner`" in body
    assert "def turn(self, angle: float = 90.0) -> bool" in body
    assert "Turn it by `angle` degrees." in body
    assert "[src/widget/_core.py](../../src/widget/_core.py)" in body
    assert "widget._core`" not in body


def test_a_name_is_told_of_once_and_listed_elsewhere(tmp_path: Path) -> None:
    files: Files = {
        "p/__init__.py": "from p.public import A\nfrom p._private import *\n__all__ = ['A', 'B']\n",
        "p/public.py": "class A: ...\n",
        "p/_private.py": "class B: ...\nclass C: ...\n",
    }
    body = pages(bundle_of(tmp_path, files))["docs/reference/p.md"]
    assert body.count("class A") == body.count("class B") == 1
    assert "- `A` of `p.public`" in body
    assert "class C" not in body


def test_a_package_is_introduced_by_its_docstring(tmp_path: Path) -> None:
    files: Files = {
        "p/__init__.py": '"""Does it."""\n',
        "p/m.py": "def f(): ...\n",
        "q/__init__.py": '"""Q."""\n',
    }
    found = pages(bundle_of(tmp_path, files))
    assert "| [p](p.md) | Does it. | 1 |" in found["docs/reference/README.md"]
    assert "Does it." in found["docs/reference/p.md"]
    assert "docs/reference/q.md" not in found, "a page without a single name is no reference"


@pytest.mark.parametrize(
    ("extra", "where"),
    [
        ({}, "README.md"),
        ({"README.md": "# W\n"}, "README.md"),
        ({"ReadMe.MD": "# W\n"}, "ReadMe.MD"),
        ({"README.rst": "W\n"}, "docs/README.md"),
        ({"README": "W\n"}, "docs/README.md"),
        ({"README.rst": "W\n", "README.md": "# W\n"}, "README.md"),
        ({"README.rst": "W\n", "docs/readme.md": "# W\n"}, "docs/readme.md"),
        ({"README.md": "# W\n", "readme.md": "# w\n"}, "docs/README.md"),
    ],
)
def test_where_the_overview_goes(tmp_path: Path, extra: Files, where: str) -> None:
    files = {path: text for path, text in PACKAGE.items() if path != "README.md"}
    found = pages(bundle_of(tmp_path, {**files, **extra}))
    assert {path for path in found if path.lower().endswith("readme.md")} == {
        where,
        "docs/reference/README.md",
    }


@pytest.mark.parametrize(
    ("extra", "lost"),
    [
        ({}, set()),
        ({"docs": "a file"}, {path for path in ALL if path.startswith("docs")}),
        ({"Docs/x.md": "# X\n"}, {path for path in ALL if path.startswith("docs")}),
        ({"docs/ARCHITECTURE.md/x.txt": "x"}, {"docs/ARCHITECTURE.md"}),
    ],
)
def test_pages_give_way_to_what_cannot_hold_them(tmp_path: Path, extra: Files, lost: set[str]) -> None:
    assert set(pages(bundle_of(tmp_path, {**PACKAGE, **extra}))) == ALL - lost


@pytest.mark.parametrize("page", list(Page))
def test_only_the_pages_that_are_wanted(tmp_path: Path, page: Page) -> None:
    files = {**PACKAGE, "docs/guide.md": "# Guide\n"}
    found = pages(bundle_of(tmp_path, files, Options(pages=(page,))))
    assert found
    assert all(page.value in path.lower() for path in found)
    others = [name for name in ("ARCHITECTURE.md", "configuration.md") if page.value not in name.lower()]
    assert not [name for name in others if name in "".join(found.values())]


def test_what_is_excluded_is_not_read(tmp_path: Path) -> None:
    found = pages(bundle_of(tmp_path, PACKAGE, Options(exclude=("src/**", "Makefile"))))
    assert "Turner" not in "".join(found.values())
    assert "make" not in "".join(found.values())


def test_a_large_package_is_divided_and_stays_within_bounds(tmp_path: Path) -> None:
    files: Files = {"p/__init__.py": ""}
    for number in range(4):
        functions = (f'def f{n}(x: int) -> int:\n    """{"Word " * 40}"""\n' for n in range(300))
        files[f"p/m{number}.py"] = "\n".join(functions)
    found = pages(bundle_of(tmp_path, files))
    assert {f"docs/reference/p.m{number}.md" for number in range(4)} <= set(found)
    huge: Files = {"q/__init__.py": "\n".join(f'def f{n}():\n    """{"W " * 500}"""\n' for n in range(400))}
    body = pages(bundle_of(tmp_path / "q", huge))["docs/reference/q.md"]
    assert len(body.encode()) <= 200_000
    assert body.rstrip().endswith("The page ends here because of its size; the source has the rest.")
