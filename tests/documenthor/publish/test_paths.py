"""Where a bundle may write, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documenthor.publish.support import block, decided

if TYPE_CHECKING:
    from tests.documenthor.forge.support import Place


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/release.yml",
        ".github/README.md",
        ".git/config",
        ".GIT/config",
        "docs/.git/x.md",
        "docs/.hidden.md",
        "../README.md",
        "docs/../../x.md",
        "docs/../.github/x.md",
        "./README.md",
        "/README.md",
        "/etc/x.md",
        "docs//x.md",
        "docs/x.md/",
        "docs",
        "docs/",
        "docs/x.html",
        "docs/x.mdx",
        "docs/x.md.exe",
        "src/x.md",
        "website/x.md",
        "website/src/pages/x.md",
        "docs.md/../x.md",
        "documentation.md",
        "doc/x.yml",
        "documents/x.md",
        "site/docs/x.md",
        "README",
        "README.md.sh",
        "readme.rst",
        "setup.py",
        "LLMS.txt",
        "agents.md",
        "AGENTS.MD",
        "docs/con.md",
        "docs/NUL/x.md",
        "docs/aux.x.md",
        "docs/x./y.md",
        "docs/a:b.md",
        "docs/GIT~1/x.md",
        "docs/-rf.md",
        "C:/x.md",
        "docs/a*b.md",
        "docs/%2e%2e/x.md",
        "Docs/x.md",
        ".documenthor.yml",
        ".gitattributes",
        "docs/.gitattributes",
        "",
        "docs\\x.md",
        "docs/x\n.md",
        "docs/x.md\n",
        "docs/\x00.md",
        "docs/a b.md",
        "docs/gr\u00fcn.md",
        "docs/\u202ex.md",
        "docs/\uff0e\uff0e/x.md",
        "docs/<b>.md",
        "docs/a`b.md",
        "docs/[x](y).md",
        f"docs/{'x' * 300}.md",
        f"docs/{'d/' * 20}x.md",
    ],
)
def test_only_places_for_documentation_are_written(place: Place, path: str) -> None:
    assert decided(place, block(path)) == "rejected(paths)"


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/x.md",
        "docs/a/b-c/d_1.v2.md",
        "llms.txt",
        "AGENTS.md",
        f"docs/{'d/' * 8}x.md",
        "doc/source/x.md",
        "documentation/reference/x.md",
        "website/docs/x.md",
    ],
)
def test_places_for_documentation(place: Place, path: str) -> None:
    assert decided(place, block(path)) == "publish"
