"""Parts of a page come, change and go on their own; notes between them stay, and so do all other bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract.markers import HTML, spans

from tests.docgen.support import Files, bundle_of, make_repository, publish, renewed_pages
from tests.docgen.test_increments import bundle_at, published

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/reference/tool.md"
MODULE = (
    '"""The {0}."""\n\nLIMIT = 1\n\n\ndef {0}() -> None:\n    """Run {0}."""\n\n\n'
    'def stop() -> None:\n    """Stop."""\n'
)


def tool(*modules: str, more: Files | None = None) -> Files:
    """A package of these modules."""
    files: Files = {f"tool/{name}.py": MODULE.format(name) for name in modules}
    start: Files = {"pyproject.toml": '[project]\nname = "tool"\n', "tool/__init__.py": '"""Tools."""\n'}
    return {**start, **files, **(more or {})}


def at(folder: Path, files: Files, before: dict[str, bytes], commit: str) -> dict[str, bytes]:
    """The pages after a commit that has these files."""
    return published(before, bundle_at(folder, files, commit * 40))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("beta",), ("alpha", "beta", "gamma")),
        (("alpha", "gamma"), ("alpha", "beta", "gamma")),
        (("alpha", "beta", "gamma"), ("alpha", "gamma")),
        (("alpha", "beta", "gamma"), ("beta",)),
        (("alpha",), ("beta",)),
    ],
)
def test_modules_come_and_go_where_a_rebuild_has_them(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    before = at(tmp_path / "a", tool(*first), {}, "1")
    after = at(tmp_path / "b", tool(*second), before, "2")[PAGE].decode()
    rebuilt = at(tmp_path / "b", tool(*second), {}, "1")[PAGE].decode()
    assert after.replace("2" * 40, "1" * 40) == rebuilt
    was, now = (spans(text, HTML) for text in (before[PAGE], after.encode()))
    for name in set(first) & set(second):
        old, new = was[f"module-tool-{name}"], now[f"module-tool-{name}"]
        assert before[PAGE][old.start : old.end] == after.encode()[new.start : new.end]


def test_one_changed_function_leaves_every_other_line(tmp_path: Path) -> None:
    first = tool("alpha", "beta")
    before = at(tmp_path / "a", first, {}, "1")
    second = {**first, "tool/alpha.py": "\n\n" + MODULE.format("alpha").replace("Run alpha.", "Run it.")}
    after = at(tmp_path / "b", second, before, "2")
    assert {path for path in after if after[path] != before[path]} == {PAGE}
    pairs = zip(before[PAGE].decode().split("\n"), after[PAGE].decode().split("\n"), strict=True)
    changed = [new for old, new in pairs if old != new]
    assert [line.split("rests-on")[0][:45] for line in changed] == [
        "<!-- documenthor:start module-tool-alpha ",
        "Run it.",
        "Source: [tool/alpha.py:8](https://github.com/",
    ]


def test_a_note_between_the_parts_stays_where_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "tool"
    make_repository(folder, tool("alpha", "beta"))
    publish(folder, bundle_of(folder, {}))
    page = folder / PAGE
    text = page.read_text().replace(
        "\n<!-- documenthor:start module-tool-beta", "\nMind beta.\n\n<!-- documenthor:start module-tool-beta"
    )
    page.write_text(text)
    again = bundle_of(folder, {})
    assert again.obsolete == ()
    assert renewed_pages(folder, again)[PAGE] == text.encode()
    publish(folder, bundle_of(folder, {"tool/beta.py": MODULE.format("beta").replace("Stop.", "Halt.")}))
    assert (
        page.read_text().partition("start module-tool-beta")[0] == text.partition("start module-tool-beta")[0]
    )
    assert "Halt." in page.read_text()
    assert "\n\nMind beta.\n\n<!-- documenthor:start module-tool-beta" in page.read_text()
    (folder / "tool/beta.py").unlink()
    publish(folder, bundle_of(folder, {}))
    assert page.read_text().endswith("<!-- documenthor:end module-tool-alpha -->\n\nMind beta.\n")


def test_a_page_that_nothing_is_left_of_is_obsolete(tmp_path: Path) -> None:
    folder = tmp_path / "tool"
    gadget: Files = {"gadget/__init__.py": '"""Gadgets."""\n\n\ndef go() -> None:\n    """Go."""\n'}
    make_repository(folder, tool("alpha", more=gadget))
    publish(folder, bundle_of(folder, {}))
    assert (folder / "docs/reference/gadget.md").exists()
    (folder / "gadget/__init__.py").unlink()
    bundle = bundle_of(folder, {})
    assert bundle.obsolete == ("docs/reference/gadget.md",)
    publish(folder, bundle)
    assert not (folder / "docs/reference/gadget.md").exists()
    assert bundle_of(folder, {}).obsolete == ()
    assert "gadget" not in (folder / "llms.txt").read_text()


def test_a_page_of_a_persons_is_never_obsolete(tmp_path: Path) -> None:
    guide = "Markers look like this:\n\n<!-- documenthor:start x -->\n"
    folder = tmp_path / "tool"
    make_repository(folder, tool("alpha", more={"docs/guide.md": "# Guide\n", "docs/odd.md": guide}))
    assert bundle_of(folder, {}).obsolete == ()


def test_two_modules_of_one_name_share_a_block(tmp_path: Path) -> None:
    more: Files = {"other/tool/__init__.py": "", "other/tool/alpha.py": MODULE.format("omega")}
    bundle = bundle_of(tmp_path, tool("alpha", more=more))
    names = [(block.path, block.name) for block in bundle.blocks]
    assert len(set(names)) == len(names)
    assert not bundle.findings


@pytest.mark.parametrize("name", ["Straße", "x" * 90, "a.b", "a_b"])
def test_names_of_blocks_are_within_bounds(tmp_path: Path, name: str) -> None:
    files: Files = {
        f"lib/{name}.js": "/** Says. */\nexport function go() {}\n",
        "lib/z.js": "/** Z. */\nexport function z() {}\n",
    }
    bundle = bundle_of(tmp_path, {"package.json": '{"name": "x", "exports": "./lib/z.js"}', **files})
    assert not bundle.findings
    assert all(len(block.name) <= 64 for block in bundle.blocks)


def test_more_parts_than_may_be_published_are_pages_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.sealing.MAX_BLOCKS", 6)
    bundle = bundle_of(tmp_path, tool("alpha", "beta", "gamma"))
    assert [block.name for block in bundle.blocks if block.path == PAGE] == ["reference"]
    assert not bundle.findings


def test_a_footer_is_no_part_of_the_last_module(tmp_path: Path) -> None:
    settings = "templates: {reference: {footer: Ask us.}}\n"
    bundle = bundle_of(tmp_path, tool("alpha", more={".documenthor.yml": settings}))
    assert [block.name for block in bundle.blocks if block.path == PAGE] == [
        "reference",
        "module-tool-alpha",
        "end",
    ]
    assert next(block.body for block in bundle.blocks if block.name == "end") == "Ask us.\n"
