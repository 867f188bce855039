"""Real git repositories, and the generator run on them as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.cli import main
from docgen.contract import Block, Bundle, Envelope, JobSpec, Options
from docgen.contract.renewal import renewed
from docgen.deadline import Deadline
from docgen.source.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Files = dict[str, str | bytes]

PACKAGE: Files = {
    "README.md": "# Widget\n\nWritten by a person.\n",
    "LICENSE": "MIT License\n\nCopyright (c) 2024 A. Person\n",
    "pyproject.toml": (
        '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "widget"\n'
        'description = "Turns widgets."\nrequires-python = ">=3.11"\n'
        'dependencies = [\n  "httpx>=0.27",\n  "rich",\n]\n\n'
        '[project.scripts]\nwidget = "widget.cli:main"\n\n[tool.pytest.ini_options]\naddopts = "-q"\n'
    ),
    "Makefile": "test: ## Run the tests\n\tpytest\n\nlint:\n\truff check .\n",
    "src/widget/__init__.py": (
        '"""Widgets, turned."""\n\nfrom widget._core import Turner\n\n__all__ = ["Turner"]\n'
    ),
    "src/widget/_core.py": (
        '"""The core."""\n\nimport os\n\nLEVEL = os.environ.get("WIDGET_LEVEL", "info")\n\n\n'
        'class Turner:\n    """Turns one widget."""\n\n'
        '    def turn(self, angle: float = 90.0) -> bool:\n        """Turn it by `angle` degrees."""\n'
        "        return bool(angle)\n"
    ),
    "src/widget/cli.py": (
        '"""The command line."""\n\nimport argparse\n\nfrom widget import Turner\n\n\n'
        'def main() -> None:\n    """Start."""\n    parser = argparse.ArgumentParser()\n'
        '    parser.add_argument("--angle", help="how far")\n    parser.parse_args()\n    Turner().turn()\n'
    ),
    "tests/test_core.py": "def test_nothing() -> None:\n    assert 1\n",
}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git in `folder` for a test's own purposes and return what it prints."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env=env, input=stdin, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def make_repository(folder: Path, files: Mapping[str, str | bytes]) -> str:
    """Make a git repository with one commit of `files` and return the commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return commit(folder, files)


def commit(folder: Path, files: Mapping[str, str | bytes]) -> str:
    """Write `files`, commit everything and return the commit."""
    write(folder, files)
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=change")
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write `files` below `folder`."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def job_spec(url: str, commit_id: str = "0" * 40, options: Options | None = None) -> JobSpec:
    """The spec of one repository."""
    return JobSpec(
        tenant="acme",
        job="job-1",
        repository="acme/widget",
        url=url,
        commit=commit_id,
        options=options or Options(),
    )


def fetch_and_generate(folder: Path, commit_id: str, work: Path) -> Bundle:
    """Both steps by their commands, as the runtimes run them."""
    work.mkdir(parents=True, exist_ok=True)
    spec = work / "spec.json"
    spec.write_text(job_spec(str(folder), commit_id).model_dump_json())
    assert main(["fetch", "--spec", str(spec), "--tree", str(work / "tree")]) == 0
    out = work / "bundle.json"
    assert main(["generate", "--spec", str(spec), "--tree", str(work / "tree"), "--out", str(out)]) == 0
    return Envelope.model_validate(json.loads(out.read_bytes())).open()


def bundle_of(folder: Path, files: Files, options: Options | None = None) -> Bundle:
    """The bundle of a folder with `files`, without git."""
    write(folder, files)
    spec = job_spec(str(folder), options=options)
    return build(spec, read_tree(folder, spec.options, Deadline(60)), Deadline(60))[0]


def pages(bundle: Bundle) -> dict[str, str]:
    """What each page says, all its blocks below each other."""
    found: dict[str, list[str]] = {}
    for block in bundle.blocks:
        found.setdefault(block.path, []).append(block.body)
    return {path: "\n".join(bodies) for path, bodies in found.items()}


def publish(folder: Path, bundle: Bundle) -> str:
    """Make the pages in the work tree at `folder` what the bundle says, commit and return the commit."""
    for path, content in renewed_pages(folder, bundle).items():
        if content is None:
            (folder / path).unlink()
        else:
            write(folder, {path: content})
    return commit(folder, {})


def renewed_pages(folder: Path, bundle: Bundle) -> dict[str, bytes | None]:
    """Every file of the bundle as it will be below `folder`; None for one that goes."""
    wanted: dict[str, list[Block]] = {path: [] for path in bundle.obsolete}
    for block in bundle.blocks:
        wanted.setdefault(block.path, []).append(block)
    before = {path: (folder / path).read_bytes() if (folder / path).exists() else b"" for path in wanted}
    return {path: renewed(before[path], path, blocks, bundle.commit) for path, blocks in wanted.items()}


def main_of(work: Path, spec: JobSpec) -> int:
    """The exit code of the first of both steps that does not succeed, else 0."""
    work.mkdir(parents=True, exist_ok=True)
    (work / "spec.json").write_text(spec.model_dump_json())
    common = ["--spec", str(work / "spec.json"), "--tree", str(work / "tree")]
    return main(["fetch", *common]) or main(["generate", *common, "--out", str(work / "bundle.json")])
