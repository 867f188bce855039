"""Types with their members as the language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.support import bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files

_CARGO = '[package]\nname = "w"\n'


@pytest.mark.parametrize(
    ("path", "source", "shown"),
    [
        (
            "A.java",
            'public enum A { B("b"), C("c"); public String d() { return ""; } }',
            'public enum A {\n    B("b"),\n    C("c");\n\n    public String d();\n}',
        ),
        ("A.java", "public enum A { B, C }", "public enum A {\n    B,\n    C,\n}"),
        (
            "src/lib.rs",
            "pub enum A { B, C(u8) }\nimpl A { pub const D: u8 = 1; const E: u8 = 2; }",
            "pub enum A {\n    B,\n    C(u8),\n}\n\npub const D: u8 = 1;\n```",
        ),
        (
            "src/lib.rs",
            "pub struct A { pub b: u8 }\nimpl A { pub const D: u8 = 1; }",
            "pub struct A {\n    pub b: u8,\n}\n\npub const D: u8 = 1;\n```",
        ),
    ],
)
def test_types_with_their_members(tmp_path: Path, path: str, source: str, shown: str) -> None:
    files: Files = {path: source, "Cargo.toml": _CARGO}
    found = pages(bundle_of(tmp_path, files))
    assert any(shown in page for page in found.values()), found


def test_a_constant_that_is_defined_alike_in_several_places_is_told_of_once(tmp_path: Path) -> None:
    lines = (
        "#if A",
        "#define B 0",
        "#elif C",
        "/* No b. */",
        "#define B 0",
        "#else",
        "#define B 1",
        "#endif",
    )
    files: Files = {"b.h": "".join(f"{line}\n" for line in lines)}
    page = pages(bundle_of(tmp_path, files))["docs/reference/b.md"]
    assert [page.count(f"`#define B {value}`") for value in (0, 1)] == [1, 1]
    assert "| No b. |" in page
