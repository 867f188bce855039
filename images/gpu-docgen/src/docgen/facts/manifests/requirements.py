"""Python requirement strings (PEP 508), split into name and constraint."""

from __future__ import annotations

import re

from docgen.facts.manifests.values import line_of
from docgen.facts.model import Dependency, Manifest, Place

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*(.*)$", re.DOTALL)


def dependency(requirement: str, group: str, place: Place) -> Dependency | None:
    """`name[extra] >= 1; marker` as a dependency; None for what is no requirement."""
    match = _REQUIREMENT.match(requirement.strip())
    if not match:
        return None
    constraint = " ".join(match[3].split())
    if constraint.startswith("("):  # only what begins in brackets ends in them: a marker has its own
        versions, _, marker = constraint[1:].partition(")")
        constraint = versions.strip() + marker.lstrip()
    return Dependency(match[1] + (match[2] or ""), constraint.lstrip("; "), group, place)


def dependencies(found: list[str], group: str, path: str, source: str, after: int = 0) -> list[Dependency]:
    """All of a list, each at the line where its name stands."""
    result = []
    for requirement in found:
        name = re.split(r"[\s\[<>=!~;@(]", requirement.strip(), maxsplit=1)[0]
        result.append(dependency(requirement, group, Place(path, line_of(source, name, after))))
    return [item for item in result if item]


def read_requirements(path: str, source: str) -> Manifest:
    """A requirements file: its own lines only, without options and includes."""
    found: list[Dependency] = []
    for number, line in enumerate(source.split("\n"), 1):
        plain = re.sub(r"(?:^|\s)#.*|\\$|\s--hash=\S+", "", line).strip()
        if not plain or plain.startswith("-") or "://" in plain.partition("@")[0]:
            continue
        item = dependency(plain, _group(path), Place(path, number))
        if item:
            found.append(item)
    return Manifest(path, "requirements", dependencies=tuple(found))


def _group(path: str) -> str:
    """`requirements-dev.txt` and `requirements/dev.txt` are group `dev`; `requirements.txt` is none."""
    stem = path.rpartition("/")[2].removesuffix(".txt").removesuffix(".in")
    return stem.replace("requirements", "").strip("-_.")
