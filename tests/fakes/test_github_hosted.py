"""`make run FORGE=github-fake` up to Airflow: what is served, what Airflow is told, what is kept."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
import pytest
import requests
from documenthor.tenants import load_tenant

from embedded.github import ORGANISATION, hosted
from embedded.state import RunError, State

if TYPE_CHECKING:
    from embedded.place import Place


@pytest.fixture
def state(tmp_path: Path) -> State:
    made = State(tmp_path / "run")
    made.prepare()
    source = tmp_path / "source"
    source.mkdir()
    (source / "README.md").write_text("# Engine\n")
    _git(source, "init", "-q", "--initial-branch=trunk")
    _commit(source)
    _git(tmp_path, "clone", "-q", "--bare", str(source), str(made.forge / "engine.git"))
    return made


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def _commit(folder: Path) -> None:
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "A change")


def _ask(place: Place, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401 - JSON
    """Call the API as Airflow could: with nothing but what it was told."""
    connection = json.loads(place.environment["AIRFLOW_CONN_GITHUB_DEFAULT"])
    now, extra = datetime.now(UTC), connection["extra"]
    claims = {"iss": str(extra["app_id"]), "iat": now, "exp": now + timedelta(minutes=5)}
    signed = jwt.encode(claims, Path(extra["key_path"]).read_text("ascii"), algorithm="RS256")

    def call(credential: str, method: str, path: str, body: Any) -> Any:  # noqa: ANN401 - JSON
        answer = requests.request(
            method,
            connection["host"] + path,
            json=body,
            headers={"authorization": f"Bearer {credential}"},
            verify=place.environment["REQUESTS_CA_BUNDLE"],
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    installation = call(signed, "GET", f"/orgs/{ORGANISATION}/installation", None)
    token = call(signed, "POST", f"/app/installations/{installation['id']}/access_tokens", {})
    return call(token["token"], method, path, body)


def test_airflow_is_told_where_the_key_is_and_not_the_key(state: State) -> None:
    with hosted(state, ["engine"]) as place:
        found = _ask(place, "GET", f"/repos/{ORGANISATION}/engine")
        tenant = load_tenant(Path(place.environment["DOCUMENTHOR_TENANTS"]), place.tenant)
    assert (found["default_branch"], found["private"]) == ("trunk", True)
    assert tenant.forge.kind == "github"
    assert "PRIVATE KEY" not in json.dumps(place.environment)


def test_the_next_run_finds_what_this_one_left(state: State) -> None:
    repository = f"/repos/{ORGANISATION}/engine"
    with hosted(state, ["engine"]) as place:
        trunk = _ask(place, "GET", f"{repository}/git/ref/heads/trunk")["object"]["sha"]
        _ask(place, "POST", f"{repository}/git/refs", {"ref": "refs/heads/docs", "sha": trunk})
        wanted = {"message": "Docs", "content": "IyBBCg==", "branch": "docs"}
        _ask(place, "PUT", f"{repository}/contents/docs/a.md", wanted)
        made = _ask(place, "POST", f"{repository}/pulls", {"title": "Docs", "head": "docs", "base": "trunk"})
    with hosted(state, ["engine"]) as place:
        (kept,) = _ask(place, "GET", f"{repository}/pulls")
        lines = list(place.lines())
    # The address is the same as well, because pages link to it.
    assert kept["html_url"] == made["html_url"]
    assert lines[0] == f"{made['html_url']} (open): Docs"


def test_new_source_arrives_but_never_over_what_was_merged(state: State, tmp_path: Path) -> None:
    with hosted(state, ["engine"]):
        pass
    source, forge = tmp_path / "source", state.forge / "engine.git"
    (source / "new.py").write_text("x = 1\n")
    _commit(source)
    _git(forge, "fetch", "-q", str(source), "+trunk:trunk")
    with hosted(state, ["engine"]) as place:
        assert _ask(place, "GET", f"/repos/{ORGANISATION}/engine/contents/new.py")["type"] == "file"
    _git(source, "commit", "-q", "--amend", "-m", "Rewritten")
    _git(forge, "fetch", "-q", str(source), "+trunk:trunk")
    with pytest.raises(RunError, match="has commits that"), hosted(state, ["engine"]):
        pass


def test_what_was_merged_stays_while_the_source_stands_still(state: State) -> None:
    page = f"/repos/{ORGANISATION}/engine/contents/docs/a.md"
    with hosted(state, ["engine"]) as place:
        _ask(place, "PUT", page, {"message": "Docs", "content": "IyBBCg==", "branch": "trunk"})
    with hosted(state, ["engine"]) as place:
        assert _ask(place, "GET", page)["type"] == "file"
