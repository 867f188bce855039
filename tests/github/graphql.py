"""GraphQL documents and answers against GitHub's own schema, and our trimmed schema as a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    execute_sync,
    parse,
    validate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import (
        GraphQLAbstractType,
        GraphQLNamedType,
        GraphQLResolveInfo,
        GraphQLSchema,
        SelectionSetNode,
    )

_WithFields = GraphQLObjectType | GraphQLInterfaceType


def problems_of_document(schema: GraphQLSchema, document: str) -> list[str]:
    """What is wrong with a document."""
    return [error.message for error in validate(schema, parse(document))]


def problems_of_answer(
    schema: GraphQLSchema,
    document: str,
    variables: dict[str, Any],
    data: Any,  # noqa: ANN401 - any JSON
) -> list[str]:
    """What is wrong with an answer's `data`, found by running it through as if it were the source."""
    result = execute_sync(
        schema,
        parse(document),
        root_value=data,
        variable_values=variables,
        field_resolver=_given,
        type_resolver=_type_of,
    )
    problems = [error.message for error in result.errors or []]
    return problems or ([] if result.data == data else ["it has other fields than were asked for"])


def _given(source: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:  # noqa: ANN401 - any JSON
    if info.path.key not in source:
        raise KeyError(f"{info.path.key} was asked for and not answered")
    return source[info.path.key]


def _type_of(value: Any, info: GraphQLResolveInfo[Any], kind: GraphQLAbstractType) -> str | None:  # noqa: ANN401
    """The type that the answer names, or else the one whose fragment asks for exactly what is there."""
    if "__typename" in value:
        return str(value["__typename"])
    possible = {one.name for one in info.schema.get_possible_types(kind)}
    named: set[str] = set()
    for node in info.field_nodes:
        for part in node.selection_set.selections if node.selection_set else ():
            if isinstance(part, InlineFragmentNode) and part.type_condition:
                name = part.type_condition.name.value
                named.add(name)
                if name in possible and _asks(part.selection_set, value):
                    return name
    return min(possible - named or possible)


def _asks(asked: SelectionSetNode, value: dict[str, Any]) -> bool:
    fields = [one for one in asked.selections if isinstance(one, FieldNode)]
    return all((one.alias or one.name).value in value for one in fields if not one.directives)


def strangers(ours: GraphQLSchema, theirs: GraphQLSchema) -> list[str]:
    """Whatever `ours` has that `theirs` has not, or has otherwise."""
    found = []
    for name, kind in ours.type_map.items():
        if name.startswith("__"):
            continue
        other = theirs.type_map.get(name)
        if other is None or type(other) is not type(kind):
            found.append(name)
        else:
            found += _differences(kind, other)
    return found


def _differences(ours: GraphQLNamedType, theirs: GraphQLNamedType) -> Iterator[str]:
    if isinstance(ours, _WithFields) and isinstance(theirs, _WithFields):
        known = {one.name for one in theirs.interfaces}
        yield from (f"{ours.name} implements {one.name}" for one in ours.interfaces if one.name not in known)
        yield from _fields(ours, theirs)
    if isinstance(ours, GraphQLInputObjectType) and isinstance(theirs, GraphQLInputObjectType):
        yield from _inputs(ours.name, _types(ours.fields), _types(theirs.fields))
    if isinstance(ours, GraphQLEnumType) and isinstance(theirs, GraphQLEnumType):
        yield from (f"{ours.name}.{value}" for value in ours.values if value not in theirs.values)


def _fields(ours: _WithFields, theirs: _WithFields) -> Iterator[str]:
    for name, field in ours.fields.items():
        other = theirs.fields.get(name)
        if other is None or str(other.type) != str(field.type):
            yield f"{ours.name}.{name}"
        else:
            yield from _inputs(f"{ours.name}.{name}", _types(field.args), _types(other.args))


def _inputs(where: str, ours: dict[str, str], theirs: dict[str, str]) -> Iterator[str]:
    yield from (f"{where}({name})" for name, kind in ours.items() if theirs.get(name) != kind)
    needed = {name for name, kind in theirs.items() if kind.endswith("!")}
    yield from (f"{where} lacks {name}" for name in sorted(needed - set(ours)))


def _types(parts: dict[str, Any]) -> dict[str, str]:
    return {name: str(part.type) for name, part in parts.items()}
