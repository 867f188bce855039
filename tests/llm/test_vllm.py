"""The real vLLM server: structured output, prompts in flight together, and nothing unchecked on a page."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from docgen.contract import Writer, WriterKind
from docgen.deadline import Deadline
from docgen.writers.openai import OpenAiWriter

from tests.llm.serve_vllm import NAME, served
from tests.llm.support import SECONDS, Recorded, has_the_shape, nothing_unchecked, prompts, weights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    start = time.monotonic()
    with served(weights(), tmp_path_factory.mktemp("vllm") / "log") as address:
        print(f"\nvLLM answers after {time.monotonic() - start:.0f} s")
        yield address


def writer(url: str, parallel: int = 16) -> OpenAiWriter:
    return OpenAiWriter(
        Writer(kind=WriterKind.OPENAI, base_url=url, model=NAME, seconds=SECONDS, parallel=parallel)
    )


def running(url: str) -> int:
    """How many requests the server works on now."""
    text = httpx.get(f"{url.removesuffix('/v1')}/metrics", timeout=30, trust_env=False).text
    return int(sum(map(float, re.findall(r"^vllm:num_requests_running\{.*\} ([\d.]+)$", text, re.MULTILINE))))


class Watch(threading.Thread):
    """Asks the server again and again how much it works on."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._url, self._over = url, threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, running(self._url))

    def stop(self) -> int:
        """The most there was at once."""
        self._over.set()
        self.join()
        return self.most


def test_replies_have_the_shape_and_are_the_same_each_time(url: str) -> None:
    model = writer(url)
    first = model.write(prompts(2, 24), Deadline(SECONDS))
    assert first == model.write(prompts(2, 24), Deadline(SECONDS))
    has_the_shape(first, 24)


def test_all_prompts_are_worked_on_together(url: str) -> None:
    watch = Watch(url)
    watch.start()
    start = time.monotonic()
    together = writer(url).write(prompts(8, 24), Deadline(SECONDS))
    batched = time.monotonic() - start
    assert watch.stop() == 8
    start = time.monotonic()
    alone = [writer(url).write([prompt], Deadline(SECONDS))[0] for prompt in prompts(8, 24)]
    single = time.monotonic() - start
    has_the_shape([*together, *alone], 24)
    tokens = sum(reply.reply_tokens for reply in together)
    same = sum(one.text == other.text for one, other in zip(together, alone, strict=True))
    print(
        f"\nvLLM: {tokens / batched:.1f} tokens/s together, {tokens / single:.1f} one by one; "
        f"{same} of {len(alone)} replies are the same"
    )


def test_tokens_are_counted_before_the_call(url: str) -> None:
    model = writer(url)
    for prompt, reply in zip(asked := prompts(3, 8), model.write(asked, Deadline(SECONDS)), strict=True):
        assert model.count(prompt.system) + model.count(prompt.user) + 64 >= reply.prompt_tokens > 0


def test_nothing_unchecked_reaches_a_page(tmp_path: Path, url: str) -> None:
    bundle = nothing_unchecked(tmp_path, Recorded(writer(url)))
    assert bundle.usage.prompt_tokens + bundle.usage.reply_tokens <= Writer().budget_tokens


def test_what_the_server_does_not_serve_is_said(url: str) -> None:
    other = OpenAiWriter(Writer(kind=WriterKind.OPENAI, base_url=url, model="another"))
    (reply,) = other.write(prompts(1, 8), Deadline(SECONDS))
    assert (reply.failure, reply.text) == ("status_404", "")
