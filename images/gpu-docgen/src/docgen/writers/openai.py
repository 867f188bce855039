"""Any OpenAI-compatible server: all prompts in flight together, so that the server batches them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx

from docgen.errors import ModelUnavailableError
from docgen.writers.model import Prompt, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Writer as Options
    from docgen.deadline import Deadline

MAX_REPLY_BYTES = 1_000_000
_CONNECT_SECONDS = 10
_PAUSE_SECONDS = 1
# Worth one more try: the server was busy or starting.
_BUSY = frozenset({429, 502, 503})
# Fewer bytes a token than any usual tokenizer makes of code, so that a budget is kept.
_BYTES_PER_TOKEN = 2.5


class OpenAiWriter:
    """Asks `POST {base_url}/chat/completions`, at temperature 0 and with a JSON schema."""

    def __init__(self, options: Options, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._options, self._transport = options, transport

    def count(self, text: str) -> int:
        """An upper estimate: a server has no common way to ask."""
        return int(len(text.encode(errors="replace")) / _BYTES_PER_TOKEN) + 1

    def write(self, prompts: Sequence[Prompt], deadline: Deadline) -> list[Reply]:
        """One reply a prompt. A server that answers none of them at all is unavailable."""
        replies = asyncio.run(self._all(prompts, deadline))
        if prompts and all(reply.failure in {"unreachable", "timeout"} for reply in replies):
            deadline.check()
            raise ModelUnavailableError(
                f"the model server at {self._options.base_url} did not answer ({replies[0].failure}); "
                "check writer.base_url, that it runs, and writer.seconds"
            )
        return replies

    async def _all(self, prompts: Sequence[Prompt], deadline: Deadline) -> list[Reply]:
        limit = asyncio.Semaphore(self._options.parallel)
        timeout = httpx.Timeout(self._options.seconds, connect=_CONNECT_SECONDS, pool=None)
        # The environment may hold proxies and credentials that are no business of this address.
        async with httpx.AsyncClient(
            timeout=timeout, trust_env=False, follow_redirects=False, transport=self._transport
        ) as client:

            async def one(prompt: Prompt) -> Reply:
                async with limit:
                    return await self._bounded(client, prompt, deadline)

            return list(await asyncio.gather(*map(one, prompts)))

    async def _bounded(self, client: httpx.AsyncClient, prompt: Prompt, deadline: Deadline) -> Reply:
        """The reply within its own time and what is left of all; one more try where that may help."""
        try:
            async with asyncio.timeout(min(self._options.seconds, deadline.left)):
                reply = await self._ask(client, prompt)
                if reply.failure not in _AGAIN:
                    return reply
                await asyncio.sleep(_PAUSE_SECONDS)
                return await self._ask(client, prompt)
        except TimeoutError:
            return Reply(failure="timeout")

    async def _ask(self, client: httpx.AsyncClient, prompt: Prompt) -> Reply:
        url = f"{self._options.base_url.rstrip('/')}/chat/completions"
        try:
            async with client.stream("POST", url, json=self._body(prompt)) as response:
                if response.status_code != httpx.codes.OK:
                    return Reply(failure=f"status_{response.status_code}")
                raw = bytearray()
                async for chunk in response.aiter_bytes():
                    raw += chunk
                    if len(raw) > MAX_REPLY_BYTES:
                        return Reply(failure="too_large")
        except httpx.TimeoutException:
            return Reply(failure="timeout")
        except (httpx.HTTPError, httpx.InvalidURL):
            return Reply(failure="unreachable")
        return _reply(bytes(raw))

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        schema = {"name": "prose", "strict": True, "schema": prompt.schema}
        return {
            "model": self._options.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "temperature": 0,
            "seed": 0,
            "max_tokens": prompt.reply_tokens,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }


_AGAIN = frozenset({"unreachable", *(f"status_{code}" for code in _BUSY)})


def _reply(raw: bytes) -> Reply:
    """The text of an answer; whatever is not of its shape is a failure, not an error."""
    try:
        body = json.loads(raw)
        text = body["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return Reply(failure="no_completion")
    if not isinstance(text, str):
        return Reply(failure="no_completion")
    usage = body.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Reply(text, _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))


def _count(value: object) -> int:
    """A number of tokens as the server tells it; what cannot be one is none."""
    return value if isinstance(value, int) and 0 <= value <= 10_000_000 else 0
