"""Compiles every `*.in` into pinned, hashed requirements, or checks that they still match.

No index address is ever written: uv takes it from the machine's own settings.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_SOURCES = (
    "requirements.in",
    "requirements-stores.in",
    "requirements-dev.in",
    "requirements-setup.in",
    "images/gpu-docgen/requirements.in",
    "images/gpu-docgen/requirements-model.in",
    "images/gpu-docgen/requirements-build.in",
)
_OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--quiet")


def main() -> int:
    """Compile, or with `--check` say which file is stale; 1 if one is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail if a file is stale")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    arguments = parser.parse_args()
    stale = [
        name for name in _SOURCES if not _compile(name, check=arguments.check, upgrade=arguments.upgrade)
    ]
    for name in stale:
        print(f"{name}: its compiled file is stale; run `make requirements`", file=sys.stderr)
    return int(bool(stale))


def _compile(name: str, *, check: bool, upgrade: bool) -> bool:
    """Whether the compiled file is up to date afterwards. Existing pins are kept where they still fit."""
    source = _PROJECT / name
    target = source.with_suffix(".txt")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / target.name
        if target.exists():
            shutil.copy(target, output)
        command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", *_OPTIONS]
        upgrades = ["--upgrade"] if upgrade else []
        subprocess.run([*command, *upgrades, "-o", str(output), source.name], cwd=source.parent, check=True)
        if check:
            return target.exists() and output.read_bytes() == target.read_bytes()
        shutil.copy(output, target)
        return True


if __name__ == "__main__":
    sys.exit(main())
