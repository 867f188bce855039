"""The schema with a resolver for every field that is more than a look at a dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, build_schema

from tests.fakes.github.graphql import mutations, objects, pulls, repositories
from tests.fakes.github.graphql.sources import CommentNode, LabelNode, ObjectNode, PullNode, RefNode
from tests.fakes.github.state import Account, Repository

if TYPE_CHECKING:
    from tests.fakes.github.graphql.sources import Info

_TABLES = (repositories.RESOLVERS, objects.RESOLVERS, pulls.RESOLVERS, mutations.RESOLVERS)
_NAMES = {
    Repository: "Repository",
    RefNode: "Ref",
    PullNode: "PullRequest",
    CommentNode: "IssueComment",
    LabelNode: "Label",
}


def _type_of(source: Any, _info: Info, _type: Any) -> str:  # noqa: ANN401 - any source
    if isinstance(source, Account):
        return source.kind
    if isinstance(source, dict):
        return str(source["__typename"])
    if isinstance(source, ObjectNode):
        return type(source.git).__name__
    return _NAMES[type(source)]


def _build() -> GraphQLSchema:
    made = build_schema(Path(__file__).with_suffix(".graphql").read_text("utf-8"))
    for table in _TABLES:
        for name, resolvers in table.items():
            kind = made.type_map[name]
            assert isinstance(kind, GraphQLObjectType)
            for field, resolver in resolvers.items():
                kind.fields[field].resolve = resolver
    for kind in made.type_map.values():
        if isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = _type_of
    return made


schema = _build()
