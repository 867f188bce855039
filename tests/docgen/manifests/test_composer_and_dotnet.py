"""What is read of `composer.json` and `*.csproj`, and what they keep from others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from docgen.facts.manifests.composer import read_composer
from docgen.facts.manifests.dotnet import read_csproj

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.facts.model import Manifest

COMPOSER = {
    "name": "acme/mail",
    "description": "Sends\n mail.",
    "license": ["MIT", "GPL-2.0"],
    "require": {"php": ">=8.1", "ext-json": "*", "psr/log": "^3"},
    "require-dev": {"phpunit/phpunit": "^10"},
    "scripts": {"test": "phpunit", "all": ["@lint", "@test"], "post-install-cmd": "x"},
    "bin": ["bin/mail.php"],
    "autoload": {"psr-4": {"Acme\\Mail\\": "src/"}, "files": ["helpers.php"]},
}
CSPROJ = """<?xml version="1.0"?>
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <PackageId>Acme.Mail</PackageId>
    <Description>Sends mail.</Description>
    <Version>$(Computed)</Version>
    <TargetFrameworks>net8.0;net9.0</TargetFrameworks>
    <PackageLicenseExpression>MIT</PackageLicenseExpression>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Serilog" Version="3.1" />
    <PackageReference Include="Analyzers"><Version>1.0</Version><PrivateAssets>all</PrivateAssets></PackageReference>
    <PackageReference Include="$(Other)" Version="1" />
  </ItemGroup>
</Project>
"""  # noqa: E501


def shown(found: Manifest) -> tuple[str, ...]:
    """The manifest in few words."""
    needs = (f"{d.name} {d.constraint} {d.group}@{d.place.line}" for d in found.dependencies)
    return (
        f"{found.name}; {found.description}; {found.license}; {found.requires}; {found.install}",
        ", ".join(needs),
        ", ".join(f"{c.run} ({c.does})@{c.place.line}" for c in found.commands),
        ", ".join(f"{p.name}={p.target}" for p in found.entry_points),
        ", ".join(f"{name}={'|'.join(places)}" for name, places in found.opens),
    )


def test_a_package_of_composer() -> None:
    found = read_composer("composer.json", json.dumps(COMPOSER, indent=1))
    assert found
    assert shown(found) == (
        "acme/mail; Sends mail.; MIT or GPL-2.0; PHP >=8.1; composer install",
        "ext-json * @10, psr/log ^3 @11, phpunit/phpunit ^10 development@14",
        "composer run test (phpunit)@17, composer run all (@lint && @test)@18",
        "mail=bin/mail.php",
        "Acme\\Mail\\=src/, =helpers.php",
    )


def test_a_project_of_dotnet() -> None:
    found = read_csproj("src/Mail.csproj", CSPROJ)
    assert found
    assert shown(found) == (
        "Acme.Mail; Sends mail.; MIT; .NET net8.0, net9.0; ",
        "Serilog 3.1 @11, Analyzers 1.0 development@12",
        "dotnet build ()@1",
        "",
        "Acme.Mail=.",
    )


@pytest.mark.parametrize(
    ("said", "name", "is_offered"),
    [
        ("", "Mail", True),
        ("<AssemblyName>A</AssemblyName>", "A", True),
        ("<AssemblyName>$(B)</AssemblyName>", "Mail", True),
        ("<OutputType>Exe</OutputType>", "Mail", False),
        ("<OutputType>Exe</OutputType><PackageId>T</PackageId>", "T", True),
        ("<IsPackable>False</IsPackable>", "Mail", False),
        ("<IsTestProject>true</IsTestProject>", "Mail", False),
        ('</PropertyGroup><ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk"/>', "Mail", False),
    ],
)
def test_which_project_is_for_others(said: str, name: str, *, is_offered: bool) -> None:
    end = "ItemGroup" if "ItemGroup" in said else "PropertyGroup"
    found = read_csproj("Mail.csproj", f"<Project><PropertyGroup>{said}</{end}></Project>")
    assert found
    assert (found.name, bool(found.opens[0][1])) == (name, is_offered)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<Other/>",
        "<Project>",
        '<!DOCTYPE a [<!ENTITY b "c">]><Project><A><B>&b;</B></A></Project>',
        "\x00",
    ],
)
def test_what_is_no_project_is_none(source: str) -> None:
    assert read_csproj("a.csproj", source) is None


@pytest.mark.parametrize("source", ["", "[]", "{", '"a"', "[" * 100_000])
def test_what_is_no_package_is_none(source: str) -> None:
    assert read_composer("composer.json", source) is None


def test_only_what_is_loaded_or_packed_is_public(tmp_path: Path) -> None:
    php, sharp = "<?php\nnamespace A;\nclass {} {{}}\n", "namespace B;\npublic class {} {{ }}\n"
    facts = facts_of(
        tmp_path,
        {
            "mail/composer.json": json.dumps(COMPOSER),
            "mail/src/Post.php": php.format("Post"),
            "mail/srcs/Nearly.php": php.format("Nearly"),
            "mail/helpers.php": php.format("Helper"),
            "mail/config/app.php": php.format("Config"),
            "loose/Free.php": php.format("Free"),
            "none/composer.json": '{"name": "acme/none"}',
            "none/Any.php": php.format("Any"),
            "lib/Lib.csproj": CSPROJ,
            "lib/In.cs": sharp.format("In"),
            "lib/tool/Tool.csproj": "<Project><P><OutputType>Exe</OutputType></P></Project>",
            "lib/tool/Main.cs": sharp.format("Main"),
        },
    )
    public = {symbol.name for module in facts.modules for symbol in module.symbols if symbol.is_public}
    assert public == {"Post", "Helper", "Free", "Any", "In"}
