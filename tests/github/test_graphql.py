"""The fake's GraphQL against GitHub's own schema."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from graphql import GraphQLSchema, build_schema, print_schema

from tests.fakes.github import FakeGitHub, Request
from tests.fakes.github.graphql.schema import schema as trimmed
from tests.github import graphql
from tests.github.conftest import SCHEMA
from tests.github.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.github.messages import Answer

pytestmark = [pytest.mark.github, pytest.mark.timeout(300)]


_REPOSITORY = """
  id databaseId name nameWithOwner url description isArchived isDisabled isEmpty isFork isMirror isTemplate
  isLocked isPrivate isInOrganization visibility diskUsage pushedAt createdAt updatedAt viewerPermission
  owner { login id ... on Organization { databaseId } }
  primaryLanguage { name }
  languages(first: 10, orderBy: {field: SIZE, direction: DESC}) { totalSize edges { size
    node { id name color } } }
  repositoryTopics(first: 20) { nodes { topic { name } url } }
  defaultBranchRef { id name prefix target { oid ... on Commit {
    message messageHeadline messageBody committedDate authoredDate url
    author { name email date user { login } } committer { name email }
    signature { isValid state wasSignedByGitHub email signature }
    history(first: 2) { totalCount nodes { oid } pageInfo { hasNextPage endCursor } }
    parents(first: 2) { nodes { oid } } changedFilesIfAvailable
    tree { oid entries { name path mode type oid size object { ... on Blob { byteSize } } } }
    file(path: "README.md") { oid mode }
  } } }
"""
_CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "organisation": (
        f"""query($login: String!, $after: String) {{
          organization(login: $login) {{ id login repositories(
            first: 3, after: $after, orderBy: {{field: NAME, direction: ASC}}, isArchived: false
          ) {{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            edges {{ cursor }} nodes {{ {_REPOSITORY} }} }} }}
          rateLimit {{ cost limit remaining used resetAt nodeCount }} }}""",
        {"login": "octo"},
    ),
    "aliases": (
        """query { a: repository(owner: "octo", name: "engine") { name
             readme: object(expression: "HEAD:README.md") { ... on Blob {
               oid text byteSize isBinary isTruncated } }
             folder: object(expression: "HEAD:") { ... on Tree { oid entries { name } } }
             none: object(expression: "HEAD:none") { oid }
             ref(qualifiedName: "refs/heads/main") { name target { oid } }
             gone: ref(qualifiedName: "refs/heads/none") { name }
             refs(refPrefix: "refs/heads/", first: 10) { totalCount nodes { name prefix } } }
           b: repository(owner: "octo", name: "empty") { isEmpty defaultBranchRef { name } } }""",
        {},
    ),
    "pull requests": (
        """query { repository(owner: "octo", name: "merged") { pullRequests(
             headRefName: "topic", states: [OPEN, CLOSED, MERGED], first: 5,
             orderBy: {field: CREATED_AT, direction: DESC}
           ) { totalCount nodes { id databaseId number title body state isDraft headRefName headRefOid
             baseRefName baseRefOid merged mergedAt closed closedAt createdAt updatedAt url permalink
             isCrossRepository
             mergeCommit { oid } mergedBy { login } author { login __typename } headRef { name }
             comments(first: 5) { nodes { body author { login } createdAt databaseId url } }
             labels(first: 5) { nodes { name color } } } } } }""",
        {},
    ),
}
_COMMIT = """mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) {
  clientMutationId commit { oid url committedDate author { name email user { login } }
    committer { name email } signature { isValid wasSignedByGitHub } } ref { name target { oid } } } }"""
_PULL = """mutation($input: CreatePullRequestInput!) { createPullRequest(input: $input) {
  pullRequest { id number isDraft url } } }"""


@pytest.fixture(scope="session")
def github() -> GraphQLSchema:
    """GitHub's own schema."""
    return build_schema(SCHEMA.read_text("utf-8"), assume_valid=True)


def _ask(world: World, document: str, variables: dict[str, Any], who: str = "write") -> Answer:
    body = json.dumps({"query": document, "variables": variables}).encode()
    headers = {"authorization": f"Bearer {world.credentials[who]()}"}
    return world.fake.handle(Request("POST", "/graphql", {}, headers, body))


def test_our_schema_is_a_part_of_githubs(github: GraphQLSchema) -> None:
    assert graphql.strangers(trimmed, github) == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("isEmpty: Boolean!", "isEmpty: Boolean", "Repository.isEmpty"),
        ("isEmpty: Boolean!", "isEmpty: Boolean!\n  isHaunted: Boolean!", "Repository.isHaunted"),
        ("expectedHeadOid: GitObjectID!", "", "CreateCommitOnBranchInput lacks expectedHeadOid"),
        ("qualifiedName: String!", "qualifiedName: String", "Repository.ref(qualifiedName)"),
        ("  INTERNAL\n", "  INTERNAL\n  SECRET\n", "RepositoryVisibility.SECRET"),
        ("type RateLimit {", "type RateLimits {", "RateLimits"),
    ],
)
def test_a_stranger_in_our_schema_is_noticed(github: GraphQLSchema, old: str, new: str, named: str) -> None:
    text = print_schema(trimmed).replace(
        "RateLimit\n", "RateLimits\n" if "RateLimits" in new else "RateLimit\n"
    )
    assert old in text
    assert named in graphql.strangers(build_schema(text.replace(old, new)), github)


@pytest.mark.parametrize("name", _CASES)
def test_answers_fit_githubs_schema(github: GraphQLSchema, world: World, name: str) -> None:
    document, variables = _CASES[name]
    body = _ask(world, document, variables, "classic").body
    assert "errors" not in body
    assert graphql.problems_of_document(github, document) == []
    assert graphql.problems_of_answer(github, document, variables, body["data"]) == []


def test_nodes_fit_githubs_schema(github: GraphQLSchema, world: World) -> None:
    merged = world.fake.find("octo", "merged")
    assert merged is not None
    document = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
      ... on Repository { name } ... on PullRequest { number repository { name } } } }"""
    variables = {"ids": [merged.node_id, merged.pulls[1].node_id, "R_nothing"]}
    body = _ask(world, document, variables).body
    assert body["data"]["nodes"][2] is None
    assert [(error["type"], error["path"]) for error in body["errors"]] == [("NOT_FOUND", ["nodes", 2])]
    assert graphql.problems_of_answer(github, document, variables, body["data"]) == []


def test_mutations_fit_githubs_schema(github: GraphQLSchema, tmp_path: Path) -> None:
    fake = FakeGitHub(tmp_path)
    repository = fake.repository("octo/engine")
    repository.collaborators["ada"] = "write"
    token = fake.classic_token("ada")
    world = World(fake, None, {"write": lambda: token}, "", "")  # type: ignore[arg-type]
    head = fake.commit(repository, {"a.py": b"a\n"}, branch="docs")
    addition = {"path": "docs/a.md", "contents": base64.b64encode(b"# A\n").decode()}
    for document, wanted in (
        (
            _COMMIT,
            {
                "branch": {"repositoryNameWithOwner": "octo/engine", "branchName": "docs"},
                "expectedHeadOid": head,
                "message": {"headline": "Document", "body": "Documenthor-Job: x"},
                "fileChanges": {"additions": [addition], "deletions": [{"path": "a.py"}]},
                "clientMutationId": "x",
            },
        ),
        (
            _PULL,
            {
                "repositoryId": repository.node_id,
                "baseRefName": "main",
                "headRefName": "docs",
                "title": "Docs",
                "draft": True,
            },
        ),
    ):
        body = _ask(world, document, {"input": wanted}).body
        assert "errors" not in body
        assert graphql.problems_of_document(github, document) == []
        assert graphql.problems_of_answer(github, document, {"input": wanted}, body["data"]) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), None),
        (("name",), 5),
        (("visibility",), "SECRET"),
        (("diskUsage",), "large"),
        (("isArchived",), None),
        (("extra",), 1),
        (("defaultBranchRef", "target", "oid"), None),
    ],
)
def test_a_broken_answer_is_noticed(
    github: GraphQLSchema, world: World, path: tuple[str, ...], value: object
) -> None:
    document, variables = _CASES["organisation"]
    data = _ask(world, document, variables, "classic").body["data"]
    node = next(one for one in data["organization"]["repositories"]["nodes"] if one["name"] == "engine")
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert graphql.problems_of_answer(github, document, variables, data)
