"""`JobSpec`: all that a generator needs to know about one repository. No secret is ever in it."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# Part of every recipe: raise it whenever the same source would yield different pages.
GENERATOR = "docgen/1"

CommitId = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]


class Contract(BaseModel):
    """Base of everything that crosses the boundary: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Page(StrEnum):
    """The pages that a generator can write."""

    README = "readme"
    ARCHITECTURE = "architecture"
    REFERENCE = "reference"
    CONFIGURATION = "configuration"
    LLMS = "llms"
    AGENTS = "agents"


# What is written unless somebody asks for something else; instructions to programs are asked for.
DEFAULT_PAGES = tuple(page for page in Page if page is not Page.AGENTS)


class Limits(Contract):
    """Bounds on what is read of one repository. Sizes are bytes, `seconds` is wall-clock time."""

    files: int = Field(default=50_000, ge=1)
    bytes: int = Field(default=500_000_000, ge=1)
    file_bytes: int = Field(default=1_000_000, ge=1)
    line_bytes: int = Field(default=20_000, ge=1)
    seconds: int = Field(default=600, ge=1)


class Options(Contract):
    """What to write about a repository, and how much of it to read.

    `exclude` holds glob patterns relative to the repository's root (`vendor/**`).
    """

    pages: tuple[Page, ...] = DEFAULT_PAGES
    exclude: tuple[str, ...] = ()
    limits: Limits = Limits()


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
    parts = [GENERATOR, options.model_dump(mode="json"), prompts]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
