"""The same repository in every language: the prose differs, and nothing that the code says."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.contract import Options, Page, WriterKind
from docgen.contract import Writer as WriterOptions
from docgen.errors import SpecError
from docgen.messages import languages
from docgen.settings import NAME

from tests.docgen.support import PACKAGE, Files, bundle_of, pages, write

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.contract import Bundle

# Enough of everything to reach the sentences that count, cut off and send elsewhere.
FILES: Files = {
    **PACKAGE,
    "README.md": "",
    "many/a.txt": "x\n",
    "one/a.js": "let a = process.env.WIDGET_LEVEL\n",
    "data/x": "x\n",
    "pnpm-workspace.yaml": "packages:\n  - 'p/*'\n",
    "p/a/package.json": '{"name": "@x/a", "description": "Cuts wood."}\n',
    "Dockerfile": "FROM scratch\nEXPOSE 8080\n",
    ".github/workflows/ci.yml": (
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make test\n      - run: |\n"
        "          make lint\n          make test\n      - name: Both\n        run: |\n          make test\n"
        "          make lint\n"
    ),
    "CONTRIBUTING.md": "# Do\n",
    "src/widget/web.py": (
        'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/turn")\ndef turn() -> None: ...\n'
    ),
    "src/widget/more.py": (
        '"""More."""\n\nfrom widget._core import Turner\n\n__all__ = ["Turner", "LIMIT"]\n\n'
        "LIMIT = 3\n\n\ndef run(a: int) -> int:\n"
        '    """Run.\n\n    :param a: how far\n    :type a: int\n    """\n    return a\n'
    ),
    **{
        f"lib/p{number}/__init__.py": f'"""Package {number}."""\nimport os\nos.environ["SEEN"]\n'
        for number in range(7)
    },
}
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
TARGET = re.compile(r"\]\(([^)]*)\)")
COMMENT = re.compile(r"(?m)  # .*$")
HEADING = re.compile(r"^#+", re.MULTILINE)
QUOTE = re.compile(r"^>.*$", re.MULTILINE)


def written(folder: Path, language: str) -> Bundle:
    """The bundle of the repository in `language`."""
    return bundle_of(folder, FILES, Options(language=language, pages=tuple(Page)))


def drawn(body: str) -> list[Counter[str]]:
    """Of each diagram how many nodes and arrows it has, and how often it names what."""
    found = (match[3] for match in FENCE.finditer(body) if match[2] == "mermaid")
    return [Counter(re.findall(r'\["|-->|WIDGET_LEVEL|SEEN|Turner|widget\.?\w*', text)) for text in found]


def checked(body: str) -> list[Counter[str]]:
    """What is the same in every language, and how often."""
    return [Counter(pattern.findall(body)) for pattern in (SPAN, TARGET, QUOTE)] + [
        Counter(COMMENT.sub("", match[0]) for match in FENCE.finditer(body) if match[2] != "mermaid"),
        Counter(line.count("|") for line in body.split("\n")),
        Counter(HEADING.findall(body)),
    ]


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_only_prose_differs(tmp_path: Path, language: str) -> None:
    english, own = (written(tmp_path / tag, tag) for tag in ("en", language))
    assert own.claims == english.claims
    there, here = pages(english), pages(own)
    assert list(there) == list(here)
    for path, body in there.items():
        assert checked(here[path]) == checked(body), path
        assert drawn(here[path]) == drawn(body), path
        assert here[path] != body, path


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            {
                "README.md": [
                    "# widget",
                    "make test      # die Tests ausführen",
                    "Lizenz: [MIT License](LICENSE)",
                ],
                "docs/ARCHITECTURE.md": ["# Architektur von widget", "## Einstiegspunkte", "| Befehl |"],
                "docs/configuration.md": ["# Konfiguration von widget", " und 3 weitere |"],
            },
        ),
        ("fr", {"docs/ARCHITECTURE.md": ["paquets `p0`, `p1`, `p2`, `p3` et 3 autres"]}),
        ("es", {"docs/reference/README.md": ["# Referencia de widget", "| Página |"]}),
        ("ja", {"docs/ARCHITECTURE.md": ["# widget のアーキテクチャ", "、ほか 3 件"]}),
        ("pt-BR", {"docs/configuration.md": ["## Variáveis de ambiente", "Python >=3.11; declaradas em ["]}),
    ],
)
def test_what_stands_there(tmp_path: Path, language: str, expected: dict[str, list[str]]) -> None:
    found = pages(written(tmp_path, language))
    for path, parts in expected.items():
        assert [part for part in parts if part not in found[path]] == [], found[path]


def test_a_language_without_words_is_said(tmp_path: Path) -> None:
    assert written(tmp_path, "de").notes == ()
    assert written(tmp_path, "de-AT").notes == ("the pages are written in de: there are no words for de-AT",)
    assert written(tmp_path, "nl").notes == ("the pages are written in en: there are no words for nl",)
    assert pages(written(tmp_path, "de-AT")) == pages(written(tmp_path, "de"))


@pytest.mark.parametrize(("language", "asked"), [("en", True), ("de-AT", True), ("ja", False)])
def test_a_model_is_asked_where_its_prose_fits_the_page(tmp_path: Path, language: str, asked: bool) -> None:
    model = WriterOptions(kind=WriterKind.OPENAI, base_url="http://localhost:9/v1", model="m")
    options = Options(language=language, writer=model)
    if asked:
        with pytest.raises(SpecError, match="the spec has no prompt"):
            bundle_of(tmp_path, FILES, options)
    else:
        notes = bundle_of(tmp_path, FILES, options).notes
        assert notes == ("no model was asked for prose: sentences are checked in de, en, es, fr, pt-BR only",)


def test_the_command_line_comes_before_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "widget", {**PACKAGE, NAME: "language: fr"})
    run = [str(tmp_path / "widget"), "--out", str(tmp_path / "out")]
    assert main(run) == 0
    assert "En bref" in (tmp_path / "out/README.md").read_text("utf-8")
    assert main([*run, "--language", "pt-PT"]) == 0
    assert "Visão geral" in (tmp_path / "out/README.md").read_text("utf-8")
    said = capsys.readouterr().out
    assert "note: language in .documenthor.yml is overruled from outside the repository\n" in said
    assert "note: the pages are written in pt-BR: there are no words for pt-PT\n" in said


@pytest.mark.parametrize("arguments", [["--language", "german"], ["--language", ""], ["--exclude", ""]])
def test_wrong_options_are_wrong_usage(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "out"), *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"docgen: usage: {arguments[0]} is wrong (")
