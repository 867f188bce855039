"""The images as a cluster runs them: a read-only root, a user without a name, no capability, no network."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docgen.contract import Bundle, Envelope, JobSpec

from tests.docgen.support import PACKAGE, make_repository

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = [pytest.mark.images, pytest.mark.timeout(300)]

DOCGEN = "documenthor/gpu-docgen:0.1.0-cpu"
AIRFLOW = "documenthor/airflow:0.1.0"
PROJECT = Path(__file__).resolve().parents[2]
USER = 10001
RESTRICTED = ("--read-only", "--cap-drop=all", "--security-opt=no-new-privileges", "--network=none")


@dataclass(frozen=True)
class Engine:
    """docker or podman, with flags of its own."""

    command: Sequence[str]

    def run(self, image: str, flags: Sequence[str], *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a container to its end."""
        command = [*self.command, "run", "--rm", *RESTRICTED, *flags, image, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def inspect(self, image: str) -> dict[str, Any]:
        """What the engine knows of an image."""
        done = subprocess.run([*self.command, "image", "inspect", image], capture_output=True, check=False)
        assert done.returncode == 0, f"{image} is not built; run `make images`"
        found: dict[str, Any] = json.loads(done.stdout)[0]
        return found


@pytest.fixture(scope="module")
def engine() -> Engine:
    """What ENGINE names, else docker or podman; without one these tests fail."""
    given = os.environ.get("ENGINE", "")
    for command in [shlex.split(given)] if given else [["docker"], ["podman"]]:
        if (
            shutil.which(command[0])
            and subprocess.run([*command, "images"], capture_output=True, check=False).returncode == 0
        ):
            return Engine(command)
    pytest.fail("neither docker nor podman works here; install one, such as: apt-get install podman")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The folder that is mounted for writing, as the cluster gives it to the user's group."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    os.chown(folder, USER, USER)
    return folder


def _docgen(engine: Engine, workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    flags = (f"--user={USER}:{USER}", f"--volume={workspace}:/workspace")
    return engine.run(DOCGEN, flags, *arguments)


def test_the_self_test_holds(engine: Engine, workspace: Path) -> None:
    done = _docgen(engine, workspace, "--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": ok (") == 5
    assert "folder: ok (/workspace)" in done.stdout


def test_a_repository_is_fetched_and_documented(engine: Engine, workspace: Path, tmp_path: Path) -> None:
    commit = make_repository(tmp_path / "widget", PACKAGE)
    spec = JobSpec(tenant="t", job="j", repository="widget", url="/forge/widget", commit=commit)
    (workspace / "spec.json").write_text(spec.model_dump_json())
    flags = (
        f"--user={USER}:{USER}",
        f"--volume={workspace}:/workspace",
        f"--volume={tmp_path / 'widget'}:/forge/widget:ro",
    )
    same = ("--spec=spec.json", "--tree=tree")
    fetched = engine.run(DOCGEN, flags, "fetch", *same)
    assert fetched.returncode == 0, fetched.stderr
    generated = engine.run(DOCGEN, flags, "generate", *same, "--out=bundle.json")
    assert generated.returncode == 0, generated.stderr
    bundle: Bundle = Envelope.model_validate_json((workspace / "bundle.json").read_bytes()).open()
    assert bundle.commit == commit
    assert {block.path for block in bundle.blocks} >= {"README.md", "docs/ARCHITECTURE.md"}


def test_the_generator_s_image_is_what_it_says(engine: Engine, workspace: Path) -> None:
    config = engine.inspect(DOCGEN)["Config"]
    assert config["User"] == f"{USER}:{USER}"
    assert re.fullmatch(r"[0-9a-f]{40}", config["Labels"]["org.opencontainers.image.revision"])
    assert config["Labels"]["org.opencontainers.image.version"] == "0.1.0"
    flags = (f"--user={USER}:{USER}", f"--volume={workspace}:/workspace", "--entrypoint=python")
    tried = engine.run(
        DOCGEN,
        flags,
        "-c",
        "import importlib.util, os; print(os.getuid());"
        "print([name for name in ('pip', 'torch', 'hatchling') if importlib.util.find_spec(name)]);"
        "open('/opt/docgen/x', 'w')",
    )
    assert tried.stdout.splitlines() == [str(USER), "[]"]
    assert "Read-only file system" in tried.stderr


def test_airflow_s_image_has_the_contract_and_no_generator(engine: Engine) -> None:
    config = engine.inspect(AIRFLOW)["Config"]
    assert config["User"].partition(":")[0] == "50000"
    flags = ("--tmpfs=/tmp:mode=1777", "--entrypoint=python")
    done = engine.run(
        AIRFLOW,
        flags,
        "-c",
        "import importlib.util, documenthor_airflow.plugin, documenthor, docgen.contract;"
        "from documenthor.prompts import load_prompts; from documenthor.settings import Settings;"
        "settings = Settings.from_environment();"
        "print(settings.runtime, len(load_prompts(settings.prompts, 'a', 'b')));"
        "print([name for name in ('docgen.build', 'docgen.cli', 'torch') if importlib.util.find_spec(name)])",
    )
    assert done.stdout.splitlines() == ["kubernetes 4", "[]"], done.stderr[-2000:]


def test_airflow_s_image_holds_the_project_s_files(engine: Engine) -> None:
    listed = engine.run(AIRFLOW, ("--entrypoint=ls",), "/opt/airflow/dags", "/opt/airflow/plugins")
    names = {path.name for folder in ("dags", "plugins") for path in (PROJECT / folder).glob("*.py")}
    assert names <= set(listed.stdout.split()), listed.stderr
