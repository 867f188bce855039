"""Reading replies: what can be read is, whatever stands around it."""

from __future__ import annotations

import json

import jsonschema
import pytest
from docgen.prose.reply import MAX_SENTENCES, read_reply, schema

ONE = {"kind": "claims", "facts": ["A1"], "text": "{M1} defines {S1}."}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (json.dumps({"sentences": [ONE, {"kind": "quote", "cite": "T1"}]}), ["claims", "quote"]),
        ("Here:\n```json\n" + json.dumps({"sentences": [ONE]}, indent=1) + "\n```", ["claims"]),
        (json.dumps({"sentences": [ONE, ONE]})[:-30], ["claims"]),
        (json.dumps({"sentences": [ONE, 5, {"kind": "html"}, ONE]}), ["claims", None, None, "claims"]),
        (json.dumps({"sentences": [ONE] * 50}), ["claims"] * MAX_SENTENCES),
        (json.dumps({"sentences": []}), [None]),
        ('{"sentences": [' + "[" * 100_000, [None]),
        ('{"sentences": ' + "[" + "1" * 100_000 + "]}", [None]),
        ('"sentences"', [None]),
        ("", [None]),
    ],
)
def test_a_reply_is_read_as_far_as_it_goes(text: str, kinds: list[str | None]) -> None:
    assert [raw.kind if raw else None for raw in read_reply(text)] == kinds


def test_the_schema_takes_the_handles_of_the_prompt_and_no_other() -> None:
    shape = schema(["A1"], ["T1"])
    jsonschema.Draft202012Validator.check_schema(shape)
    jsonschema.validate({"sentences": [ONE, {"kind": "quote", "cite": "T1"}]}, shape)
    for wrong in (
        {**ONE, "facts": ["A2"]},
        {**ONE, "facts": []},
        {**ONE, "x": 1},
        {"kind": "quote", "cite": "T2"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"sentences": [wrong]}, shape)
    assert len(schema(["A1"], [])["properties"]["sentences"]["items"]["anyOf"]) == 1
