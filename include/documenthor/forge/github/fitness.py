"""Which repositories are worked on: a reason for each that is not, from the first that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import ContentError, RepositorySettings, load_yaml

from documenthor.names import is_repository_name
from documenthor.outcomes import Outcome, skipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from documenthor.forge.github.facts import Blob, Facts
    from documenthor.tenants import GitHub

SETTINGS = ".documenthor.yml"
# The repository in which an organisation keeps what holds for all of its repositories.
DEFAULTS = ".github"
_MAX_SETTINGS = 64 * 1024

_RULES: tuple[tuple[str, Callable[[Facts, GitHub], bool], str], ...] = (
    ("unsupported_name", lambda facts, _: not is_repository_name(facts.name), "its name cannot be used here"),
    ("archived", lambda facts, _: facts.is_archived, "it is archived, so nothing can be written to it"),
    ("disabled", lambda facts, _: facts.is_disabled, "GitHub has disabled it"),
    ("mirror", lambda facts, _: facts.is_mirror, "it mirrors another one; document that"),
    ("fork", lambda facts, _: facts.is_fork, "it is a fork; document what it was forked from"),
    ("template", lambda facts, _: facts.is_template, "it is a template for others"),
    ("empty", lambda facts, _: facts.is_empty, "there is no commit yet; push one"),
    ("no_default_branch", lambda facts, _: _has_no_head(facts), "choose a default branch that exists"),
    ("too_large", lambda facts, own: _is_large(facts, own), "it is larger than forge.largest_mib"),
)


def unfit(facts: Facts, own: GitHub, now: datetime) -> Outcome | None:
    """Why a repository is not worked on, or None."""
    for reason, holds, text in _RULES:
        if holds(facts, own):
            return skipped(reason, text)
    return own.filters.refuse(facts.traits, now)


def settings(blob: Blob | None) -> RepositorySettings | Outcome:
    """What a `.documenthor.yml` says; one that cannot be used is a reason to skip its repository."""
    # A folder of that name has no size.
    if blob is None or blob.byte_size is None:
        return RepositorySettings()
    if blob.text is None or blob.byte_size > _MAX_SETTINGS:
        text = f"{SETTINGS} is no text of at most {_MAX_SETTINGS} bytes; make it a small regular file"
        return skipped("invalid_configuration", text)
    try:
        return load_yaml(RepositorySettings, blob.text.encode())
    except ContentError as error:
        problems = " / ".join(error.problems[:5])[:1000]
        return skipped("invalid_configuration", f"{SETTINGS} is wrong at {problems}; correct it")


def is_enabled(own: RepositorySettings, defaults: RepositorySettings) -> bool:
    """Whether a repository is to be documented, its own word before its organisation's."""
    return own.enabled if "enabled" in own.model_fields_set else defaults.enabled


def _has_no_head(facts: Facts) -> bool:
    return facts.default_branch_ref is None or facts.default_branch_ref.target is None


def _is_large(facts: Facts, own: GitHub) -> bool:
    return (facts.disk_usage or 0) > own.largest_mib * 1024
