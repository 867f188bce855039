"""Maven, Gradle and CMake: what is written out in builds that are never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.manifests.support import facts_of
from tests.docgen.support import Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

_POM = """<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <artifactId>shop</artifactId>
  <description>Keeps the
    items of a shop.</description>
  <licenses><license><name>MIT</name></license></licenses>
  <properties><java.version>17</java.version></properties>
  <dependencies>
    <dependency><groupId>org.x</groupId><artifactId>cut</artifactId><version>1.2</version></dependency>
    <dependency>
      <groupId>junit</groupId><artifactId>junit</artifactId><version>${v}</version><scope>test</scope>
    </dependency>
  </dependencies>
</project>
"""
_CMAKE = (
    "# project(not this)\n#[[ enable_testing() ]]\ncmake_minimum_required(VERSION 3.20)\n"
    'project(tins VERSION 1.0 DESCRIPTION "Reads packets." LANGUAGES CXX)\n'
)


def test_maven(tmp_path: Path) -> None:
    files: Files = {"pom.xml": _POM, "src/test/java/T.java": "class T {}", "part/pom.xml": _POM}
    whole, part = facts_of(tmp_path, files).manifests
    assert (whole.name, whole.description, whole.license) == ("shop", "Keeps the items of a shop.", "MIT")
    assert whole.requires == "Java 17"
    assert [(item.name, item.constraint, item.group, item.place.line) for item in whole.dependencies] == [
        ("org.x:cut", "1.2", "", 9),
        ("junit:junit", "", "test", 11),
    ]
    assert [command.run for command in whole.commands] == ["mvn package", "mvn test"]
    assert part.commands == ()


@pytest.mark.parametrize(
    "text",
    ["<other/>", "no xml", '<!DOCTYPE x [<!ENTITY a "b">]><project><artifactId>&a;</artifactId></project>'],
)
def test_what_is_no_project_of_maven(tmp_path: Path, text: str) -> None:
    assert facts_of(tmp_path, {"pom.xml": text}).manifests == ()


@pytest.mark.parametrize(
    ("files", "name", "description", "runs"),
    [
        (
            {
                "build.gradle": "description = 'Cuts wood.'\n",
                "settings.gradle": "rootProject.name = 'saw'\n",
                "gradlew": "",
                "src/test/T.java": "",
            },
            "saw",
            "Cuts wood.",
            ["./gradlew build", "./gradlew test"],
        ),
        ({"build.gradle.kts": 'description = "$name of it"\n'}, "", "", ["gradle build"]),
        ({"app/build.gradle": ""}, "", "", []),
    ],
)
def test_gradle(tmp_path: Path, files: Files, name: str, description: str, runs: list[str]) -> None:
    (found,) = facts_of(tmp_path, files).manifests
    assert (found.name, found.description) == (name, description)
    assert [command.run for command in found.commands] == runs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        (_CMAKE, ["cmake -S . -B build", "cmake --build build"]),
        (
            f"{_CMAKE}enable_testing()\n",
            ["cmake -S . -B build", "cmake --build build", "ctest --test-dir build"],
        ),
    ],
)
def test_cmake(tmp_path: Path, text: str, runs: list[str]) -> None:
    (found,) = facts_of(tmp_path, {"CMakeLists.txt": text, "sub/CMakeLists.txt": text}).manifests
    assert (found.name, found.description) == ("tins", "Reads packets.")
    assert [command.run for command in found.commands] == runs
    assert found.commands[0].place.line == 4


def test_a_list_without_a_project_is_none(tmp_path: Path) -> None:
    assert facts_of(tmp_path, {"CMakeLists.txt": "add_library(x)\n"}).manifests == ()


def test_what_is_built_before_it_is_tested_says_so(tmp_path: Path) -> None:
    files: Files = {"CMakeLists.txt": f"{_CMAKE}enable_testing()\n", "a.h": "int cut(int wood);\n"}
    page = pages(bundle_of(tmp_path, files))["README.md"]
    lines = page.partition("```sh\n")[2].partition("\n```")[0].split("\n")
    assert [line.partition("  ")[0] for line in lines] == [
        "cmake -S . -B build",
        "cmake --build build",
        "ctest --test-dir build",
    ]
