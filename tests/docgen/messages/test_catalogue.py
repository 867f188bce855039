"""Every language says everything, with the same places, and nothing on the pages is said elsewhere."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import docgen.messages
import docgen.pages
import pytest
from docgen.contract import RepositorySettings
from docgen.messages import catalogue, languages, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = sorted(Path(docgen.pages.__file__).parent.glob("*.py"))
KEY = re.compile(r"[a-z]+\.[a-z_-]+")


def messages(language: str) -> dict[str, str]:
    """Every form of every message by its key (`layout.files.one`)."""
    found: dict[str, str] = {}
    for section, inside in catalogue(language).messages.items():
        for name, forms in inside.items():
            for form, text in ({"": forms} if isinstance(forms, str) else forms).items():
                found[".".join(part for part in (section, name, form) if part)] = text
    return found


def places(text: str) -> list[str]:
    """The names in braces, sorted; anything but a plain name fails."""
    found = [item for item in string.Formatter().parse(text) if item[1] is not None]
    assert all(re.fullmatch(r"[a-z]+", str(name)) and not spec and not how for _, name, spec, how in found)
    return sorted(str(name) for _, name, _, _ in found)


def test_six_languages_are_shipped() -> None:
    assert languages() == ("en", "de", "es", "fr", "ja", "pt-BR")


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_message_with_the_places_of_the_english_one(language: str) -> None:
    english, own = messages("en"), messages(language)
    assert set(own) == set(english)
    for key, text in own.items():
        assert places(text) == places(english[key]), key
        assert "general" in key or (text and text == text.strip()), key
        assert "`" not in text, "what is code comes from the repository"
        assert "|" not in text
        assert text.count("**") == english[key].count("**"), key


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_a_language_is_a_translation(language: str) -> None:
    english, own = messages("en"), messages(language)
    prose = [key for key, text in english.items() if " " in re.sub(r"\{\w+\}", "", text).strip()]
    assert len(prose) > 20
    assert [key for key in prose if own[key] == english[key]] == []


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 0, "0 files"), ("en", 1, "1 file"), ("en", 2, "2 files"),
        ("de", 1, "1 Datei"), ("de", 2, "2 Dateien"),
        ("fr", 0, "0 fichier"), ("fr", 1, "1 fichier"), ("fr", 2, "2 fichiers"),
        ("es", 0, "0 archivos"), ("es", 1, "1 archivo"),
        ("pt-BR", 0, "0 arquivo"), ("pt-BR", 2, "2 arquivos"),
        ("ja", 1, "ファイル 1 件"), ("ja", 2, "ファイル 2 件"),
    ],
)  # fmt: skip
def test_numbers_take_their_form(language: str, number: int, text: str) -> None:
    assert catalogue(language).count("layout.files", number) == text


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"), ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("de-CH-1901", "de"), ("fr-CA", "fr"),
        ("pt-BR", "pt-BR"), ("pt-br", "pt-BR"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("ja-JP", "ja"),
        ("es-419", "es"), ("zh-Hant", "en"), ("d", "en"), ("des", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_is_taken(tag: str, language: str) -> None:
    assert nearest(tag) == language


def test_values_are_put_in_as_they_are() -> None:
    assert catalogue("en").text("architecture.title", name="{x} {0.a} %s") == "Architecture of {x} {0.a} %s"


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string in a module that is neither docstring nor part of an annotation."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_every_key_that_a_page_names_is_there_and_every_other_is_of_no_use() -> None:
    keys = {".".join(key.split(".")[:2]) for key in messages("en")}
    sections = {key.partition(".")[0] for key in keys}
    sources = [*PAGES, Path(docgen.messages.__file__).with_name("catalogue.py")]
    named = {text for path in sources for _, text in strings(path) if KEY.fullmatch(text)}
    assert {text for text in named if text.partition(".")[0] in sections} - keys == {"pages.about_"}
    assert keys >= COMPOSED
    assert keys - named == COMPOSED


def headings(page: str) -> set[str]:
    """The keys of the sections that a page can be asked to have."""
    schema = RepositorySettings.model_json_schema()["$defs"][f"{page.title()}Template"]
    return {f"{page}.{section}" for section in schema["properties"]["required"]["items"]["enum"]}


# Keys that a page puts together: one heading a section.
COMPOSED = headings("architecture") | headings("configuration") | headings("agents")
# A word and a word after it, or a word that begins like a sentence: what a person would read.
PROSE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}|^[A-Z][a-z]{2,}\b|[a-z]:? $|^ [a-z]{2,}")
# What looks like it and is a language, a program or a part of a command.
NAMES = {
    "Biome", "Cargo.toml", "Clippy", "Docusaurus", "Java", "Prettier", "Python", "Ruby", "Ruff", "Rust",
    "Shell", "Sphinx", "extra ", "just ", "make ", "pip install -r ", "pip install .[", "python -m ",
    "python -m pydoc ", "typedef ",
}  # fmt: skip


# What they show is a docstring's own text, and the markup in it, in the language that it is written in.
DOCSTRINGS = {"directives.py", "doc_sections.py", "fields.py"}


def test_no_page_says_anything_but_through_the_catalogue() -> None:
    found = {
        f"{path.name}:{line}: {text}"
        for path in PAGES
        if path.name not in DOCSTRINGS
        for line, text in strings(path)
        if PROSE.search(text) and text not in NAMES
    }
    assert found == set()
