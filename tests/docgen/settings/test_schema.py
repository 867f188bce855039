"""The published schema is the model's, and agrees with the reader about what is right and wrong."""

from __future__ import annotations

import json

import pytest
import yaml
from docgen.contract import ContentError, RepositorySettings, load_yaml
from docgen.settings.schema import published, schema
from jsonschema import Draft202012Validator

GOOD = [
    "{}",
    "enabled: false",
    "language: pt-BR",
    "pages: [readme, reference]",
    "exclude: [a/**]",
    "templates: {readme: {title: T, required: [start, layout]}, reference: {footer: F}}",
]
BAD = [
    "[]",
    "limits: {files: 1}",
    "langauge: de",
    "language: german",
    "language: [de]",
    "language: " + "a-" * 20 + "b",
    "pages: [readmee]",
    "exclude: ['']",
    "templates: {readme: {required: [layouts]}}",
    "templates: {reference: {required: [layout]}}",
    "templates: {readme: {title: " + "a" * 201 + "}}",
    "enabled: 'yes'",
]


def test_the_published_schema_is_up_to_date() -> None:
    assert published() == schema(), "write it anew with `make schema`"
    Draft202012Validator.check_schema(json.loads(published()))


@pytest.mark.parametrize(
    ("content", "is_good"), [*((text, True) for text in GOOD), *((text, False) for text in BAD)]
)
def test_schema_and_reader_agree(content: str, is_good: bool) -> None:
    assert Draft202012Validator(json.loads(published())).is_valid(yaml.safe_load(content)) is is_good
    if is_good:
        load_yaml(RepositorySettings, content.encode())
    else:
        with pytest.raises(ContentError):
            load_yaml(RepositorySettings, content.encode())
