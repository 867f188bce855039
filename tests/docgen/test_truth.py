"""What the pages and claims say is in the source: links resolve, and every claim's line shows it."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from docgen.build import build
from docgen.deadline import Deadline
from docgen.source.tree import read_tree

from tests.docgen.support import bundle_of, job_spec
from tests.docgen.test_stability import REPOSITORIES

if TYPE_CHECKING:
    from docgen.contract import Bundle

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_CODE = re.compile(r"^(`{3,}).*?^\1$", re.DOTALL | re.MULTILINE)


def own_bundle() -> tuple[Path, Bundle]:
    """The generator's own sources, as a real and larger example."""
    source = ROOT / "images" / "gpu-docgen"
    spec = job_spec(str(source))
    return source, build(spec, read_tree(source, spec.options, Deadline(60)), Deadline(60))[0]


def unresolved(source: Path, bundle: Bundle) -> list[str]:
    """Relative links that lead to no file, or to a line that the file does not have."""
    written = {block.path for block in bundle.blocks}
    wrong = []
    for block in bundle.blocks:
        for target in _LINK.findall(_CODE.sub("", block.body)):
            path, _, anchor = unquote(target).partition("#L")
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(block.path), path))
            there = source / joined
            lines = len(there.read_bytes().splitlines()) if there.is_file() else 0
            if not (joined in written or there.exists()) or int(anchor or 0) > lines:
                wrong.append(f"{block.path}: {target}")
    return wrong


@pytest.mark.parametrize("name", REPOSITORIES)
def test_every_relative_link_resolves(tmp_path: Path, name: str) -> None:
    bundle = bundle_of(tmp_path, REPOSITORIES[name])
    assert unresolved(tmp_path, bundle) == []


def test_every_relative_link_resolves_for_real_sources() -> None:
    source, bundle = own_bundle()
    assert sum(len(_LINK.findall(block.body)) for block in bundle.blocks) > 200
    assert unresolved(source, bundle) == []


def test_the_gates_take_nothing_out_of_pages_from_facts() -> None:
    _, bundle = own_bundle()
    assert bundle.dropped == ()
    assert bundle.findings == ()


def test_a_wrong_link_would_be_found(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, REPOSITORIES["package"])
    (tmp_path / "src/widget/_core.py").unlink()
    assert unresolved(tmp_path, bundle) != []


@pytest.mark.parametrize("name", ["package", "javascript", "own sources"])
def test_every_claim_is_shown_by_its_line(tmp_path: Path, name: str) -> None:
    if name == "own sources":
        source, bundle = own_bundle()
    else:
        source, bundle = tmp_path, bundle_of(tmp_path, REPOSITORIES[name])
    assert bundle.claims
    for claim in bundle.claims:
        lines = (source / claim.path).read_text().split("\n")
        shown = lines[claim.line - 1] if claim.line else "\n".join(lines)
        if claim.predicate in {"defines", "reads", "depends_on"}:
            assert claim.object.rpartition(".")[2].partition("[")[0] in shown, claim
        elif claim.predicate in {"accepts", "serves", "exposes"}:
            # A call may run over several lines, and what it declares stands in one of them.
            call = "\n".join(lines[claim.line - 1 : claim.line + 4])
            assert claim.object.rpartition(" ")[2].lstrip("-") in call, claim
        elif claim.predicate == "imports":
            assert re.search(r"import|require", shown), claim
        else:
            assert claim.predicate == "runs", claim


def test_pages_hold_no_placeholders_and_no_empty_sections() -> None:
    _, bundle = own_bundle()
    for block in bundle.blocks:
        text = _CODE.sub("CODE", block.body)
        assert not re.search(r"\b(?:TODO|TBD|FIXME|lorem|N/A|None found)\b", text), block.path
        headings = re.findall(r"^(#+) .*\n\n(#+ )?", text, re.MULTILINE)
        assert all(not after or len(after) - 1 > len(level) for level, after in headings), block.path
        assert not text.rstrip().split("\n")[-1].startswith("#"), block.path
