"""The repository remembers what a model wrote: nothing is asked twice, and nothing old stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.contract import BRANCH, Bundle, Envelope

from tests.docgen.claims.support import SHOP
from tests.docgen.prose.support import PROMPTS, Night, answering, nights, script_of
from tests.docgen.support import Files, git, main_of, make_repository, publish
from tests.docgen.test_hostile_model import LIES, spec_for, writer
from tests.fakes.model_server import Answer, ModelServer, reply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.model_server import Asked


def changed(path: str, old: str, new: str) -> Files:
    """The shop with another text in one of its files."""
    text = SHOP[path]
    assert isinstance(text, str)
    assert old in text
    return {path: text.replace(old, new)}


URLS = ["https://github.com/acme/shop", "/srv/forge/shop"]


@pytest.mark.parametrize("url", URLS)
def test_an_unchanged_repository_costs_nothing(tmp_path: Path, url: str) -> None:
    first, second, third = nights(tmp_path, [{}, {}, {}], url=url)
    assert first.bundle.sentences["kept"] > 6
    assert first.bundle.sentences["rewritten"] > 0
    for later in (second, third):
        assert later.asked == []
        assert later.bundle.usage.prompt_tokens == later.bundle.usage.reply_tokens == 0
        assert later.bundle.usage.remembered == first.bundle.usage.prompts > 4
        assert later.rewritten == set()
        stood = first.bundle.sentences["kept"] + first.bundle.sentences["rewritten"]
        assert later.bundle.sentences == {"remembered": stood}
        assert {claim.verdict for claim in later.bundle.claims} == {"holds"}
        assert set(later.bundle.claims) == {c for c in first.bundle.claims if c.verdict == "holds"}


@pytest.mark.parametrize("url", URLS)
def test_code_that_only_moves_costs_nothing(tmp_path: Path, url: str) -> None:
    moved: Files = {path: f"\n\n{text!s}" for path, text in SHOP.items() if path.endswith("prices.py")}
    _, second = nights(tmp_path, [{}, moved], url=url)
    assert (second.asked, second.rewritten) == ([], set())


def test_that_nothing_stood_is_remembered_too(tmp_path: Path) -> None:
    def lying(asked: Asked) -> Answer:
        return Answer(reply({"kind": "claims", "facts": [], "text": asked.filled(LIES["praise"])}))

    first, second = nights(tmp_path, [{}, {}], script=lying)
    assert "kept" not in first.bundle.sentences
    assert len(first.asked) > 4
    assert (second.asked, second.rewritten) == ([], set())


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (changed("shop/prices.py", '"EUR"', '"CHF"'), {"CHF"}),
        (changed("shop/cli.py", "what to sell", "what is sold"), {"what is sold"}),
        (changed("pyproject.toml", "httpx>=0.27", "anyio"), {"anyio"}),
        (changed("shop/prices.py", "return float(file.read())", "return float(file.read(9))"), set()),
        ({"docs/guide.md": "By a person.\n"}, set()),
    ],
)
def test_only_what_a_commit_changed_is_asked(tmp_path: Path, files: Files, names: set[str]) -> None:
    first, second = nights(tmp_path, [{}, files])
    assert len(second.asked) + second.bundle.usage.remembered == len(first.asked)
    assert second.bundle.usage.remembered > 0
    before = {asked.user for asked in first.asked}
    for asked in second.asked:
        assert asked.user not in before
    assert {name for name in names if any(name in asked.user for asked in second.asked)} == names
    assert bool(second.asked) == bool(names)


def test_another_model_or_prompt_is_asked_again(tmp_path: Path) -> None:
    first, other = nights(tmp_path / "model", [{}, {}], change={"model": "another"})
    assert len(other.asked) == len(first.asked)
    first, other = nights(tmp_path / "prompt", [{}, {}], prompt="In other words.\n")
    assert [asked.user for asked in other.asked if "In other words." in asked.user]
    assert 0 < len(other.asked) < len(first.asked)


def test_where_a_model_runs_does_not_matter(tmp_path: Path) -> None:
    _, second = nights(tmp_path, [{}, {}], change={"parallel": 2, "seconds": 30})
    assert second.asked == []


def test_an_answer_that_did_not_come_is_asked_again(tmp_path: Path) -> None:
    told = script_of()
    down = [True]

    def flaky(asked: Asked) -> Answer:
        return Answer(status=500) if down[0] and "the component" in asked.user else told(asked)

    night = answering(tmp_path, flaky)
    first: Night = night({})
    down[0] = False
    second = night({})
    assert first.bundle.sentences["reply_status_500"] == len(second.asked) == 4
    assert night({}).asked == []


def test_a_paragraph_that_somebody_took_out_is_asked_again(tmp_path: Path) -> None:
    night = answering(tmp_path, script_of())
    night({})
    page = tmp_path / "docs" / "ARCHITECTURE.md"
    lines = page.read_text().splitlines(keepends=True)
    page.write_text("".join(line for line in lines if not line.startswith("- [shop.prices]")))
    assert ["{M1}" in asked.filled("<module shop.prices>") for asked in night({}).asked] == [True]


def test_one_repository_by_hand_is_not_asked_twice_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(tmp_path, SHOP)
    with ModelServer(script_of()) as server:
        model = ["--writer", "openai", "--base-url", server.url, "--model", "m", "--prompts", str(PROMPTS)]
        assert main([str(tmp_path), "--out", str(tmp_path), *model]) == 0
        first = len(server.asked)
        assert main([str(tmp_path), "--out", str(tmp_path), *model]) == 0
    assert len(server.asked) == first > 4
    said = capsys.readouterr().out
    assert re.search(r"0 pages written, 6 unchanged\nsentences of the model: \d\d remembered; 0 tokens", said)


def test_what_no_page_may_name_is_not_told_to_another_prompt(tmp_path: Path) -> None:
    (night,) = nights(tmp_path, [{}])
    assert night.bundle.sentences["unknown_name"] > 0
    assert [finding for finding in night.bundle.dropped if "prices.txt" in finding.what] == []
    assert "prices.txt" not in "".join(block.body for block in night.bundle.blocks if block.prose)


def test_what_is_proposed_is_remembered_until_it_is_merged(tmp_path: Path) -> None:
    """The default branch never gets the pages; they stand on the branch that proposes them."""
    forge = tmp_path / "forge"
    head = make_repository(forge, SHOP)
    with ModelServer(script_of()) as server:
        spec = spec_for(forge, writer(server.url)).model_copy(update={"commit": head})
        assert main_of(tmp_path / "first", spec) == 0
        first = len(server.asked)
        git(forge, "checkout", "--quiet", "-b", BRANCH)
        publish(forge, bundle_in(tmp_path / "first"))
        git(forge, "checkout", "--quiet", "main")
        server.asked.clear()
        assert main_of(tmp_path / "second", spec) == 0
        assert server.asked == []
        assert bundle_in(tmp_path / "second").blocks == bundle_in(tmp_path / "first").blocks
        assert (bundle_in(tmp_path / "second").usage.remembered, first) == (6, 6)
        # Where nobody proposes anything, or what is proposed cannot be read, the model is asked.
        blob = git(forge, "hash-object", "-w", "Makefile")
        (forge / ".git" / "refs" / "heads" / BRANCH).write_text(f"{blob}\n")
        assert main_of(tmp_path / "third", spec) == 0
        assert len(server.asked) == first


def bundle_in(work: Path) -> Bundle:
    """The bundle that a run left."""
    return Envelope.model_validate_json((work / "bundle.json").read_bytes()).open()
