"""What is in the images: the list that the pipeline signs holds every pin at its version and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [pytest.mark.images, pytest.mark.timeout(600)]

_PROJECT = Path(__file__).resolve().parents[2]
_TOOLS = _PROJECT / "build/images/bin"
# Where our own packages are in the image, what they are pinned by, and under which Python.
_CPU = ("/opt/docgen/", ("images/gpu-docgen/requirements.txt",), "3.12")
_AIRFLOW = ("/home/airflow/.local/", ("requirements.txt", "requirements-stores.txt"), "3.11")
_CASES = {"cpu": _CPU, "airflow": _AIRFLOW}
# What is in no list of pins: the program itself.
_OWN = {"cpu": {"docgen"}, "airflow": {"documenthor-enterprise"}}
# What a virtual environment of the Airflow image's base brings along.
_BASE = {"cpu": set(), "airflow": {"pip"}}
_DOCKERFILES = ("Dockerfile", "images/gpu-docgen/Dockerfile")


@cache
def _contents(image: str) -> tuple[dict[str, Any], ...]:
    command = [sys.executable, "tools/write_sbom.py", image]
    done = subprocess.run(command, cwd=_PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    document = json.loads((_PROJECT / "build/sbom" / f"{image}.spdx.json").read_text("utf-8"))
    assert document["spdxVersion"].startswith("SPDX-2")
    return tuple(document["packages"])


def _python(image: str) -> dict[str, str]:
    """The Python packages of the image's own environment, by name, and not what they carry inside."""
    place = re.compile(re.escape(_CASES[image][0]) + r"lib/python3\.[0-9]+/site-packages/[^/]+/METADATA")
    found = [each for each in _contents(image) if place.search(each.get("sourceInfo", ""))]
    return {str(canonicalize_name(each["name"])): each["versionInfo"] for each in found}


def _pins(files: Iterable[str], python: str) -> dict[str, set[str]]:
    """By name, the versions that are pinned for this Python, whichever of its releases the base has."""
    pins: dict[str, set[str]] = {}
    releases = [
        {"python_version": python, "python_full_version": f"{python}.{patch}", "sys_platform": "linux"}
        for patch in range(30)
    ]
    text = "\n".join((_PROJECT / name).read_text("utf-8") for name in files)
    for line in re.findall(r"^([A-Za-z0-9][^\\\n]*?) *\\?$", text, re.MULTILINE):
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate(each) for each in releases):
            name = str(canonicalize_name(wanted.name))
            pins.setdefault(name, set()).add(str(wanted.specifier).removeprefix("=="))
    return pins


@pytest.mark.parametrize("image", _CASES)
def test_what_is_listed_is_what_was_pinned(image: str) -> None:
    _, files, python = _CASES[image]
    pins, found = _pins(files, python), _python(image)
    assert len(pins) > 20
    assert {name: found.get(name) for name in pins if found.get(name) not in pins[name]} == {}
    assert found.keys() - pins.keys() - _OWN[image] <= _BASE[image]
    assert _OWN[image] <= found.keys()


def test_the_generator_has_git_and_no_installer_of_python_and_no_compiler() -> None:
    found = {each["name"] for each in _contents("cpu")}
    assert {"git", "ca-certificates"} <= found
    assert not {"gcc", "make", "build-essential", "nodejs", "torch", "hatchling"} & found
    assert not {"pip", "setuptools", "wheel"} & _python("cpu").keys()


@pytest.mark.parametrize("path", _DOCKERFILES)
def test_hadolint_finds_nothing(path: str) -> None:
    done = subprocess.run(
        [_TOOLS / "hadolint", path], cwd=_PROJECT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_hadolint_would_find_a_mistake(tmp_path: Path) -> None:
    text = (_PROJECT / "images/gpu-docgen/Dockerfile").read_text("utf-8")
    (tmp_path / "Dockerfile").write_text(text.replace("--no-install-recommends ", ""), "utf-8")
    done = subprocess.run(
        [_TOOLS / "hadolint", tmp_path / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert "DL3015" in done.stdout


@pytest.mark.parametrize("path", _DOCKERFILES)
def test_every_stage_that_runs_has_a_user_by_number(path: str) -> None:
    users = re.findall(r"^USER (.*)$", (_PROJECT / path).read_text("utf-8"), re.MULTILINE)
    assert users
    assert all(re.fullmatch(r"[1-9][0-9]+:[0-9]+", user) for user in users)
