"""The trailers that make a commit ours: which source commit it documents, how, and for which job."""

from __future__ import annotations

import re

from documenthor.forge.discovery import Documented

_TRAILER = re.compile(r"^Documenthor-(?P<key>Commit|Recipe|Job): (?P<value>\S{1,200})$")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_RECIPE = re.compile(r"[0-9a-f]{64}")


def render(documented: Documented) -> str:
    """The last paragraph of a commit message of ours."""
    return (
        f"Documenthor-Commit: {documented.commit}\n"
        f"Documenthor-Recipe: {documented.recipe}\n"
        f"Documenthor-Job: {documented.job}\n"
    )


def parse(message: str, by: str) -> Documented | None:
    """What the message of commit `by` says it documents: only its last paragraph counts."""
    lines = message.rstrip("\n").rpartition("\n\n")[2].split("\n")
    found = [match for line in lines if (match := _TRAILER.fullmatch(line))]
    values = {match["key"]: match["value"] for match in found}
    if len(values) != len(found) or not _COMMIT.fullmatch(values.get("Commit", "")):
        return None
    if not _RECIPE.fullmatch(values.get("Recipe", "")):
        return None
    return Documented(values["Commit"], values["Recipe"], values.get("Job", ""), by)
