"""Prompts: the most specific wins, and a file that replaces none is a mistake that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Options, Writer, WriterKind
from docgen.prose.prompts import VARIABLES
from documenthor import jobs
from documenthor.errors import ConfigurationError
from documenthor.forge.discovery import Repository, Unfit
from documenthor.jobs import JobRequest
from documenthor.planning import plan
from documenthor.prompts import PROMPTS, load_prompts
from documenthor.tenants import Tenant

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from documenthor.db import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in {
        "readme.txt": "all", "rules.txt": "all", "acme/readme.txt": "acme", "acme/web/readme.txt": "web",
        "other/rules.txt": "other",
    }.items():  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("organisation", "repository", "readme"),
    [
        ("acme", "web", "web"),
        ("acme", "api", "acme"),
        ("none", "web", "all"),
        ("..", "..", "all"),
        ("acme", "../other", "acme"),
    ],
)
def test_the_most_specific_wins(folder: Path, organisation: str, repository: str, readme: str) -> None:
    assert load_prompts(folder, organisation, repository) == {"readme": readme, "rules": "all"}


def test_a_file_that_replaces_nothing_is_said(folder: Path) -> None:
    (folder / "acme" / "readmee.txt").write_text("x")
    with pytest.raises(
        ConfigurationError, match=r"readmee\.txt replaces no prompt; they are called readme, rules"
    ):
        load_prompts(folder, "acme", "web")


def test_a_folder_without_prompts_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="DOCUMENTHOR_PROMPTS"):
        load_prompts(tmp_path, "acme", "web")


def test_the_generator_gets_every_prompt_that_it_needs() -> None:
    assert set(load_prompts(PROMPTS, "acme", "web")) == set(VARIABLES)


class _Forge:
    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:  # noqa: ARG002
        return [Repository("web", "/forge/web", "main", "a" * 40)]

    def pin(self, repository: Repository, ref: str) -> Repository | Unfit:  # noqa: ARG002
        return repository

    def before(self, repository: Repository, moment: datetime) -> Repository | Unfit:  # noqa: ARG002
        return repository


@pytest.mark.parametrize(
    ("writer", "prompts"),
    [
        (Writer(), {}),
        (
            Writer(kind=WriterKind.OPENAI, base_url="http://m/v1", model="m"),
            {"readme": "web", "rules": "all"},
        ),
    ],
)
def test_only_a_spec_for_a_model_holds_prompts(
    database: Database, folder: Path, writer: Writer, prompts: dict[str, str]
) -> None:
    tenant = Tenant.model_validate({"organisation": "acme", "forge": {"kind": "local"}})
    tenant = tenant.model_copy(update={"options": Options(writer=writer)})
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    found = plan(database, _Forge(), tenant, job, "run-1", NOW, folder)
    assert [spec.prompts for spec in found.specs] == [prompts]
