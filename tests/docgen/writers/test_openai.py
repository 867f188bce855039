"""The HTTP client: one reply a prompt in their order, failures typed, one more try where it helps."""

from __future__ import annotations

import httpx
import pytest
from docgen.contract import Writer, WriterKind
from docgen.deadline import Deadline
from docgen.errors import ModelUnavailableError, TimedOutError
from docgen.writers import openai
from docgen.writers.choose import open_writer
from docgen.writers.model import Prompt
from docgen.writers.openai import OpenAiWriter

from tests.fakes.model_server import Answer, Asked, ModelServer


def prompts(count: int) -> list[Prompt]:
    return [Prompt("rules", f"prompt {number}", {"type": "object"}, 10) for number in range(count)]


def writer(url: str, **options: int) -> OpenAiWriter:
    given = {"kind": WriterKind.OPENAI, "base_url": url, "model": "m"}
    return OpenAiWriter(Writer.model_validate(given | options))


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai, "_PAUSE_SECONDS", 0)


def test_replies_come_in_the_order_of_the_prompts() -> None:
    def script(asked: Asked) -> Answer:
        return Answer(asked.user, delay=0.2 if asked.user == "prompt 0" else 0.0)

    with ModelServer(script) as server:
        replies = writer(server.url).write(prompts(20), Deadline(60))
    assert [reply.text for reply in replies] == [f"prompt {number}" for number in range(20)]


def test_no_more_are_in_flight_than_allowed() -> None:
    with ModelServer(lambda _: Answer("x", delay=0.05)) as server:
        writer(server.url, parallel=3).write(prompts(12), Deadline(60))
    assert server.most_at_once == 3


@pytest.mark.parametrize(
    ("status", "asked"), [(503, 2), (429, 2), (502, 2), (500, 1), (400, 1), (302, 1), (404, 1)]
)
def test_a_busy_server_is_asked_once_more(status: int, asked: int) -> None:
    with ModelServer(lambda _: Answer(status=status)) as server:
        replies = writer(server.url).write(prompts(1), Deadline(60))
    assert [reply.failure for reply in replies] == [f"status_{status}"]
    assert len(server.asked) == asked


def test_a_second_try_can_succeed() -> None:
    def script(_: Asked) -> Answer:
        return Answer("well") if len(server.asked) > 1 else Answer(status=503)

    with ModelServer(script) as server:
        assert writer(server.url).write(prompts(1), Deadline(60))[0].text == "well"


def test_a_server_that_never_answers_is_unavailable() -> None:
    with ModelServer(lambda _: Answer("late", delay=2.5)) as server, pytest.raises(ModelUnavailableError):
        writer(server.url, seconds=1).write(prompts(2), Deadline(60))


def test_the_deadline_of_the_command_comes_before_that_of_a_reply() -> None:
    with ModelServer(lambda _: Answer("late", delay=2.5)) as server, pytest.raises(TimedOutError):
        writer(server.url, seconds=60).write(prompts(2), Deadline(1))


def test_the_environment_says_nothing_about_where_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with ModelServer(lambda _: Answer("direct")) as server:
        assert writer(server.url).write(prompts(1), Deadline(60))[0].text == "direct"


@pytest.mark.parametrize(
    "usage", [None, 5, {"prompt_tokens": -1}, {"prompt_tokens": "7"}, {"prompt_tokens": 10**30}]
)
def test_a_count_that_cannot_be_one_is_none(usage: object) -> None:
    body = {"choices": [{"message": {"content": "x"}}], "usage": usage}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    options = Writer(kind=WriterKind.OPENAI, base_url="http://model/v1", model="m")
    reply = OpenAiWriter(options, transport).write(prompts(1), Deadline(60))[0]
    assert (reply.text, reply.prompt_tokens, reply.reply_tokens) == ("x", 0, 0)


def test_the_facts_writer_asks_nobody() -> None:
    assert open_writer(Writer()) is None
