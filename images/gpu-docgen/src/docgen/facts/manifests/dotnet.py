"""`*.csproj`: a project of .NET."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from docgen.facts.manifests.values import line_of
from docgen.facts.model import Command, Dependency, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

# Entities and what they expand to are no part of a project.
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_COMPUTED = re.compile(r"[$%@]\(")
_TEST_RUNNER = "Microsoft.NET.Test.Sdk"


def read_csproj(path: str, source: str) -> Manifest | None:
    """The manifest; None where the file is no project, or what it says is computed elsewhere."""
    root = _parsed(source)
    if root is None or _plain(root.tag) != "Project":
        return None
    said = {_plain(item.tag): _text(item.text) for group in root for item in group if item.text}
    name = (
        said.get("PackageId") or said.get("AssemblyName") or path.rpartition("/")[2].removesuffix(".csproj")
    )
    target = said.get("TargetFramework") or said.get("TargetFrameworks", "").replace(";", ", ")
    needs = tuple(_dependencies(root, path, source))
    return Manifest(
        path=path,
        kind="csproj",
        name=name,
        description=said.get("Description", ""),
        license=said.get("PackageLicenseExpression", ""),
        requires=f".NET {target}" if target else "",
        dependencies=needs,
        commands=(Command("dotnet build", "build", "", Place(path, 1)),),
        opens=((name, (".",) if _is_offered(said, needs) else ()),),
    )


def _parsed(source: str) -> ET.Element | None:
    if _DECLARES.search(source):
        return None
    try:
        return ET.fromstring(source.lstrip("\ufeff"))  # noqa: S314 (nothing is declared in it, see above)
    except (ET.ParseError, ValueError, RecursionError):
        return None


def _plain(tag: str) -> str:
    """The name of an element without its namespace, which old projects have."""
    return tag.rpartition("}")[2]


def _text(value: str | None) -> str:
    """A value on one line; empty where it is computed."""
    plain = " ".join((value or "").split())
    return "" if _COMPUTED.search(plain) else plain


def _dependencies(root: ET.Element, path: str, source: str) -> Iterator[Dependency]:
    for item in (item for group in root for item in group if _plain(item.tag) == "PackageReference"):
        name = _text(item.get("Include"))
        inside = {_plain(child.tag): _text(child.text) for child in item}
        private = item.get("PrivateAssets") or inside.get("PrivateAssets")
        group = "development" if (private or "").lower() == "all" else ""
        if name:
            version = _text(item.get("Version")) or inside.get("Version", "")
            yield Dependency(name, version, group, Place(path, line_of(source, name)))


def _is_offered(said: dict[str, str], needs: tuple[Dependency, ...]) -> bool:
    """Whether others can use it as a package: it is no program, no test, and not kept back."""
    if said.get("OutputType", "Library").lower() not in {"library", ""} and "PackageId" not in said:
        return False
    closed = said.get("IsPackable", "").lower() == "false" or said.get("IsTestProject", "").lower() == "true"
    return not (closed or any(item.name == _TEST_RUNNER for item in needs))
