"""Job specs are strict, and their recipe covers all that decides what pages say, the source aside."""

from __future__ import annotations

import json

import pytest
from docgen.contract import JobSpec, Options, Page, Writer, WriterKind
from pydantic import ValidationError

SPEC = JobSpec(tenant="acme", job="1", repository="calc", url="/forge/calc.git", commit="a" * 40)


def test_a_spec_survives_json() -> None:
    assert JobSpec.model_validate_json(SPEC.model_dump_json()) == SPEC


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"commit": "main"},
        {"commit": "a" * 39},
        {"commit": "--upload-pack=x"},
        {"token": "secret"},
        {"options": {"pages": ["everything"]}},
        {"options": {"limits": {"files": 0}}},
        {"options": {"limits": {"seconds": "60"}}},
        {"options": {"page": []}},
        {"prompts": {"overview": 1}},
        {"tenant": None},
    ],
)
def test_a_spec_is_strict(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        JobSpec.model_validate_json(json.dumps({**json.loads(SPEC.model_dump_json()), **change}))


def test_a_spec_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        SPEC.commit = "b" * 40  # type: ignore[misc]


@pytest.mark.parametrize(
    "change", [{"commit": "b" * 40}, {"job": "2"}, {"tenant": "b"}, {"url": "/elsewhere"}]
)
def test_the_recipe_does_not_depend_on_the_source(change: dict[str, str]) -> None:
    assert SPEC.model_copy(update=change).recipe() == SPEC.recipe()


@pytest.mark.parametrize(
    "change",
    [
        {"options": Options(pages=(Page.README,))},
        {"options": Options(exclude=("vendor/**",))},
        {"prompts": {"overview": "Write."}},
    ],
)
def test_the_recipe_depends_on_options_and_prompts(change: dict[str, object]) -> None:
    assert SPEC.model_copy(update=change).recipe() != SPEC.recipe()


def test_where_a_model_runs_does_not_change_the_recipe() -> None:
    here, there = (
        Writer(kind=WriterKind.OPENAI, base_url=url, model="m") for url in ("http://a/v1", "http://b/v1")
    )
    assert of(here) == of(there) == of(there.model_copy(update={"seconds": 5, "parallel": 2}))
    assert of(here) != of(here.model_copy(update={"model": "other"}))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "openai", "model": "m"},
        {"kind": "openai", "base_url": "http://a/v1"},
        {"kind": "openai", "model": "m", "base_url": "file:///etc/passwd"},
        {"kind": "openai", "model": "m", "base_url": "http://user:password@a/v1"},
        {"kind": "openai", "model": "m", "base_url": "http://[a/v1"},
        {"kind": "transformers"},
        {"kind": "other"},
        {"kind": "facts", "reply_tokens": 8000},
        {"api_key": "secret"},
    ],
)
def test_a_writer_that_cannot_work_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Writer.model_validate_json(json.dumps(change))


def of(writer: Writer) -> str:
    return SPEC.model_copy(update={"options": Options(writer=writer)}).recipe()


def recipe(prompts: dict[str, str]) -> str:
    return SPEC.model_copy(update={"prompts": prompts}).recipe()


def test_the_order_of_prompts_does_not_matter() -> None:
    assert recipe({"a": "1", "b": "2"}) == recipe({"b": "2", "a": "1"})


@pytest.mark.parametrize(
    ("one", "other"), [({"a": "1", "b": "2"}, {"a": "1\0b=2"}), ({"a": "b=1"}, {"a=b": "1"})]
)
def test_prompts_do_not_run_into_each_other(one: dict[str, str], other: dict[str, str]) -> None:
    assert recipe(one) != recipe(other)
