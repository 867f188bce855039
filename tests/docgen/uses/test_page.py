"""The configuration page shows what code and files declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docgen.support import bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files

_FILES: Files = {
    "app.py": (
        "import argparse\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/items/{id}|x')\n"
        "def item(id: int) -> None:\n    pass\n\n\nparser = argparse.ArgumentParser()\n"
        "serve = parser.add_subparsers().add_parser('serve')\n"
        "serve.add_argument('--port', default=80, help='<b>where</b> to listen')\n"
    ),
    "Dockerfile": "FROM x\nEXPOSE 8080\n",
    ".github/workflows/ci.yml": (
        "jobs:\n  a:\n    steps:\n      - {name: Test it, run: make test}\n"
        "      - run: |\n          cd web\n          npm test\n"
    ),
}
_EXPECTED = (
    "| `serve` | `--port` | `80` | &lt;b>where&lt;/b> to listen | [app.py](../app.py) |",
    r"| `GET` | `/items/{id}\|x` | `item` | [app.py](../app.py) |",
    "| `8080` | `EXPOSE 8080` | [Dockerfile](../Dockerfile) |",
    "| [Dockerfile](../Dockerfile) | Docker |",
    "| `make test` | Test it | [.github/workflows/ci.yml](../.github/workflows/ci.yml) |",
    "A step in [.github/workflows/ci.yml](../.github/workflows/ci.yml):\n\n```sh\ncd web\nnpm test\n```",
)


def test_everything_that_is_declared_is_shown(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, _FILES))["docs/configuration.md"]
    for text in _EXPECTED:
        assert text in body


def test_what_is_not_declared_has_no_section(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, {"Dockerfile": "FROM x\nEXPOSE 8080\n"}))["docs/configuration.md"]
    assert [line for line in body.split("\n") if line.startswith("## ")] == [
        "## Ports",
        "## Configuration files",
    ]


def test_the_readme_shows_no_commands_of_workflows(tmp_path: Path) -> None:
    assert "make test" not in pages(bundle_of(tmp_path, _FILES)).get("README.md", "")
