"""The GraphQL side: one endpoint, executed by graphql-core against a part of GitHub's own schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    parse,
    validate,
)

from tests.fakes.github.graphql.schema import schema
from tests.fakes.github.graphql.sources import Failure
from tests.fakes.github.messages import Answer, Refusal

if TYPE_CHECKING:
    from tests.fakes.github.messages import Request
    from tests.fakes.github.routes import Call

_CREATES = {"createCommitOnBranch": "commit", "createPullRequest": "pull request", "updateRefs": "ref"}


@dataclass(frozen=True)
class Asked:
    """A GraphQL request: `name` is that of its first field, such as `createCommitOnBranch`."""

    text: str
    variables: dict[str, Any]
    operation: str | None
    name: str
    is_write: bool

    @property
    def creates(self) -> str:
        """What content it creates; empty for none."""
        return _CREATES.get(self.name, "") if self.is_write else ""


def asked(request: Request) -> Asked:
    """What a request asks; raises `Refusal` 400 for one without a query."""
    body = request.json()
    text = body.get("query")
    if not isinstance(text, str):
        raise Refusal(400, "A query attribute must be specified and must be a string.")
    name, is_write = "", False
    try:
        document = _parsed(text)
    except GraphQLError:
        document = None
    for operation in document.definitions if document else ():
        if isinstance(operation, OperationDefinitionNode):
            is_write = operation.operation == OperationType.MUTATION
            first = operation.selection_set.selections[0]
            name = first.name.value if isinstance(first, FieldNode) else ""
    return Asked(text, body.get("variables") or {}, body.get("operationName"), name, is_write)


def execute(call: Call, query: Asked | None) -> Answer:
    """Run it; what is wrong with it is said in `errors`, with status 200."""
    assert query is not None
    if call.token is None:
        raise Refusal(401, "This endpoint requires you to be authenticated.")
    if call.token.kind == "app":
        raise Refusal(401, "A JSON web token could not be decoded")
    try:
        document, problems = _parsed(query.text), _problems(query.text)
    except GraphQLError as error:
        return Answer(200, {"errors": [_formatted(error)]})
    if problems:
        return Answer(200, {"errors": [_formatted(problem) for problem in problems]})
    result = execute_sync(
        schema, document, context_value=call, variable_values=query.variables, operation_name=query.operation
    )
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [_formatted(error) for error in result.errors]
    return Answer(200, body)


@lru_cache(maxsize=256)
def _parsed(text: str) -> DocumentNode:
    return parse(text)


@lru_cache(maxsize=256)
def _problems(text: str) -> tuple[GraphQLError, ...]:
    return tuple(validate(schema, _parsed(text)))


def _formatted(error: GraphQLError) -> dict[str, Any]:
    """An error as GitHub shows it; one of the fake itself is raised, not hidden in an answer."""
    shown: dict[str, Any] = dict(error.formatted)
    if isinstance(error.original_error, Failure):
        return {"type": error.original_error.kind, **shown}
    if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
        raise error.original_error
    return shown
