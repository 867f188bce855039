"""What stands in the repository where a bundle wants to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import GateError, NotAFileError
from documenthor.publish.gates import check_tree
from documenthor.tenants import Mode

from tests.documenthor.forge.support import Place, make
from tests.documenthor.publish.support import block, job_spec, put, seal

if TYPE_CHECKING:
    from pathlib import Path

LINK, SUBMODULE, FOLDER = "120000", "160000", "040000"
START = f"<!-- documenthor:start overview rests-on={'0' * 64} -->"
END = "<!-- documenthor:end overview -->"


def place_with(root: Path, path: str, content: bytes | str, mode: str = "100644") -> Place:
    """A repository that has `path`, of some kind."""
    place = make(root, "calc", files={"a.py": "x = 1\n"})
    place.write({path: place.head() if mode == SUBMODULE else content}, modes={path: mode})
    return place


@pytest.mark.parametrize(
    ("existing", "mode", "target"),
    [
        ("README.md", LINK, "README.md"),
        ("README.md", SUBMODULE, "README.md"),
        ("README.md/x", "100644", "README.md"),
        ("docs", LINK, "docs/x.md"),
        ("docs", SUBMODULE, "docs/x.md"),
        ("docs", "100644", "docs/x.md"),
        ("docs/a", LINK, "docs/a/x.md"),
        ("docs/x.md/y.md", "100644", "docs/x.md"),
        ("readme.md", "100644", "README.md"),
        ("Docs/x.md", "100644", "docs/x.md"),
        ("Docs/other.md", "100644", "docs/x.md"),
        ("docs/API.md", "100644", "docs/api.md"),
        ("README.md", "100755", "README.md"),
    ],
)
@pytest.mark.parametrize("way", list(Mode))
def test_only_regular_files_in_real_folders_are_written(
    root: Path, existing: str, mode: str, target: str, way: Mode
) -> None:
    place = place_with(root, existing, "/etc/passwd", mode)
    before = place.refs()
    assert str(put(place, block(target), mode=way)) == "rejected(paths)"
    assert place.refs() == before


@pytest.mark.parametrize(
    ("existing", "mode"),
    [
        ("docs/x.md", LINK),
        ("docs/x.md", SUBMODULE),
        ("docs/x.md", "100755"),
        ("docs/x.md", FOLDER),
        ("docs", LINK),
        ("docs", "100644"),
        ("DOCS", FOLDER),
    ],
)
def test_the_gate_does_not_lean_on_the_forge(root: Path, existing: str, mode: str) -> None:
    place = make(root, "calc", files={"a.py": "x = 1\n"})
    bundle = seal(job_spec(place), block("docs/x.md")).open()
    with pytest.raises(GateError, match="paths"):
        check_tree(bundle, {existing: mode})
    check_tree(bundle, {"docs/x.md": "100644", "docs": FOLDER, "docs/y.md": LINK, "src": SUBMODULE})


@pytest.mark.parametrize(
    ("existing", "mode", "path"),
    [("README.md", LINK, "README.md"), ("docs", LINK, "docs/x.md"), ("docs/x", "100644", "docs")],
)
def test_the_forge_itself_reads_only_regular_files(root: Path, existing: str, mode: str, path: str) -> None:
    place = place_with(root, existing, "a.py", mode)
    with pytest.raises(NotAFileError):
        place.forge().read("calc", place.head(), path)
    assert place.forge().read("calc", place.head(), "docs.md") is None


def test_paths_that_differ_in_case_alone_within_a_bundle(root: Path) -> None:
    place = make(root, "calc", files={"a.py": "x = 1\n"})
    assert str(put(place, block("docs/a.md"), block("docs/A.md"))) == "rejected(paths)"
    assert str(put(place, block("docs/a/x.md"), block("docs/A/y.md"))) == "rejected(paths)"


def test_a_readme_keeps_its_spelling(root: Path) -> None:
    place = place_with(root, "Readme.md", "# Calc\n")
    assert put(place, block("Readme.md")).pages == ("Readme.md",)


@pytest.mark.parametrize(
    "text",
    [
        START,
        f"{START}\n{START}\n{END}\n{END}\n",
        f"{START}\n{END}\n{START}\n{END}\n",
        f"{END}\n",
        f"{START}\nx\n<!-- documenthor:end other -->\n",
        f"```\n{START}\n{END}\n```\n",
        f"<div>\n{START}\nx\n{END}\n</div>\n",
        "An open code block:\n\n```\n",
        "An open comment: \n\n<!--\n",
    ],
)
def test_markers_that_are_not_what_they_seem(root: Path, text: str) -> None:
    place = place_with(root, "README.md", text)
    before = place.refs()
    outcome = put(place, block())
    assert str(outcome) == "rejected(markers)"
    assert "README.md" in outcome.message
    assert place.refs() == before


@pytest.mark.parametrize(
    "content",
    [
        "caf\u00e9".encode("latin-1"),
        "# Calc\n".encode("utf-16"),
        b"a\x00b",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    ],
)
def test_files_that_are_not_plain_text(root: Path, content: bytes) -> None:
    assert str(put(place_with(root, "README.md", content))) == "rejected(encoding)"


def test_a_file_that_would_grow_too_large(root: Path) -> None:
    place = place_with(root, "README.md", "x\n" * 524_288)
    assert str(put(place, block())) == "rejected(sizes)"


def test_a_repository_that_is_not_ours_to_name(root: Path) -> None:
    place = make(root, "calc", files={"a.py": "x = 1\n"})
    make(root.parent, "outside", files={"a.py": "x = 1\n"})
    for name in ("../outside", "..", "/etc", "outside.git", "-x"):
        spec = job_spec(place).model_copy(update={"repository": name})
        assert str(put(place, spec=spec)) == "skipped(not_found)"


@pytest.mark.parametrize("prose", [f"{'a' * 16}", f"{'a' * 16}.{'b' * 16},{'c' * 16}"])
def test_a_block_that_remembers_what_a_model_was_asked_is_published(root: Path, prose: str) -> None:
    place = make(root, "calc", files={"a.py": "x = 1\n", "README.md": "# Calc\n"})
    told = block().model_copy(update={"prose": prose})
    assert str(put(place, told)) == "committed"
    assert f"prose={prose} -->" in place.file("README.md").decode()
    assert str(put(place, block(body="Other."))) == "committed"
