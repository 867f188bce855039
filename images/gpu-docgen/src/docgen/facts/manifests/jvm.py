"""`pom.xml` and builds of Gradle: the projects of Java, as far as they are written out."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from docgen.facts.manifests import xml_nodes
from docgen.facts.manifests.values import line_of
from docgen.facts.model import Command, Dependency, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from docgen.source.tree import Tree

_VERSIONS = ("maven.compiler.release", "java.version", "maven.compiler.source")
_OPTIONAL = {"test": "test", "provided": "provided", "system": "provided"}
_GRADLE_NAME = re.compile(r"""^rootProject\.name\s*=\s*["']([\w .-]+)["']""", re.MULTILINE)
_GRADLE_SAYS = re.compile(r"""^description\s*=\s*(["'])((?:(?!\1)[^\\\n$])+)\1\s*$""", re.MULTILINE)
_TESTS = re.compile(r"(?:^|/)src/test/")


def read_pom(path: str, source: str, tree: Tree) -> Manifest | None:
    """The project of Maven; None where the file is none. What is computed or inherited is left open."""
    root = xml_nodes.root_of(source)
    if root is None or xml_nodes.plain(root.tag) != "project":
        return None
    release = next(filter(None, (_said(root, "properties", name) for name in _VERSIONS)), "")
    return Manifest(
        path=path,
        kind="pom",
        name=_said(root, "artifactId"),
        description=_said(root, "description"),
        license=_said(root, "licenses", "license", "name"),
        requires=f"Java {release}" if release else "",
        dependencies=tuple(_needs(root, path, source)),
        commands=_commands(path, tree, "mvn", "mvnw", build="package"),
    )


def _said(node: Element, *names: str) -> str:
    value = xml_nodes.text(node, *names)
    return "" if "${" in value else value


def _needs(root: Element, path: str, source: str) -> Iterator[Dependency]:
    for item in xml_nodes.children(root, "dependencies", "dependency"):
        group, name = _said(item, "groupId"), _said(item, "artifactId")
        if group and name:
            needed_for = _OPTIONAL.get(_said(item, "scope"), "")
            place = Place(path, line_of(source, f"<artifactId>{name}</artifactId>") or line_of(source, name))
            yield Dependency(f"{group}:{name}", _said(item, "version"), needed_for, place)


def read_gradle(path: str, source: str, tree: Tree) -> Manifest:
    """A build of Gradle, a program that is never run: its name and description, where they are texts."""
    folder = posixpath.dirname(path)
    settings = (tree.text(posixpath.join(folder, f"settings.gradle{end}")) or "" for end in ("", ".kts"))
    name = next((match[1] for text in settings if (match := _GRADLE_NAME.search(text))), "")
    says = _GRADLE_SAYS.search(source)
    commands = _commands(path, tree, "gradle", "gradlew", build="build")
    return Manifest(path, "gradle", name, says[2] if says else "", commands=commands)


def _commands(path: str, tree: Tree, program: str, wrapper: str, *, build: str) -> tuple[Command, ...]:
    """How the whole is built and tested; its parts are built along."""
    if "/" in path:
        return ()
    run = f"./{wrapper}" if wrapper in tree.present else program
    found = [Command(f"{run} {build}", "build", "", Place(path, 1))]
    if any(_TESTS.search(file) for file in tree.present):
        found.append(Command(f"{run} test", "test", "", Place(path, 1)))
    return tuple(found)
