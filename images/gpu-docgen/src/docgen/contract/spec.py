"""`JobSpec`: all that a generator needs to know about one repository. No secret is ever in it."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from docgen.contract.base import Contract
from docgen.contract.settings import Key, Settings

# Part of every recipe: raise it whenever the same source would yield different pages.
GENERATOR = "docgen/6"

# The branch that pages are proposed on; until they are merged it remembers a model's prose.
BRANCH = "documenthor/docs"

# Where a model runs and how fast does not decide what it says.
_ELSEWHERE = {"base_url", "seconds", "parallel"}

CommitId = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]


class Limits(Contract):
    """Bounds on what is read of one repository. Sizes are bytes, `seconds` is wall-clock time."""

    files: int = Field(default=50_000, ge=1)
    bytes: int = Field(default=500_000_000, ge=1)
    file_bytes: int = Field(default=1_000_000, ge=1)
    line_bytes: int = Field(default=20_000, ge=1)
    seconds: int = Field(default=600, ge=1)


class WriterKind(StrEnum):
    """What turns facts into prose; `facts` needs no model."""

    FACTS = "facts"
    OPENAI = "openai"
    TRANSFORMERS = "transformers"


class Writer(Contract):
    """The model that prose is asked of, and how much of it.

    `base_url` is an OpenAI-compatible server's (`http://host:8000/v1`), `model` its name there or, for
    `transformers`, a folder. A prompt and its reply fit in `context_tokens`, all of a repository's in
    `budget_tokens`. `seconds` bounds one reply, `parallel` the prompts in flight or in one batch.
    `similarity_model` is a folder of a sentence-transformers model; without one, packing goes by imports.
    With one, a paraphrase less near to its text than `similarity_minimum` (0: any) is refuted; with
    `entailment_model`, a folder of a model for natural language inference, one that does not follow from it.
    """

    kind: WriterKind = WriterKind.FACTS
    base_url: str = ""
    model: str = ""
    context_tokens: int = Field(default=8192, ge=1024)
    reply_tokens: int = Field(default=512, ge=64)
    budget_tokens: int = Field(default=400_000, ge=1024)
    seconds: int = Field(default=120, ge=1)
    parallel: int = Field(default=64, ge=1, le=512)
    similarity_model: str = ""
    similarity_minimum: float = Field(default=0.5, ge=0, le=1)
    entailment_model: str = ""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.kind is not WriterKind.FACTS and not self.model:
            raise ValueError(f"writer.kind {self.kind} needs writer.model")
        if self.kind is WriterKind.OPENAI and not _is_server(self.base_url):
            raise ValueError("writer.base_url is not an http(s) address without credentials")
        if self.reply_tokens * 2 > self.context_tokens:
            raise ValueError("writer.reply_tokens is more than half of writer.context_tokens")
        return self


def _is_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


class Options(Settings):
    """What a tenant says: the settings, bounds, and the keys that a repository cannot change (`locked`)."""

    limits: Limits = Limits()
    writer: Writer = Writer()
    locked: tuple[Key, ...] = ()


class JobSpec(Contract):
    """One repository at one commit, with the options and prompts to document it by.

    `url` is where the fetch step clones from: an absolute path, `file://` or `https://`, never with
    credentials in it. `prompts` maps a prompt's name to its text.
    """

    version: Literal[1] = 1
    tenant: str
    job: str
    repository: str
    url: str
    commit: CommitId
    options: Options = Options()
    prompts: dict[str, str] = Field(default_factory=dict)

    def recipe(self) -> str:
        """Hex digest of everything but the source that decides what the pages say."""
        return recipe(self.options, self.prompts)


def recipe(options: Options, prompts: dict[str, str]) -> str:
    """Hex digest of the generator's version, the options and the prompts."""
    parts = [GENERATOR, options.model_dump(mode="json", exclude={"writer": _ELSEWHERE}), prompts]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
