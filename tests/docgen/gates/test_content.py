"""What pages may not say: each planted error is found by its gate, and nothing true is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.gates.links import slugs

from tests.docgen.gates.support import FILES, TRUE, checked, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files

PLANTED: dict[str, list[tuple[str, str]]] = {
    "existence": [
        ("`Turner.turn`", "`Turner.spin`"),
        ("`Turner`,", "`Spinner`,"),
        ("`widget.cli.main`", "`widget.web.main`"),
        ("`widget.cli.main`", "`widgets.cli.main`"),
        ("`turn(angle)`", "`twist(angle)`"),
        ("`WIDGET_LEVEL`", "`WIDGET_LEVELS`"),
        ("`--angle`", "`--angel`"),
        ("`--angle`", "`-a`"),
        ("`make test`", "`make tests`"),
        ("`make test`", "`npm test`"),
        ("`make test`", "`pip install widget`"),
        ("`src/widget/cli.py`", "`src/widget/cmd.py`"),
        ("`src/widget/cli.py`", "`lib/widget/`"),
        ("`GET /widgets/{name}`", "`POST /widgets/{name}`"),
        ("`GET /widgets/{name}`", "`GET /widgets`"),
        ("`httpx`", "`aiohttpx`"),
        ("`>=0.27`", "`>=0.28`"),
    ],
    "links": [
        ("../src/widget/_core.py#L8", "../src/widget/_core.py#L80"),
        ("../src/widget/_core.py#L8", "../src/widget/core.py"),
        ("../src/widget/_core.py#L8", "src/widget/_core.py"),
        ("guide.md#first-steps-1", "guide.md#first-steps-2"),
        ("guide.md#first-steps-1", "guides.md"),
        ("guide.md#first-steps-1", "guide.md#say-hello-"),
    ],
    "anchors": [("#more", "#less")],
    "code": [
        ("import httpx\n", "import httpx as\n"),
        ("```python\n", "```json\n"),
        ("```python\n", "```toml\n"),
        ("```python\nimport httpx", "```yaml\na: [1"),
        ("```python\nimport httpx", "```sh\nif x; do"),
    ],
    "imports": [
        ("import httpx\n", "import aiohttp\n"),
        ("from widget import Turner", "from widget import Spinner"),
        ("from widget import Turner", "from widget.cmd import main"),
        ("import os.path", "import oss"),
    ],
    "mermaid": [
        ("flowchart LR", "flowchart XX"),
        ("a -->|imports| b", "a -->|imports| c"),
        ("a -->|imports| b", "a -> b"),
        ('b["two"]', "b[two"),
        ('b["two"]', 'b["two"]\n  subgraph g'),
    ],
}


def test_a_true_page_stays_as_it_is(tmp_path: Path) -> None:
    found = checked(tmp_path, TRUE)
    assert found.dropped == ()
    assert shown(found) == [TRUE]


def test_what_is_said_of_a_member_may_name_an_option_of_others(tmp_path: Path) -> None:
    files: Files = {
        **FILES,
        "src/widget/_core.py": 'class Turner:\n    """Whether to pass `--release` on."""\n',
    }
    said = "# Page\n\n- `Turner` (`int`): Whether to pass `--release` on.\n"
    assert checked(tmp_path, said, files=files).dropped == ()
    assert checked(tmp_path, said.replace("release", "debug"), files=files).dropped


@pytest.mark.parametrize(
    ("gate", "good", "bad"), [(gate, *pair) for gate, pairs in PLANTED.items() for pair in pairs]
)
def test_a_planted_error_is_taken_out(tmp_path: Path, gate: str, good: str, bad: str) -> None:
    assert good in TRUE
    found = checked(tmp_path, TRUE.replace(good, bad))
    assert {finding.gate for finding in found.dropped} == {gate}
    assert all(
        finding.line and str(finding).startswith("docs/page.md, block page") for finding in found.dropped
    )
    body = shown(found)[0]
    assert bad not in body
    assert body.startswith("# Page\n")


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("# Say `hello`!", "say-hello"),
        ("# A  B", "a--b"),
        ("# `a.b_c` (d)", "ab_c-d"),
        ("# Größe & mehr", "größe--mehr"),
        ("# [Link](x.md) here", "link-here"),
        ("Under\n=====", "under"),
        ("# \\*stars\\*", "stars"),
    ],
)
def test_anchors_are_those_of_github(heading: str, slug: str) -> None:
    assert slugs(f"{heading}\n\nText.\n") == {slug}
    assert slugs(f"{heading}\n\n{heading}\n\n{heading}\n") == {slug, f"{slug}-1", f"{slug}-2"}


def test_signatures_are_those_of_the_source(tmp_path: Path) -> None:
    good = (
        "# `Turner`\n\n```python\nclass Turner\n```\n\n## `Turner.turn`\n\n```python\n{}\n```\n\nIt turns.\n"
    )
    own = "def turn(self, angle: float = 90.0) -> bool"
    assert shown(checked(tmp_path, good.format(own))) == [good.format(own)]
    for wrong in (own.replace("90.0", "45.0"), own.replace("bool", "int"), own.replace("angle", "degrees")):
        found = checked(tmp_path, good.format(wrong))
        assert [finding.gate for finding in found.dropped] == ["signatures"]
        assert shown(found) == ["# `Turner`\n\n```python\nclass Turner\n```\n"]


@pytest.mark.parametrize(
    ("source", "block"),
    [
        ("typedef struct { int size; } ring_t;", "typedef struct {{\n    int {};\n}} ring_t"),
        ("struct ring_t { int size; };", "struct ring_t {{\n    int {};\n}}"),
        ("enum ring_t { size, other };", "enum ring_t {{\n    {},\n    other,\n}}"),
    ],
)
def test_a_type_may_stand_around_its_members(tmp_path: Path, source: str, block: str) -> None:
    for name, found_wrong in (("size", False), ("sise", True)):
        text = f"# `ring_t`\n\n```c\n{block.format(name)}\n```\n\nIt turns.\n"
        found = checked(tmp_path, text, files={"a.h": f"{source}\n"})
        assert [finding.gate for finding in found.dropped] == ["signatures"] * found_wrong


def test_what_opens_and_closes_a_body_is_no_part_of_a_signature(tmp_path: Path) -> None:
    source: Files = {
        "pkg/p.go": "package pkg\n\n// Run runs.\nfunc Run(name string) error {\n\treturn nil\n}\n"
    }
    good = "# P\n\n## `Run`\n\n```go\nfunc Run(name string) error {\n}\n```\n\nIt runs.\n"
    assert shown(checked(tmp_path, good, files=source)) == [good]
    wrong = checked(tmp_path, good.replace("name string", "name int"), files=source)
    assert [finding.gate for finding in wrong.dropped] == ["signatures"]


def test_the_repositorys_own_words_may_name_what_is_not_there(tmp_path: Path) -> None:
    source: Files = {
        "a.py": '"""A.\n\nLike `curl --fail` and `OTHER_TOOL` do it elsewhere.\n"""\n\ndef f() -> None: ...\n'
    }
    quoted = "# A\n\nLike `curl --fail` and `OTHER_TOOL` do it elsewhere.\n"
    assert shown(checked(tmp_path, quoted, files=source)) == [quoted]
    linked = "# A\n\n- [a](../a.py): Like `curl --fail` and `OTHER_TOOL` do it elsewhere.\n"
    assert shown(checked(tmp_path, linked, files=source)) == [linked]
    beside = "# A\n\nText.\n\n- [Like it elsewhere](../a.py): set `OTHER_TOOL`.\n"
    assert shown(checked(tmp_path, beside, files=source)) == ["# A\n\nText.\n"]
    own = "# A\n\nSet `OTHER_TOOL`. See `a.py`.\n"
    assert shown(checked(tmp_path, own, files=source)) == ["# A\n\nSee `a.py`.\n"]
