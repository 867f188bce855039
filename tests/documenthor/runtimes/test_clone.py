"""The process runtime against a GitHub with TLS and tokens: real git, real children."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docgen.contract import JobSpec
from documenthor.errors import ConfigurationError, GeneratorError
from documenthor.outcomes import Outcome
from documenthor.runtimes import ProcessRuntime, require_allowed
from documenthor.runtimes.process import _environment
from documenthor.settings import Settings
from documenthor.tenants import Processes, Tenant

from tests.fakes.github import FakeGitHub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.github.state import Repository

FILES = {"README.md": b"# Engine\n", "engine.py": b'"""Runs."""\n\n\ndef run() -> None:\n    """Run."""\n'}


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    """A GitHub that is served with TLS, and trusted by git."""
    github = FakeGitHub(tmp_path / "github")
    with github.serve(tls=True) as served:
        monkeypatch.setenv("GIT_SSL_CAINFO", str(served.ca_file))
        yield github


def spec(fake: FakeGitHub, repository: Repository) -> JobSpec:
    """The head of a repository of the fake."""
    head = repository.store.ref("refs/heads/main")
    url = fake.clone_url(repository)
    return JobSpec(tenant="octo", job="j", repository=repository.name, url=url, commit=head)


class Watched(ProcessRuntime):
    """Notes what each child is given."""

    def __init__(self, scratch: Path) -> None:
        super().__init__(Processes(), scratch)
        self.steps: list[str] = []
        self.given: dict[str, str] = {}

    def _execute(
        self, command: list[str], folder: Path, deadline: float, passed: tuple[str, ...], pipe: int | None
    ) -> tuple[int, str]:
        stage = command[command.index("docgen") + 1]
        self.steps.append(stage)
        files = [path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file()]
        self.given[stage] = f"{command}{pipe}{_environment(folder, passed)}{files}"
        return super()._execute(command, folder, deadline, passed, pipe)


def test_a_private_repository_is_cloned_with_a_token_that_generate_never_sees(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    repository = fake.repository("octo/engine", FILES)
    secret = fake.fine_grained_token("ada", "octo", {"contents": "read"})
    runtime = Watched(tmp_path / "scratch")

    @contextmanager
    def token() -> Iterator[str]:
        runtime.steps.append("issued")
        yield secret
        runtime.steps.append("revoked")

    assert not isinstance(runtime.generate(spec(fake, repository), token()), Outcome)
    assert runtime.steps == ["issued", "fetch", "revoked", "generate"]
    assert secret not in f"{runtime.given}"
    assert "--token-file" in runtime.given["fetch"]
    assert "GIT_SSL_CAINFO" in runtime.given["fetch"]
    assert "--token-file" not in runtime.given["generate"]
    assert "GIT_SSL_CAINFO" not in runtime.given["generate"]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_without_a_token_a_private_repository_cannot_be_reached(fake: FakeGitHub, tmp_path: Path) -> None:
    repository = fake.repository("octo/engine", FILES)
    with pytest.raises(GeneratorError, match="unreachable") as caught:
        ProcessRuntime(Processes(), tmp_path / "scratch").generate(spec(fake, repository))
    assert caught.value.stage == "fetch"


def test_descriptors_are_closed(fake: FakeGitHub, tmp_path: Path) -> None:
    repository = fake.repository("octo/engine", FILES, visibility="public")
    before = len(list(Path("/proc/self/fd").iterdir()))

    @contextmanager
    def token() -> Iterator[str]:
        yield fake.classic_token("ada")

    runtime = ProcessRuntime(Processes(), tmp_path / "scratch")
    runtime.generate(spec(fake, repository), token())
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1


CASES = [
    ("process", "github", "", False),
    ("process", "github", "true", True),
    ("process", "local", "", True),
    ("kubernetes", "github", "", True),
]


@pytest.mark.parametrize(("runtime", "kind", "allowed", "works"), CASES)
def test_the_process_runtime_is_refused_for_github_unless_it_is_allowed(
    runtime: str, kind: str, allowed: str, *, works: bool
) -> None:
    settings = Settings.from_environment(
        {"DOCUMENTHOR_RUNTIME": runtime, "DOCUMENTHOR_ALLOW_PROCESS_RUNTIME": allowed}
    )
    tenant = Tenant.model_validate({"organisation": "octo", "forge": {"kind": kind}})
    if works:
        require_allowed(tenant, settings)
    else:
        with pytest.raises(ConfigurationError, match="DOCUMENTHOR_ALLOW_PROCESS_RUNTIME=true"):
            require_allowed(tenant, settings)


def test_a_switch_is_true_or_false() -> None:
    with pytest.raises(ConfigurationError, match="DOCUMENTHOR_ALLOW_PROCESS_RUNTIME is 'yes'"):
        Settings.from_environment({"DOCUMENTHOR_ALLOW_PROCESS_RUNTIME": "yes"})
