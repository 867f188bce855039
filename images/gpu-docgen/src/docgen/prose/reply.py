"""What a reply has to look like, and reading one that may look like anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_SENTENCES = 6
MAX_FACTS = 6
_MAX_REPLY = 200_000


class RawSentence(BaseModel):
    """A sentence as a model wrote it; `facts` and `cite` are handles of what it says it rests on."""

    model_config = ConfigDict(strict=True, frozen=True)

    kind: Literal["claims", "paraphrase", "quote"]
    text: str = ""
    facts: tuple[str, ...] = ()
    cite: str = ""


def schema(facts: Sequence[str], texts: Sequence[str], *, retells: bool = True) -> dict[str, Any]:
    """The JSON schema of a reply that can rest on nothing but the handles of these facts and texts.

    Where nothing is retold, texts can only be quoted.
    """
    text = {"type": "string"}
    kinds = []
    if facts:
        chosen = {"type": "array", "items": {"enum": facts}, "minItems": 1, "maxItems": MAX_FACTS}
        kinds.append(_object(kind={"const": "claims"}, facts=chosen, text=text))
    if texts:
        cite = {"enum": texts}
        if retells:
            kinds.append(_object(kind={"const": "paraphrase"}, cite=cite, text=text))
        kinds.append(_object(kind={"const": "quote"}, cite=cite))
    sentences = {"type": "array", "items": {"anyOf": kinds}, "minItems": 1, "maxItems": MAX_SENTENCES}
    return _object(sentences=sentences)


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON schema is any JSON)
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def read_reply(text: str) -> list[RawSentence | None]:
    """The sentences of a reply, None for a malformed one; one cut short gives those before the cut."""
    start = text[:_MAX_REPLY].find('"sentences"')
    at = text.find("[", start) + 1
    found: list[RawSentence | None] = []
    while start >= 0 and at > 0 and len(found) < MAX_SENTENCES:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            value, at = json.JSONDecoder().raw_decode(text[:_MAX_REPLY], at)
        except (ValueError, RecursionError):
            break
        found.append(_sentence(value))
    return found or [None]


def _sentence(value: object) -> RawSentence | None:
    try:
        return RawSentence.model_validate_json(json.dumps(value))
    except (ValidationError, ValueError):
        return None
