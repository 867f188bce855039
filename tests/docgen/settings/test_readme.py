"""The README tells of every key, section and language, and its example is right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from docgen.contract import RepositorySettings, Template, Templates, load_yaml
from docgen.contract.settings import ConfigurationTemplate
from docgen.messages import languages

README = (Path(__file__).parents[3] / "images/gpu-docgen/README.md").read_text("utf-8")
PART = README.partition("\n## Configuring\n")[2].partition("\n## ")[0]
KEYS = [key for key in RepositorySettings.model_fields if key != "templates"]
INNER = [f"templates.PAGE.{key}" for key in ConfigurationTemplate.model_fields]


def test_the_example_is_right_and_says_something() -> None:
    example = re.search(r"```yaml\n(.*?)```", PART, re.DOTALL)
    assert example
    found = load_yaml(RepositorySettings, example[1].encode())
    assert found.model_fields_set == {"language", "pages", "exclude", "templates"}


def test_the_table_has_every_key() -> None:
    assert re.findall(r"^\| `([\w.A-Z]+)` \| .* \| .* \|$", PART, re.MULTILINE)[: len(KEYS + INNER)] == [
        "enabled",
        *[key for key in KEYS if key != "enabled"],
        *INNER,
    ]


@pytest.mark.parametrize("page", [page for page in Templates.model_fields if page != "reference"])
def test_the_table_has_every_section(page: str) -> None:
    template = Templates.model_fields[page].annotation
    assert isinstance(template, type)
    assert issubclass(template, Template)
    sections = get_args(get_args(template.model_fields["required"].annotation)[0])
    assert f"| `{page}` | {', '.join(f'`{section}`' for section in sections)} |" in PART


def test_every_language_is_named() -> None:
    named = re.findall(r"`([^`]+)`", PART.partition("**Languages.**")[2].partition(". Another")[0])
    assert sorted(named) == sorted(languages())
