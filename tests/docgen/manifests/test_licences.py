"""Licences by the text of real files: those that the installed packages ship."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
from docgen.facts.licences import licence_of

from tests.docgen.manifests.support import facts_of

_ROOT = Path(__file__).parents[3]
# Packages of the development environment with one licence each, as their metadata names it.
_SHIPPED = {
    "click": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pygments": "BSD-2-Clause",
    "pathspec": "MPL-2.0",
    "pluggy": "MIT",
    "pytest": "MIT",
    "requests": "Apache-2.0",
    "shellingham": "ISC",
    "email-validator": "Unlicense",
}


def _text(package: str) -> str:
    files = metadata.files(package) or []
    found = [file for file in files if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    return Path(str(found[0].locate())).read_text("utf-8")


@pytest.mark.parametrize(("package", "licence"), _SHIPPED.items())
def test_real_licences(package: str, licence: str) -> None:
    assert licence_of(_text(package)) == licence


def test_two_licences_in_one_file_are_not_told_apart() -> None:
    assert licence_of(_text("pytest") + _text("shellingham")) == ""


def test_a_licence_with_a_condition_more_is_another() -> None:
    assert licence_of(_text("pytest") + "The Software may not be sold. " * 30) == ""


@pytest.mark.parametrize("text", ["", "MIT", "All rights reserved.", "Licensed under the Apache License."])
def test_nothing_is_guessed(text: str) -> None:
    assert licence_of(text) == ""


def test_the_file_of_this_repository(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, {"LICENSE": (_ROOT / "LICENSE").read_text("utf-8")})
    assert (facts.license_file, facts.license_title) == ("LICENSE", "Apache-2.0")
