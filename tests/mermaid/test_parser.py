"""The real Mermaid parser reads every diagram as what was meant, whatever the labels hold."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docgen.contract import Options
from docgen.messages import languages
from docgen.pages.diagram import MAX_NODES, Arrow, mermaid
from markdown_it import MarkdownIt

from tests.docgen.messages.test_languages import FILES
from tests.docgen.support import bundle_of
from tests.docgen.test_hostile import SOURCES
from tests.docgen.test_stability import REPOSITORIES
from tests.docgen.test_truth import own_bundle

pytestmark = pytest.mark.mermaid

PARSER = Path(__file__).parents[2] / "build" / "mermaid" / "parse.mjs"
HOSTILE = (
    'a"quote',
    "'single'",
    "`backtick`",
    "a]b[c](d){e}",
    "end",
    "click x",
    "click n0 href javascript:alert(1)",
    "subgraph",
    "graph TD",
    "style n0 fill:red",
    "classDef x",
    "%%{init: {}}%%",
    "%% comment",
    "A --> B",
    "-->",
    "---",
    "|pipe|",
    "a;b",
    "a#b",
    "#quot;",
    "#35;",
    "&lt;b&gt;",
    "<script>alert(1)</script>",
    "<br/>",
    "1. one",
    "- item",
    "* item",
    "**bold** _em_",
    "größe",
    "名前",
    "🦊",
    "\u202eright to left",
    "a\nb",
    "a\\nb",
    "\\",
    "$$x^2$$",
    "fa:fa-car",
    "@{ shape: circle }",
    "o",
    "x",
    "default",
    " ",
    "-",
    "...",
    "n1",
    "__proto__",
    "constructor",
    "long " * 100,
)


def parsed(sources: list[str]) -> list[dict[str, Any]]:
    """What the parser makes of each diagram."""
    node = shutil.which("node")
    assert node, "node is needed; install node 20 or newer"
    assert PARSER.is_file(), "the parser is not installed; run make test-mermaid"
    done = subprocess.run(
        [node, str(PARSER)], input=json.dumps(sources).encode(), capture_output=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) == len(sources)
    return found


def diagrams(body: str) -> list[str]:
    """The sources of the diagrams on a page, as a Markdown parser finds them."""
    return [token.content for token in MarkdownIt().parse(body) if token.info.strip() == "mermaid"]


def test_the_parser_refuses_what_is_no_diagram() -> None:
    broken = 'flowchart LR\n  n0["a"b"]\n  n0 --> n1\n'
    good = 'flowchart LR\n  n0["a"]\n  n0 -->|"x"| n1\n  click n0 href "https://example.org"\n'
    first, second = parsed([broken, good])
    assert "error" in first
    assert second["edges"] == [["n0", "n1", "x"]]
    assert second["nodes"][0] == ["n0", "a", True]


def test_a_hostile_label_is_a_label() -> None:
    drawn = [mermaid([Arrow(label, "target", label), Arrow("target", "a", label)]) for label in HOSTILE]
    sources = [source for body in drawn for source in diagrams(body)]
    assert len(sources) == len(HOSTILE)
    for label, found in zip(HOSTILE, parsed(sources), strict=True):
        assert "error" not in found, (label, found)
        assert found["type"].startswith("flowchart")
        assert len(found["nodes"]) == 3, label
        assert len(found["edges"]) == 2, label
        assert not any(acts for _, _, acts in found["nodes"]), label
        assert {"target", "a"} <= {text for _, text, _ in found["nodes"]}


def test_every_generated_diagram_is_read(tmp_path: Path) -> None:
    bundles = [own_bundle()[1]]
    for number, files in enumerate((*REPOSITORIES.values(), *SOURCES.values())):
        bundles.append(bundle_of(tmp_path / str(number), files))
    bundles += [bundle_of(tmp_path / tag, FILES, Options(language=tag)) for tag in languages()]
    sources = [text for bundle in bundles for block in bundle.blocks for text in diagrams(block.body)]
    assert len(sources) > 30
    for text, found in zip(sources, parsed(sources), strict=True):
        assert "error" not in found, text
        assert 2 <= len(found["nodes"]) <= MAX_NODES
        assert all(label for _, _, label in found["edges"]), text
        assert len(found["edges"]) == text.count("-->|")
