"""`llms.txt` with a title and sections of links; `AGENTS.md` with facts alone, and only when asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.contract import DEFAULT_PAGES, Options, Page, splice

from tests.docgen.support import PACKAGE, Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

_ENTRY = re.compile(r"- \[[^\]]+\]\([^()\s]+\)(?:: \S.*)?")


def test_the_form_of_llms_txt(tmp_path: Path) -> None:
    guides: Files = {"docs/a.md": "```sh\n# no title\n```\n", "docs/use.md": "Text\n\n# How to [use] it\n"}
    bundle = bundle_of(tmp_path, {**PACKAGE, **guides})
    (block,) = (block for block in bundle.blocks if block.path == "llms.txt")
    lines = splice(b"", [block]).decode().split("\n")
    assert lines[1:4] == ["# widget", "", "> Turns widgets."]
    sections = [line for line in lines if line.startswith("#")]
    assert sections == ["# widget", "## Documentation", "## Reference", "## Guides"]
    entries = [line for line in lines if line.startswith("-")]
    assert all(_ENTRY.fullmatch(line.replace(r"\[", "").replace(r"\]", "")) for line in entries)
    assert entries[0] == "- [README](README.md): what it is and how to start"
    assert "- [widget](docs/reference/widget.md): Widgets, turned." in entries
    assert entries[-1] == r"- [How to \[use\] it](docs/use.md)"


def test_llms_txt_leads_only_to_what_is_there(tmp_path: Path) -> None:
    alone = pages(bundle_of(tmp_path / "a", {**PACKAGE, "docs/x.md": "# X\n"}, Options(pages=(Page.LLMS,))))
    assert set(alone) == {"llms.txt"}
    assert re.findall(r"\]\((.*?)\)", alone["llms.txt"]) == ["README.md", "docs/x.md"]
    assert pages(bundle_of(tmp_path / "b", {"a.txt": "x\n"}, Options(pages=(Page.LLMS,)))) == {}


def test_a_persons_llms_txt_keeps_its_title(tmp_path: Path) -> None:
    found = pages(bundle_of(tmp_path, {**PACKAGE, "llms.txt": "# Widget\n\n> By a person.\n"}))
    assert found["llms.txt"].startswith("## Documentation\n")


def test_instructions_to_programs_are_asked_for(tmp_path: Path) -> None:
    assert Page.AGENTS not in DEFAULT_PAGES
    assert set(DEFAULT_PAGES) == set(Page) - {Page.AGENTS}
    assert "AGENTS.md" not in pages(bundle_of(tmp_path, PACKAGE))


def test_agents_md_holds_facts_with_their_source(tmp_path: Path) -> None:
    files: Files = {**PACKAGE, "CONTRIBUTING.md": "# C\n", ".editorconfig": "root = true\n"}
    bundle = bundle_of(tmp_path, files, Options(pages=(Page.AGENTS,)))
    body = pages(bundle)["AGENTS.md"]
    assert body.startswith("# Working on widget\n\n> Turns widgets.\n")
    for expected in (
        "needs Python >=3.11",
        "| `pip install .` | installs it from a checkout | [pyproject.toml](pyproject.toml) |",
        "| `make test` | Run the tests | [Makefile](Makefile) |",
        "| `make lint` | `ruff check .` | [Makefile](Makefile) |",
        "| [.editorconfig](.editorconfig) |",
        "| [CONTRIBUTING.md](CONTRIBUTING.md) | how to contribute |",
        "| [src/](src) |",
    ):
        assert expected in body
    assert {claim.subject for claim in bundle.claims} == {"make test", "make lint", "pytest"}


def test_agents_md_is_not_written_without_facts(tmp_path: Path) -> None:
    assert pages(bundle_of(tmp_path, {"a.py": "X = 1\n"}, Options(pages=(Page.AGENTS,)))) == {}


def test_a_persons_agents_md_gets_a_section(tmp_path: Path) -> None:
    files: Files = {**PACKAGE, "AGENTS.md": "# Rules\n"}
    found = pages(bundle_of(tmp_path, files, Options(pages=(Page.AGENTS,))))
    assert found["AGENTS.md"].startswith("## Working on widget\n")
    assert "\n### Commands\n" in found["AGENTS.md"]
