"""After a commit only the blocks whose facts changed are written; all others keep every byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from docgen.build import build
from docgen.contract.markers import HTML, spans
from docgen.contract.renewal import renewed
from docgen.deadline import Deadline
from docgen.source.tree import read_tree

from tests.docgen.support import PACKAGE, Files, job_spec, write

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.contract import Block, Bundle

HOME = "https://github.com/acme/widget"
CORE = "src/widget/_core.py"
_PERMANENT = re.compile(rf"\[(?:\\.|[^\]\\])*\]\({HOME}/blob/([0-9a-f]{{40}})/([^()#]+)#L(\d+)\)")


def bundle_at(folder: Path, files: Files, commit: str = "1" * 40, url: str = HOME) -> Bundle:
    """The bundle of a folder with `files`, as of a commit of a repository at `url`."""
    write(folder, files)
    spec = job_spec(url, commit)
    return build(spec, read_tree(folder, spec.options, Deadline(60)), Deadline(60))[0]


def published(before: dict[str, bytes], bundle: Bundle) -> dict[str, bytes]:
    """The pages after the bundle was put into those that were there."""
    wanted: dict[str, list[Block]] = {path: [] for path in before}
    for block in bundle.blocks:
        wanted.setdefault(block.path, []).append(block)
    after = {
        path: renewed(before.get(path, b""), path, blocks, bundle.commit) for path, blocks in wanted.items()
    }
    return {path: content for path, content in after.items() if content is not None}


def blocks_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The bytes of every block by its name, and for another package's page its path as well."""
    return {
        name if path in SAMPLE else f"{path} {name}": text[span.start : span.end]
        for path, text in files.items()
        for name, span in spans(text, HTML).items()
    }


def rewritten(before: Bundle, after: Bundle) -> set[str]:
    """The blocks whose bytes change when `after` is published, those that come and go included."""
    old = published({}, before)
    was, now = blocks_of(old), blocks_of(published(old, after))
    return {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}


def changed(path: str, old: str, new: str) -> Files:
    """The sample package with another text in one of its files."""
    text = PACKAGE[path]
    assert isinstance(text, str)
    assert old in text
    return {**PACKAGE, path: text.replace(old, new)}


SAMPLE = {
    "README.md",
    "docs/ARCHITECTURE.md",
    "docs/configuration.md",
    "docs/reference/README.md",
    "docs/reference/widget.md",
    "llms.txt",
}
URLS = [HOME, "https://forge.example.org/acme/widget", "/srv/forge/widget"]


@pytest.mark.parametrize("url", URLS)
def test_code_that_only_moves_rewrites_nothing(tmp_path: Path, url: str) -> None:
    before = bundle_at(tmp_path / "a", PACKAGE, url=url)
    files: Files = {
        path: f"\n\n\n{text}" if path.endswith(".py") and isinstance(text, str) else text
        for path, text in PACKAGE.items()
    }
    files["pyproject.toml"] = f"\n{PACKAGE['pyproject.toml']!s}"
    after = bundle_at(tmp_path / "b", files, "2" * 40, url)
    assert {claim.line for claim in before.claims} != {claim.line for claim in after.claims}
    assert rewritten(before, after) == set()


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    ("files", "blocks"),
    [
        (changed(CORE, "return bool(angle)", "return not angle"), set()),
        (changed(CORE, "90.0", "45.0"), {"reference"}),
        (changed(CORE, "Turns one widget.", "Turns a widget."), {"reference"}),
        (changed("src/widget/cli.py", "Start.", "Start it."), {"module-widget-cli"}),
        (changed(CORE, '"info"', '"warn"'), {"configuration"}),
        (changed("Makefile", "Run the tests", "Run all tests"), {"readme", "configuration"}),
        (changed("README.md", "Written by a person.", "Written by two."), set()),
        (
            changed("pyproject.toml", "httpx>=0.27", "httpx>=0.28"),
            {"architecture", "configuration"},
        ),
    ],
)
def test_only_what_rests_on_a_change_is_rewritten(
    tmp_path: Path, url: str, files: Files, blocks: set[str]
) -> None:
    before = bundle_at(tmp_path / "a", PACKAGE, url=url)
    assert rewritten(before, bundle_at(tmp_path / "b", files, "2" * 40, url)) == blocks


def test_a_new_package_leaves_the_pages_of_others_alone(tmp_path: Path) -> None:
    before = bundle_at(tmp_path / "a", PACKAGE)
    more: Files = {"src/gadget/__init__.py": '"""Gadgets."""\n\n\ndef go() -> None:\n    """Go."""\n'}
    after = rewritten(before, bundle_at(tmp_path / "b", PACKAGE | more, "2" * 40))
    assert {"docs/reference/gadget.md reference", "reference-index", "architecture", "llms"} <= after
    assert after.isdisjoint({"reference", "module-widget-cli", "configuration"})


def test_links_to_lines_lead_to_the_commit(tmp_path: Path) -> None:
    bundle = bundle_at(tmp_path, PACKAGE, "a" * 40)
    found = [match for block in bundle.blocks for match in _PERMANENT.findall(block.body)]
    assert len(found) > 8
    for commit, path, line in found:
        assert commit == "a" * 40
        assert (tmp_path / unquote(path)).read_text().split("\n")[int(line) - 1].strip()
    page = next(block.body for block in bundle.blocks if block.path == "docs/reference/widget.md")
    assert f"[{CORE}:8]({HOME}/blob/{'a' * 40}/{CORE}#L8)" in page


@pytest.mark.parametrize("url", URLS[1:])
def test_without_permanent_addresses_links_lead_to_files(tmp_path: Path, url: str) -> None:
    bundle = bundle_at(tmp_path, PACKAGE, url=url)
    text = "".join(block.body for block in bundle.blocks)
    assert not re.search(r"#L\d|:\d+\]|\]\(http", text)
    assert f"](../../{CORE})" in text


def test_a_file_that_reads_a_variable_twice_is_linked_once(tmp_path: Path) -> None:
    twice = f"{PACKAGE[CORE]!s}\nOTHER = os.environ.get('WIDGET_LEVEL')\n"
    local = bundle_at(tmp_path, {**PACKAGE, CORE: twice}, url="/srv/widget")
    page = next(block.body for block in local.blocks if block.path == "docs/configuration.md")
    assert page.count(f"](../{CORE}) |") == 1
    hosted = bundle_at(tmp_path, {**PACKAGE, CORE: twice})
    page = next(block.body for block in hosted.blocks if block.path == "docs/configuration.md")
    assert page.count(f"/{CORE}#L") == 2


def test_another_home_rewrites_the_links(tmp_path: Path) -> None:
    before = bundle_at(tmp_path, PACKAGE)
    moved = bundle_at(tmp_path, PACKAGE, url="https://github.com/other/widget")
    assert {"reference", "module-widget-cli"} <= rewritten(before, moved)
