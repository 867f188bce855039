"""What the action does for a workflow: asks, follows, reports, and fails as it was told to."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from documenthor.outcomes import Kind, Outcome, failed, rejected
from markdown_it import MarkdownIt

from tests.documenthor.support import key
from tests.documenthor.webhooks.conftest import Outbox, outbox, receiver

if TYPE_CHECKING:
    from pathlib import Path

    from tests.action.conftest import Step
    from tests.action.worker import Worker
    from tests.fakes.webhook_receiver import Receiver

__all__ = ["outbox", "receiver"]


def test_documents_the_repository_of_the_workflow(step: Step, worker: Worker) -> None:
    ended = step.run()
    assert ended.status == 0, ended.log
    (job,) = worker.triggered
    assert [str(getattr(item, "name", item)) for item in job.request.repositories or ()] == ["web"]
    assert ended.outputs["job"] == job.id
    assert ended.outputs["state"] == "succeeded"
    assert json.loads(ended.outputs["counts"])["pull_request"] == 1
    assert ended.outputs["status-url"] == f"{step.url}/api/job/{job.id}/status"
    assert "web: pull_request https://forge.example/acme/web/pull/7" in ended.log
    assert "[open](<https://forge.example/acme/web/pull/7>)" in ended.summary


def test_several_names_and_options(step: Step, worker: Worker) -> None:
    several = {"repositories": "web\n  api  \n\n", "mode": "commit", "force": "true"}
    assert step.run(several).status == 0
    (first,) = (job.request for job in worker.triggered)
    assert [str(getattr(item, "name", item)) for item in first.repositories or ()] == ["web", "api"]
    assert (first.mode, first.force) == ("commit", True)


def test_a_registered_address_is_told(step: Step, outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver, on_request=True)
    ended = [step.run({"webhook": address}, GITHUB_JOB=address) for address in ("", receiver.url)]
    assert outbox.later(minutes=2) == 1
    (message,) = receiver.received
    assert message["data"]["job"] == ended[1].outputs["job"]
    refused = step.run({"webhook": "https://unknown.example/"})
    assert (refused.status, "/webhook" in refused.log) == (1, True)


@pytest.mark.parametrize("repositories", ["*", "web\nsecret"])
def test_targets_that_the_policy_does_not_name_are_refused(
    step: Step, worker: Worker, repositories: str
) -> None:
    ended = step.run({"repositories": repositories})
    assert ended.status == 1
    assert "the service answered 403" in ended.log
    assert "trust policy" in ended.log
    assert worker.triggered == []


def test_progress_is_told_once_for_each_repository(step: Step, worker: Worker) -> None:
    worker.seconds = 0.5
    names = [f"r{number}" for number in range(8)]
    ended = step.run({"repositories": "\n".join(names)})
    assert ended.status == 0
    for name in names:
        assert ended.log.count(f"{name}: pull_request") == 1
    assert ended.log.count("[succeeded]") == 1


@pytest.mark.parametrize(
    ("outcomes", "fail_on", "status"),
    [
        ({"web": failed("generate", "broke")}, "failed", 1),
        ({"web": failed("generate", "broke")}, "rejected", 1),
        ({"web": failed("generate", "broke")}, "never", 0),
        ({"api": rejected("score", "71.0 of 85")}, "failed", 0),
        ({"api": rejected("score", "71.0 of 85")}, "failed, rejected", 1),
        ({"api": Outcome(Kind.UNCHANGED)}, "failed,rejected,skipped", 0),
    ],
)
def test_fails_as_configured(
    step: Step, worker: Worker, outcomes: dict[str, Outcome], fail_on: str, status: int
) -> None:
    worker.outcomes = outcomes
    repositories = "\n".join(outcomes)
    ended = step.run({"repositories": repositories, "fail-on": fail_on})
    assert ended.status == status, ended.log
    assert ("::error" in ended.log) == bool(status)


def test_does_not_wait_when_told_so(step: Step, worker: Worker) -> None:
    worker.never_ends = True
    ended = step.run({"wait": "false"})
    assert ended.status == 0
    assert ended.outputs["state"] == "queued"


def test_time_out_says_that_the_job_goes_on(step: Step, worker: Worker) -> None:
    worker.never_ends = True
    ended = step.run({"timeout-minutes": "0.02"})
    assert ended.status == 1
    assert f"goes on; see {step.url}/api/job/" in ended.log


def test_same_run_and_attempt_make_one_job(step: Step) -> None:
    first, second = step.run(), step.run()
    assert first.outputs["job"] == second.outputs["job"]
    again = step.run(GITHUB_RUN_ATTEMPT="2")
    assert again.outputs["job"] != first.outputs["job"]


@pytest.mark.parametrize(
    ("with_", "says"),
    [
        ({"url": "http://documenthor.example"}, "url is no https address"),
        ({"url": "https://me:secret@documenthor.example"}, "url holds more than a host"),
        ({"audience": " "}, "audience is empty"),
        ({"issuer": ""}, "issuer is empty"),
        ({"mode": "push"}, "mode is neither commit nor pull_request"),
        ({"force": "yes"}, "force is neither true nor false"),
        ({"timeout-minutes": "soon"}, "timeout-minutes is no number"),
        ({"fail-on": "failed,warned"}, "fail-on has warned"),
        ({"repositories": "web\n*"}, "give a name, name@ref, or a single *"),
        ({"repositories": "web@"}, "give a name, name@ref, or a single *"),
        ({"private-key": "-----BEGIN nothing"}, "openssl cannot read private-key"),
        ({"private-key": ""}, "id-token: write"),
    ],
)
def test_wrong_inputs_end_with_one_clear_line(
    step: Step, worker: Worker, with_: dict[str, str], says: str
) -> None:
    ended = step.run(with_)
    assert ended.status == 1
    assert says in ended.log
    assert ended.log.count("\n") == 1
    assert worker.triggered == []


def test_refusal_repeats_what_the_service_says(step: Step) -> None:
    ended = step.run({"repositories": "no such/name"})
    assert ended.status == 1
    assert "the service answered 422" in ended.log
    assert "Traceback" not in ended.log


def test_token_of_a_key_that_is_not_registered_is_refused(step: Step) -> None:
    ended = step.run({"private-key": key("stranger").pem})
    assert ended.status == 1
    assert "the service answered 401" in ended.log


def test_no_secret_is_printed_or_left_behind(step: Step) -> None:
    ended = step.run()
    mask, *rest = ended.log.splitlines()
    assert mask.startswith("::add-mask::eyJ")
    token = mask.removeprefix("::add-mask::")
    assert token not in "\n".join(rest)
    lines = [line for line in key("acme").pem.splitlines() if len(line) > 40]
    assert lines
    assert not any(line in ended.log + ended.summary for line in lines)
    assert _files(step.folder / "temp") == []


def test_hostile_messages_are_neither_commands_nor_markup(step: Step, worker: Worker) -> None:
    message = "x\n::set-env name=PATH::/evil\n##[add-path]/evil | <img src=x> [a](https://evil.example)"
    worker.outcomes = {"web": Outcome(Kind.REJECTED, "links", message, reference="javascript:alert(1)")}
    ended = step.run()
    lines = ended.log.splitlines()
    opened = next(number for number, line in enumerate(lines) if line.startswith("::stop-commands::"))
    mark = lines[opened].removeprefix("::stop-commands::")
    closed = lines.index(f"::{mark}::")
    assert not any(line.startswith(("::", "##[")) for line in lines[opened + 1 : closed])
    assert "rejected(links)" in "\n".join(lines[opened:closed])
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(ended.summary)
    assert "&lt;img src=x&gt;" in shown
    assert re.findall(r'href="([^"]*)"', shown) == [ended.outputs["status-url"]]


def _files(folder: Path) -> list[str]:
    return [name for _, _, names in os.walk(folder) for name in names]
