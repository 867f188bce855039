"""What can be said about the documentation of a repository, by its tenant and in its `.documenthor.yml`."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from docgen.contract.base import Contract

# RFC 5646, without its grandfathered tags and the long primary subtags that nobody registered.
_LANGUAGE = (
    r"^[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?$"
)


def _checked_language(tag: str) -> str:
    if not re.fullmatch(_LANGUAGE, tag):
        raise ValueError(f"{tag!r} is no BCP 47 language tag such as 'de' or 'pt-BR'")
    return tag


# The length comes first, so that the pattern never sees a long text.
Language = Annotated[
    str,
    Field(max_length=35, json_schema_extra={"pattern": _LANGUAGE}),
    AfterValidator(_checked_language),
]
Glob = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=4000)]
Title = Annotated[str, Field(max_length=200)]


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


class Tone(StrEnum):
    """How a model is asked to write; the facts are the same in each."""

    PLAIN = "plain"
    FORMAL = "formal"
    FRIENDLY = "friendly"


class Template(Contract):
    """How a page is framed; what is empty stays as the generator has it.

    `title` is text in which `{name}` stands for the project's name. `header` follows the title and
    `footer` ends the page: text in paragraphs, in which only code spans and emphasis are Markdown.
    """

    title: Title = ""
    header: Text = ""
    footer: Text = ""


class ReadmeTemplate(Template):
    """The README block. Without one of the sections in `required` it is not written."""

    required: tuple[Literal["description", "profile", "start", "commands", "layout", "links"], ...] = ()


class ArchitectureTemplate(Template):
    """The architecture. Without one of the sections in `required` it is not written."""

    required: tuple[
        Literal[
            "context",
            "layout",
            "packages",
            "components",
            "imports",
            "entry-points",
            "dependencies",
            "languages",
        ],
        ...,
    ] = ()


class ConfigurationTemplate(Template):
    """The configuration. Without one of the sections in `required` it is not written."""

    required: tuple[
        Literal[
            "variables",
            "programs",
            "options",
            "routes",
            "ports",
            "files",
            "commands",
            "workflows",
            "dependencies",
        ],
        ...,
    ] = ()


class AgentsTemplate(Template):
    """The instructions to programs. Without one of the sections in `required` they are not written."""

    required: tuple[Literal["commands", "conventions", "layout"], ...] = ()


class Templates(Contract):
    """One template a page; `llms.txt` has a form of its own.

    That of the reference titles its index and frames each of its pages.
    """

    readme: ReadmeTemplate = ReadmeTemplate()
    architecture: ArchitectureTemplate = ArchitectureTemplate()
    reference: Template = Template()
    configuration: ConfigurationTemplate = ConfigurationTemplate()
    agents: AgentsTemplate = AgentsTemplate()


class Settings(Contract):
    """What a tenant and a repository can both say.

    `language` is the BCP 47 tag of the language that the pages are written in, `tone` how a model is asked to
    write, which pages without one take no notice of. `pages` are those that
    are written, in the order in which they are listed. `exclude` holds glob patterns relative to the
    repository's root (`vendor/**`).
    """

    language: Language = "en"
    tone: Tone = Tone.PLAIN
    pages: tuple[Page, ...] = DEFAULT_PAGES
    exclude: Annotated[tuple[Glob, ...], Field(max_length=100)] = ()
    templates: Templates = Templates()


class RepositorySettings(Settings):
    """`.documenthor.yml`; with `enabled: false` the repository is not documented."""

    enabled: bool = True


Key = Literal["enabled", "language", "tone", "pages", "exclude", "templates"]
