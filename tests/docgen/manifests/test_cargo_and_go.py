"""`Cargo.toml` beside its workspace, and the blocks of `go.mod`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files

_ROOT = (
    "[workspace]\nmembers = ['a']\n[workspace.package]\nlicense = 'MIT'\ndescription = 'Shared words.'\n"
    "rust-version = '1.80'\n[workspace.dependencies]\nserde = { version = '1.0' }\n"
)
_MEMBER = (
    "[package]\nname = 'a'\nlicense.workspace = true\ndescription = { workspace = true }\n"
    "rust-version.workspace = true\n[dependencies]\nserde.workspace = true\nrand = '0.9'\n"
    "[target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n"
)


def test_a_member_takes_over_what_it_says_it_does(tmp_path: Path) -> None:
    found = facts_of(tmp_path, {"Cargo.toml": _ROOT, "crates/x/a/Cargo.toml": _MEMBER}).manifests[1]
    assert (found.license, found.description, found.requires) == ("MIT", "Shared words.", "Rust 1.80")
    assert {(item.name, item.constraint, item.group) for item in found.dependencies} == {
        ("serde", "1.0", ""),
        ("rand", "0.9", ""),
        ("libc", "0.2", "some platforms"),
    }


def test_without_a_workspace_nothing_is_taken_over(tmp_path: Path) -> None:
    (found,) = facts_of(tmp_path, {"Cargo.toml": _MEMBER}).manifests
    assert (found.license, found.description) == ("", "")


def test_a_program_that_needs_a_feature_is_not_installed(tmp_path: Path) -> None:
    text = "[package]\nname = 'w'\n[[bin]]\nname = 'extra'\nrequired-features = ['x']\n"
    files: Files = {"Cargo.toml": text, "src/main.rs": "", "src/bin/extra.rs": ""}
    (found,) = facts_of(tmp_path, files).manifests
    assert [point.name for point in found.entry_points] == ["w"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("require a.example/x v1.0.0\n", ["a.example/x"]),
        ("require (\n\ta.example/x v1.0.0\n\tb.example/y v1.0.0 // indirect\n)\n", ["a.example/x"]),
        ("exclude a.example/x v1.0.0\nexclude (\n\tb.example/y v1.0.0\n)\n", []),
        ("replace (\n\ta.example/x v1.0.0 => b.example/y v2.0.0\n)\n", []),
        ("require (\n\ta.example/x v1.0.0\n)\nretract (\n\tv1.0.1\n)\n", ["a.example/x"]),
    ],
)
def test_requirements_of_go(tmp_path: Path, text: str, expected: list[str]) -> None:
    (found,) = facts_of(tmp_path, {"go.mod": f"module w\n\n{text}"}).manifests
    assert [item.name for item in found.dependencies] == expected
