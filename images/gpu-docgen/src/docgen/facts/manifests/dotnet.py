"""`*.csproj`: a project of .NET."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.manifests.values import line_of
from docgen.facts.manifests.xml_nodes import plain, root_of
from docgen.facts.model import Command, Dependency, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_COMPUTED = re.compile(r"[$%@]\(")
_TEST_RUNNER = "Microsoft.NET.Test.Sdk"


def read_csproj(path: str, source: str) -> Manifest | None:
    """The manifest; None where the file is no project, or what it says is computed elsewhere."""
    root = root_of(source)
    if root is None or plain(root.tag) != "Project":
        return None
    said = {plain(item.tag): _text(item.text) for group in root for item in group if item.text}
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


def _text(value: str | None) -> str:
    """A value on one line; empty where it is computed."""
    line = " ".join((value or "").split())
    return "" if _COMPUTED.search(line) else line


def _dependencies(root: Element, path: str, source: str) -> Iterator[Dependency]:
    for item in (item for group in root for item in group if plain(item.tag) == "PackageReference"):
        name = _text(item.get("Include"))
        inside = {plain(child.tag): _text(child.text) for child in item}
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
