"""The action as its README says, the command line, and webhooks, all on a running system."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from documenthor import client

from embedded.airflow import AUDIENCE, ISSUER
from tests.action.conftest import ACTION, Ended, Step
from tests.action.runner import TokenEndpoint
from tests.fakes.webhook_receiver import Receiver
from tests.running.system import System, add_repository, git, hide, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.oidc_issuer import OidcIssuer

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]
_README = (ACTION / "README.md").read_text("utf-8")


@dataclass(frozen=True)
class Operator:
    """Runs `documenthor` in the deployment, and for `acme` with the key in `key_file`."""

    system: System
    key_file: Path

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command."""
        own = {
            "DOCUMENTHOR_URL": self.system.airflow.url,
            "DOCUMENTHOR_TENANT": "acme",
            "DOCUMENTHOR_PRIVATE_KEY_FILE": str(self.key_file),
        }
        command = [str(Path(sys.executable).with_name("documenthor")), *arguments]
        environment = self.system.airflow.environment | own
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def done(self, *arguments: str) -> str:
        """What a command that has to work prints."""
        ended = self(*arguments)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()


@pytest.fixture(scope="module")
def operator(system: System, tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """Has made the organisation's key with the very command of the README."""
    (command,) = re.findall(r"`documenthor (keys new [^`]+)`", _README)
    running = Operator(system, tmp_path_factory.mktemp("keys") / "acme.pem")
    words = {"ORGANISATION": "acme", "FILE": str(running.key_file)}
    running.done(*(words.get(word, word) for word in shlex.split(command)))
    return running


@pytest.fixture
def step(system: System, tmp_path: Path) -> Step:
    """The action's step against the running system."""
    return Step(tmp_path, system.airflow.url, seconds=300)


def _with(system: System, operator: Operator) -> list[dict[str, str]]:
    """The README's two ways to call, with the variables and secrets that it names filled in."""
    values = {
        "vars.DOCUMENTHOR_URL": system.airflow.url,
        "vars.DOCUMENTHOR_AUDIENCE": AUDIENCE,
        "vars.DOCUMENTHOR_ISSUER": ISSUER,
        "secrets.DOCUMENTHOR_PRIVATE_KEY": operator.key_file.read_text("ascii"),
    }
    job, added = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", _README, re.DOTALL))
    assert job["permissions"] == {"id-token": "write"}
    oidc = job["steps"][0]["with"]
    return [
        {name: values[text.strip("${} ")] for name, text in each.items()} for each in (oidc, oidc | added)
    ]


def _run(step: Step, with_: dict[str, str], run: str, **runner: str) -> Ended:
    nothing = {"private-key": "", "issuer": ""}
    ended = step.run(nothing | with_, GITHUB_RUN_ID=run, **runner)
    assert ended.status == 0, ended.log
    assert ended.outputs["state"] == "succeeded"
    return ended


def test_action_as_its_readme_says(
    system: System, operator: Operator, step: Step, issuer: OidcIssuer
) -> None:
    """First with GitHub's own token, which opens the pull request; then with the organisation's key."""
    oidc, own_key = _with(system, operator)
    with TokenEndpoint(issuer) as endpoint:
        first = _run(step, oidc, "1", **endpoint.environment())
    assert json.loads(first.outputs["counts"])["pull_request"] == 1
    assert git(system.state.home / "acme" / "web", "rev-list", "--count", "main..documenthor/docs") == "1"
    assert "web: pull_request" in first.log
    assert "web" in first.summary
    second = _run(step, own_key, "2")
    assert second.outputs["job"] != first.outputs["job"]
    assert json.loads(second.outputs["counts"])["unchanged"] == 1
    secret = own_key["private-key"].splitlines()[1]
    assert secret not in second.log + second.summary


def test_policy_of_the_tenant_keeps_another_workflow_out(
    system: System, operator: Operator, step: Step, issuer: OidcIssuer
) -> None:
    oidc, _ = _with(system, operator)
    with TokenEndpoint(issuer, claims={"event_name": "pull_request_target"}) as endpoint:
        ended = step.run({"private-key": "", "issuer": ""} | oidc, **endpoint.environment())
    assert ended.status == 1
    assert "the service answered 403" in ended.log


def test_command_line_submits_lists_cancels_and_retries(system: System, operator: Operator) -> None:
    lost = hide(add_repository(system.state.home / "acme", "broken"))
    watched = operator("submit", "broken", "--watch", "--json")
    status = json.loads(watched.stdout)
    assert (watched.returncode, status["state"]) == (3, "failed"), watched.stderr
    lost.with_suffix(".lost").rename(lost)
    assert "broken" in operator.done("retry", status["id"])
    assert "succeeded (pull_request 1)" in operator.done("status", status["id"], "--watch")
    names = [f"many-{number:02}" for number in range(12)]
    for name in names:
        add_repository(system.state.home / "acme", name)
    job = operator.done("submit", *names)
    assert "cancel" in operator.done("cancel", job)
    ended = operator("status", job, "--watch")
    assert (ended.returncode, "cancelled" in ended.stdout) == (3, True)
    listed = {each["id"]: each["state"] for each in json.loads(operator.done("jobs", "--json"))}
    assert (listed[status["id"]], listed[job]) == ("succeeded", "cancelled")


def test_webhook_is_delivered_by_the_running_system(system: System, operator: Operator) -> None:
    """One address for every job, one for jobs that name it; the server's own thread sends."""
    with (
        Receiver() as always,
        Receiver() as named,
        _registered(operator, always),
        _registered(operator, named, "--on-request"),
    ):
        with client.Client(system.airflow.url, _credentials(operator)) as caller:
            jobs = [
                client.submit(caller, {"repositories": ["web"], **more})
                for more in ({}, {"webhook": named.url})
            ]
        wait_for("both messages", lambda: len(always.received) == len(jobs) and named.received)
        assert {message["data"]["job"] for message in always.received} == set(jobs)
        assert [message["data"]["job"] for message in named.received] == jobs[1:]
        assert always.refused == named.refused == 0
        assert operator.done("webhooks", "dead", "--tenant", "acme") == ""


def _credentials(operator: Operator) -> client.Credentials:
    return client.Credentials("acme", ISSUER, AUDIENCE, operator.key_file.read_text("ascii"))


@contextmanager
def _registered(operator: Operator, receiver: Receiver, *more: str) -> Iterator[Any]:
    added = operator.done("webhooks", "add", "--tenant", "acme", receiver.url, *more)
    endpoint, secret = added.split("\t")
    receiver.secrets.append(secret)
    yield
    operator.done("webhooks", "remove", "--tenant", "acme", endpoint)


def test_audit_log_of_all_this_holds(operator: Operator) -> None:
    assert " hold" in operator.done("audit", "verify")
    exported = operator.done("audit", "export", "--tenant", "acme")
    events = [json.loads(line) for line in exported.splitlines()]
    done = {event["api"]["operation"] for event in events if event["status"] == "Success"}
    assert {"key.new", "job.submit", "job.cancel", "job.retry", "webhook.add", "webhook.remove"} <= done
    assert "PRIVATE KEY" not in exported
    assert "whsec_" not in exported
