"""Who may do what on the fake GitHub: apps, their tokens, personal access tokens, and time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from documenthor import tokens
from documenthor.tokens import rsa

from tests.fakes.github import App, FakeGitHub, Protection
from tests.fakes.github.asking import ask, query

if TYPE_CHECKING:
    from pathlib import Path

_PEM = tokens.generate().pem
_OTHER_PEM = tokens.generate().pem
_START = datetime(2026, 3, 1, 12, tzinfo=UTC)
_REF = "/repos/octo/engine/git/ref/heads/main"


class _World:
    def __init__(self, root: Path) -> None:
        self.now = _START
        self.fake = FakeGitHub(root, lambda: self.now)
        self.engine = self.fake.repository("octo/engine")
        self.other = self.fake.repository("octo/other")
        self.fake.repository("acme/secret")
        public = rsa.public_pem(rsa.private_key(_PEM).public_key())
        self.app: App = self.fake.app("bot", public, {"contents": "write", "pull_requests": "write"})
        self.installation = self.fake.install(self.app, "octo")

    def signed(self, pem: str = _PEM, **claims: Any) -> str:  # noqa: ANN401 - JSON
        known = {"iss": str(self.app.id), "iat": self.now, "exp": self.now + timedelta(minutes=9)}
        return jwt.encode(known | claims, pem, algorithm="RS256")

    def token(self, **wanted: Any) -> str:  # noqa: ANN401 - JSON
        path = f"/app/installations/{self.installation.id}/access_tokens"
        return str(ask(self.fake, self.signed(), "POST", path, wanted).body["token"])


@pytest.fixture
def world(tmp_path: Path) -> _World:
    return _World(tmp_path)


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, 200),
        ({"iat": _START + timedelta(seconds=59)}, 200),
        ({"iat": _START + timedelta(seconds=61)}, 401),
        ({"exp": _START}, 401),
        ({"exp": _START + timedelta(minutes=11)}, 401),
        ({"iss": "1"}, 404),
        ({"pem": _OTHER_PEM}, 401),
    ],
)
def test_an_app_signs_what_it_asks(world: _World, claims: dict[str, Any], status: int) -> None:
    assert ask(world.fake, world.signed(**claims), "GET", "/app").status == status


def test_an_app_itself_sees_no_repository(world: _World) -> None:
    assert ask(world.fake, world.signed(), "GET", "/repos/octo/engine").status == 404
    assert ask(world.fake, world.token(), "GET", "/app").status == 401


def test_a_token_is_for_the_repositories_and_permissions_asked_for(world: _World) -> None:
    token = world.token(repositories=["engine"], permissions={"contents": "read"})
    sha = world.engine.store.ref("refs/heads/main")
    new = {"ref": "refs/heads/x", "sha": sha}
    assert ask(world.fake, token, "GET", _REF).status == 200
    refused = ask(world.fake, token, "POST", "/repos/octo/engine/git/refs", new)
    assert (refused.status, refused.body["message"]) == (403, "Resource not accessible by integration")
    assert ask(world.fake, token, "GET", "/repos/octo/engine/pulls").status == 403
    for hidden in ("octo/other", "acme/secret", "octo/none"):
        assert ask(world.fake, token, "GET", f"/repos/{hidden}").status == 404
    found = query(
        world.fake, token, '{ organization(login: "octo") { repositories(first: 9) { nodes { name } } } }'
    )
    assert found["data"]["organization"]["repositories"]["nodes"] == [{"name": "engine"}]


def test_a_read_token_commits_nothing_by_graphql_either(world: _World) -> None:
    token = world.token(permissions={"contents": "read"})
    answer = query(world.fake, token, _COMMIT, {"input": _commit(world)})
    assert answer["data"] == {"createCommitOnBranch": None}
    assert [error["type"] for error in answer["errors"]] == ["FORBIDDEN"]


@pytest.mark.parametrize("wanted", [{"permissions": {"administration": "read"}}, {"repositories": ["none"]}])
def test_no_token_for_more_than_was_granted(world: _World, wanted: dict[str, Any]) -> None:
    path = f"/app/installations/{world.installation.id}/access_tokens"
    assert ask(world.fake, world.signed(), "POST", path, wanted).status == 422


def test_a_token_ends_after_an_hour_or_when_it_is_revoked(world: _World) -> None:
    old, revoked = world.token(), world.token()
    assert ask(world.fake, revoked, "DELETE", "/installation/token").status == 204
    assert ask(world.fake, revoked, "GET", _REF).status == 401
    world.now += timedelta(minutes=59)
    assert ask(world.fake, old, "GET", _REF).status == 200
    world.now += timedelta(minutes=1)
    answer = ask(world.fake, old, "GET", _REF)
    assert (answer.status, answer.body["message"]) == (401, "Bad credentials")


def test_a_classic_token_says_its_scopes_and_needs_its_owner_on_the_repository(world: _World) -> None:
    token = world.fake.classic_token("ada", ["repo", "read:org"])
    assert ask(world.fake, token, "GET", _REF).status == 404
    world.engine.collaborators["ada"] = "read"
    assert ask(world.fake, token, "GET", _REF).headers["x-oauth-scopes"] == "repo, read:org"
    new = {"ref": "refs/heads/x", "sha": world.engine.store.ref("refs/heads/main")}
    assert ask(world.fake, token, "POST", "/repos/octo/engine/git/refs", new).status == 404
    world.engine.collaborators["ada"] = "write"
    assert ask(world.fake, token, "POST", "/repos/octo/engine/git/refs", new).status == 201
    without = world.fake.classic_token("ada", ["read:org"])
    assert ask(world.fake, without, "GET", _REF).status == 404


def test_a_fine_grained_token_says_which_permission_was_needed(world: _World) -> None:
    token = world.fake.fine_grained_token("ada", "octo", {"contents": "read"})
    refused = ask(world.fake, token, "GET", "/repos/octo/engine/pulls")
    assert (refused.status, refused.headers["x-accepted-github-permissions"]) == (403, "pull_requests=read")
    assert ask(world.fake, token, "GET", "/repos/acme/secret").status == 404


def test_nobody_sees_only_what_is_public(world: _World) -> None:
    world.other.visibility = "public"
    assert ask(world.fake, "", "GET", "/repos/octo/other").status == 200
    assert ask(world.fake, "", "GET", "/repos/octo/engine").status == 404
    assert ask(world.fake, "", "POST", "/repos/octo/other/labels", {"name": "x"}).status == 401


_COMMIT = (
    "mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }"
)


def _commit(world: _World, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    known = {
        "branch": {"repositoryNameWithOwner": "octo/engine", "branchName": "main"},
        "expectedHeadOid": world.engine.store.ref("refs/heads/main"),
        "message": {"headline": "Document"},
        "fileChanges": {"additions": [{"path": "docs/a.md", "contents": "IyBBCg=="}]},
    }
    return known | changed


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"expectedHeadOid": "0" * 40}, "STALE_DATA"),
        ({"branch": {"repositoryNameWithOwner": "octo/engine", "branchName": "none"}}, "NOT_FOUND"),
        ({"branch": {"repositoryNameWithOwner": "acme/secret", "branchName": "main"}}, "NOT_FOUND"),
        ({"fileChanges": {"deletions": [{"path": "none"}]}}, "UNPROCESSABLE"),
        ({"fileChanges": {"additions": [{"path": "../a", "contents": ""}]}}, "UNPROCESSABLE"),
        ({"fileChanges": {"additions": [{"path": "a", "contents": "%"}]}}, "UNPROCESSABLE"),
        ({"fileChanges": {"additions": [{"path": ".github/workflows/a.yml", "contents": ""}]}}, "FORBIDDEN"),
    ],
)
def test_a_refused_commit_changes_nothing(world: _World, changed: dict[str, Any], kind: str) -> None:
    before = world.engine.store.refs()
    answer = query(world.fake, world.token(), _COMMIT, {"input": _commit(world, **changed)})
    assert [error["type"] for error in answer["errors"]] == [kind]
    assert world.engine.store.refs() == before


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (Protection(is_ruleset=False), "BRANCH_PROTECTION_RULE_VIOLATION"),
        (Protection(required_checks=("ci",)), "UNPROCESSABLE"),
    ],
)
def test_a_protected_branch_refuses_a_commit_but_for_who_bypasses_it(
    world: _World, rule: Protection, kind: str
) -> None:
    world.engine.protections["main"] = rule
    answer = query(world.fake, world.token(), _COMMIT, {"input": _commit(world)})
    assert [error["type"] for error in answer["errors"]] == [kind]
    assert "Changes must be made through a pull request." in answer["errors"][0]["message"]
    world.engine.protections["main"] = Protection(bypass=frozenset({"bot[bot]"}))
    assert "errors" not in query(world.fake, world.token(), _COMMIT, {"input": _commit(world)})


def test_an_apps_commit_is_by_its_bot_and_signed_by_github(world: _World) -> None:
    query(world.fake, world.token(), _COMMIT, {"input": _commit(world)})
    head = world.engine.store.ref("refs/heads/main")
    shown = ask(world.fake, world.token(), "GET", f"/repos/octo/engine/git/commits/{head}").body
    assert shown["author"]["email"] == f"{world.app.bot.id}+bot[bot]@users.noreply.github.com"
    assert (shown["committer"]["name"], shown["verification"]["verified"]) == ("GitHub", True)
    assert world.engine.store.read("main", "docs/a.md") == b"# A\n"
