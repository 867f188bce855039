"""Writes what is in a built image to build/sbom, as SPDX: each package, its version, where it was found.

ENGINE in the environment names another program than docker or podman, with flags of its own. syft comes from
tests/images/requirements.txt (`make sbom` installs it).
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from build_images import IMAGES

_PROJECT = Path(__file__).resolve().parents[1]
_SYFT = _PROJECT / "build/images/bin/syft"


def main() -> int:
    """List the contents of what is asked for; the status of the first program that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tag", help="the image's name, registry and all, if it has another; for one image")
    parser.add_argument("images", nargs="+", metavar="IMAGE", choices=sorted(IMAGES))
    arguments = parser.parse_args()
    if arguments.tag and len(arguments.images) != 1:
        parser.error("--tag names one image")
    engine = _engine()
    if not engine:
        print("neither docker nor podman is here; install one, or name another in ENGINE", file=sys.stderr)
        return 1
    if not _SYFT.exists():
        print(f"{_SYFT} is not there; run `make sbom`", file=sys.stderr)
        return 1
    return next((status for name in arguments.images if (status := _write(engine, name, arguments.tag))), 0)


def _engine() -> list[str]:
    if given := os.environ.get("ENGINE", ""):
        return shlex.split(given)
    return next(([each] for each in ("docker", "podman") if shutil.which(each)), [])


def _write(engine: list[str], name: str, tag: str | None) -> int:
    target = _PROJECT / "build/sbom" / f"{name}.spdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "image.tar"
        image = tag or IMAGES[name].name
        saving = [*engine, "save", "--output", str(archive), image]
        # A list that is only half written is worse than none.
        draft = target.with_suffix(".draft")
        listing = [
            str(_SYFT),
            "scan",
            "--quiet",
            "--source-name",
            image.partition(":")[0],
            f"docker-archive:{archive}",
            "--output",
            f"spdx-json={draft}",
        ]
        for command in (saving, listing):
            done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            if done.returncode != 0:
                print(f"{name}: {Path(command[0]).name} ended with {done.returncode}", file=sys.stderr)
                return done.returncode
        draft.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
