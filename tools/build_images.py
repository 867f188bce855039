"""Builds the images with docker, buildah or podman, whichever is there.

BUILD in the environment names another program, with flags of its own, that takes those of `docker build`.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_PROJECT = Path(__file__).resolve().parents[1]
_VERSION = "0.1.0"
_BUILDERS = (("docker", "build"), ("buildah", "build"), ("podman", "build"))


class Image(NamedTuple):
    """What to build; `context` is relative to the project."""

    name: str
    context: str
    target: str = ""


IMAGES = {
    "cpu": Image(f"documenthor/gpu-docgen:{_VERSION}-cpu", "images/gpu-docgen", "cpu"),
    "gpu": Image(f"documenthor/gpu-docgen:{_VERSION}", "images/gpu-docgen", "gpu"),
    "airflow": Image(f"documenthor/airflow:{_VERSION}", "."),
}


def main() -> int:
    """Build what is asked for; the status of the first build that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tag", help="call the image so, registry and all; for one image")
    parser.add_argument("images", nargs="*", metavar="IMAGE", help=f"{', '.join(IMAGES)}; default: all")
    arguments = parser.parse_args()
    wanted = arguments.images or list(IMAGES)
    if unknown := sorted(set(wanted) - set(IMAGES)):
        parser.error(f"there is no image {unknown[0]!r}; there are {', '.join(IMAGES)}")
    if arguments.tag and len(wanted) != 1:
        parser.error("--tag names one image")
    builder = _builder()
    if not builder:
        print(
            "no docker, buildah or podman is here; install one, such as: apt-get install podman",
            file=sys.stderr,
        )
        return 1
    for name in wanted:
        image = IMAGES[name]
        status = _build(builder, image._replace(name=arguments.tag or image.name))
        if status:
            print(f"{name} was not built (status {status} of {builder[0]})", file=sys.stderr)
            return status
    return 0


def _builder() -> list[str]:
    if given := os.environ.get("BUILD", ""):
        return shlex.split(given)
    return next((list(each) for each in _BUILDERS if shutil.which(each[0])), [])


def _build(builder: list[str], image: Image) -> int:
    context = _PROJECT / image.context
    command = [*builder, "-f", str(context / "Dockerfile"), "-t", image.name]
    if image.target:
        command += ["--target", image.target]
    command += ["--build-arg", f"VERSION={_VERSION}", "--build-arg", f"REVISION={_revision()}"]
    return subprocess.run([*command, str(context)], check=False).returncode


def _revision() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=_PROJECT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
