"""Strict reading of what people write: YAML to a model, or every problem with the key it is at."""

from __future__ import annotations

import difflib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_Model = TypeVar("_Model", bound=BaseModel)
_MAX_SHOWN = 80
_MAX_PROBLEMS = 20


class ContentError(ValueError):
    """Content that is no YAML, or not of the shape asked for; `problems` has a line for each mistake."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Loader(yaml.SafeLoader):
    """Plain values only: without references a small file cannot become a large value."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.YAMLError("it has an anchor or an alias (& or *); write the value out")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 (PyYAML's own signature)
        seen: set[str] = set()
        for key in (key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key in seen:
                raise yaml.YAMLError(f"the key {_shown(key)} is there twice; keep one")
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_yaml(model: type[_Model], content: bytes) -> _Model:
    """The `model` that `content` says; one that says nothing has its defaults.

    Raises `ContentError` with the problems that it has, the first twenty of them.
    """
    try:
        return model.model_validate_json(_as_json(content))
    except ValidationError as error:
        details = error.errors(include_url=False)[:_MAX_PROBLEMS]
        raise ContentError(*(_problem(model, detail) for detail in details)) from error


def _as_json(content: bytes) -> str:
    """JSON, where a list is the way to write a tuple and a word the way to write an enum."""
    try:
        found = yaml.load(content.decode("utf-8-sig"), _Loader)  # noqa: S506 (a safe loader)
        return json.dumps({} if found is None else found, default=str)
    except RecursionError as error:
        raise ContentError("not readable as YAML: it is nested too deep") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        # YAML can say what JSON cannot, such as a date as a key.
        raise ContentError(f"not readable as YAML: {error}") from error


def _problem(model: type[BaseModel], detail: ErrorDetails) -> str:
    location = detail["loc"]
    key = ".".join(_shown(part) for part in _walk(model, location)[0]) or "(the whole file)"
    if detail["type"] == "extra_forbidden":
        return f"{key}: unknown key; {_advice(str(location[-1]), _choices(model, location[:-1]))}"
    if detail["type"] in {"enum", "literal_error"}:
        return f"{key}: unknown word; {_advice(str(detail['input']), _choices(model, location))}"
    if detail["type"] == "string_type":
        return f"{key}: is no text; put it in quotes if YAML takes it for something else"
    return f"{key}: {detail['msg'].removeprefix('Value error, ')}"


def _advice(word: str, choices: list[str]) -> str:
    close = difflib.get_close_matches(word[:_MAX_SHOWN], choices, n=1)
    known = f"known are {', '.join(choices)}" if choices else "remove it or correct its name"
    return f"did you mean {close[0]}?" if close else known


def _choices(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys, or the words, that may stand at `location`."""
    node = _walk(model, location)[1]
    return [str(choice) for choice in node.get("enum", node.get("properties", ()))]


def _walk(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[list[str], dict[str, Any]]:
    """The keys on the way to `location` as a person wrote them, and the schema that stands there.

    Where a key such as `kind` chooses between shapes, pydantic names the choice as if it were a key.
    """
    schema = _schema(model)
    keys, node = [], schema
    for part in location:
        shapes = node.get("discriminator", {}).get("mapping", {})
        if part in shapes:
            node = _resolved(schema, {"$ref": shapes[part]})
        else:
            keys.append(str(part))
            node = _resolved(schema, _child(node, part))
    return keys, node


@lru_cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _child(node: dict[str, Any], part: int | str) -> dict[str, Any]:
    child = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
    return child if isinstance(child, dict) else {}


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    found = schema.get("$defs", {}).get(name, node)
    return found if isinstance(found, dict) else {}


def _shown(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"
