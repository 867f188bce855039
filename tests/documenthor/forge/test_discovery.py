"""Which repositories a folder holds, and which of them have nothing new to document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest
from documenthor.errors import ForgeError
from documenthor.forge import LocalForge, open_forge
from documenthor.forge.discovery import Repository, Unfit
from documenthor.settings import Settings
from documenthor.tenants import LocalForge as LocalForgeSection
from documenthor.tenants import Mode, Tenant

from tests.documenthor.forge.support import OURS, Place, make
from tests.documenthor.publish.support import block, job_spec, put

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database

FILES: dict[str, bytes | str] = {"a.py": "x = 1\n", "README.md": "# Calc\n"}


def found(place: Place) -> Repository:
    """What planning gets to see of a repository."""
    item = place.forge().discover([place.name])[0]
    assert isinstance(item, Repository), item
    return item


def outcomes(forge: LocalForge, names: list[str] | None) -> dict[str, str]:
    """What is wrong with each name."""
    return {item.name: str(item.outcome) for item in forge.discover(names) if isinstance(item, Unfit)}


def test_the_whole_forge_is_sorted_and_names_keep_their_order(root: Path) -> None:
    for name, bare in (("b", True), ("a", False), ("c", True)):
        make(root, name, bare=bare, files=FILES)
    (root / "notes").mkdir()
    (root / "file").write_text("no repository")
    forge = LocalForge(root)
    assert [item.name for item in forge.discover(None)] == ["a", "b", "c"]
    assert [item.name for item in forge.discover(["c", "a"])] == ["c", "a"]


@pytest.mark.parametrize("bare", [True, False])
def test_a_repository_is_described_at_the_head_of_its_default_branch(root: Path, bare: bool) -> None:
    place = make(root, "calc", bare=bare, files=FILES)
    repository = found(place)
    assert repository.traits is not None
    assert replace(repository, traits=None) == Repository("calc", str(place.path), "main", place.head())


def test_a_bare_repository_may_lack_the_suffix(root: Path) -> None:
    make(root, "calc", files=FILES).path.rename(root / "calc")
    assert found(Place(root, "calc", bare=False)).url == str(root / "calc")


def test_a_plain_repositorys_default_branch_is_not_what_somebody_works_on(root: Path) -> None:
    place = make(root, "calc", bare=False, files=FILES)
    place.git("switch", "--quiet", "--create", "feature")
    assert found(place).branch == "main"


def test_unknown_and_empty_repositories_are_unfit(root: Path) -> None:
    make(root, "empty")
    make(root, "nothing", bare=False)
    wanted = ["empty", "nothing", "unknown", "empty.git", "..", ".", "../forge/empty", "/etc", "", "a\n"]
    got = outcomes(LocalForge(root), wanted)
    assert got.pop("empty") == got.pop("nothing") == "skipped(empty)"
    assert set(got.values()) == {"skipped(not_found)"}
    assert len(got) == len(wanted) - 2


def test_no_symlink_leads_out_of_the_forge(root: Path, tmp_path: Path) -> None:
    outside = make(tmp_path / "outside", "secret", bare=False, files=FILES)
    (root / "linked").symlink_to(outside.path)
    (root / "inner").mkdir()
    (root / "inner" / ".git").symlink_to(outside.path / ".git")
    (root / "pointer").mkdir()
    (root / "pointer" / ".git").write_text(f"gitdir: {outside.path}/.git\n")
    assert LocalForge(root).discover(None) == []
    names = ["linked", "inner", "pointer"]
    assert set(outcomes(LocalForge(root), names).values()) == {"skipped(not_found)"}


def test_one_broken_repository_does_not_hide_the_others(root: Path) -> None:
    make(root, "good", files=FILES)
    broken = make(root, "bad", files=FILES)
    head = broken.head()
    (broken.path / "objects" / head[:2] / head[2:]).unlink()
    names = {item.name: type(item) for item in LocalForge(root).discover(["bad", "good"])}
    assert names == {"bad": Unfit, "good": Repository}


def test_a_missing_folder_is_an_error(root: Path) -> None:
    with pytest.raises(ForgeError, match="does not exist"):
        LocalForge(root / "nowhere").discover(None)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("source", [{"a.py": "x = 2\n"}, {".documenthor.yml": "language: de\n"}])
def test_published_documentation_leaves_nothing_to_do(
    root: Path, mode: Mode, source: dict[str, str | bytes]
) -> None:
    place = make(root, "calc", files=FILES)
    spec = job_spec(place)
    put(place, mode=mode)
    assert found(place).is_documented(spec.recipe())
    assert not found(place).is_documented(job_spec(place, prompt="other").recipe())
    place.write(source)
    assert not found(place).is_documented(spec.recipe())


@pytest.mark.parametrize("how", [("--ff-only",), ("--no-ff", "--no-edit")])
def test_a_merged_pull_request_is_documentation(root: Path, how: tuple[str, ...]) -> None:
    place = make(root, "calc", bare=False, files=FILES)
    spec = job_spec(place)
    put(place, mode=Mode.PULL_REQUEST)
    place.git("merge", "--quiet", *how, "documenthor/docs")
    documented = found(place).documented
    assert documented is not None
    assert documented.commit == spec.commit
    place.git("branch", "-D", "documenthor/docs")
    assert found(place).is_documented(spec.recipe())


def test_source_under_our_commit_is_not_documented(root: Path) -> None:
    place = make(root, "calc", files=FILES)
    spec = job_spec(place)
    place.write({"a.py": "x = 2\n"})
    assert str(put(place, spec=spec)) == "committed"
    assert found(place).documented is None


def trailer(place: Place) -> str:
    """The message of a commit of ours."""
    spec = job_spec(place)
    return f"Update\n\nDocumenthor-Commit: {spec.commit}\nDocumenthor-Recipe: {spec.recipe()}\n"


@pytest.mark.parametrize(
    ("who", "files"),
    [
        (None, {"README.md": "# New\n"}),
        (None, {"a.py": "evil = 1\n"}),
        (OURS, {"a.py": "evil = 1\n"}),
        (OURS, {"README.md": "# New\n", ".github/workflows/x.yml": "on: push\n"}),
    ],
)
def test_a_copied_trailer_documents_nothing(
    root: Path, who: dict[str, str] | None, files: dict[str, bytes | str]
) -> None:
    place = make(root, "calc", files=FILES)
    place.write(files, message=trailer(place), who=who)
    assert found(place).documented is None
    assert place.forge().documented(place.name, place.head()) is None


def test_a_trailer_must_name_history(root: Path) -> None:
    place = make(root, "calc", files=FILES)
    message = trailer(place).replace(place.head(), "f" * 40)
    place.write({"README.md": "# New\n"}, message=message, who=OURS)
    assert found(place).documented is None


def test_a_trailer_outside_the_last_paragraph_does_not_count(root: Path) -> None:
    place = make(root, "calc", files=FILES)
    place.write({"README.md": "# New\n"}, message=f"{trailer(place)}\nReviewed.\n", who=OURS)
    assert found(place).documented is None


def test_a_persons_edit_of_our_branch_proposes_nothing(root: Path) -> None:
    place = make(root, "calc", files=FILES)
    spec = job_spec(place)
    put(place, block(), mode=Mode.PULL_REQUEST)
    place.write({"README.md": "# Mine\n"}, ref="refs/heads/documenthor/docs")
    assert not found(place).is_documented(spec.recipe())


def no_connections(name: str) -> NoReturn:
    """A folder needs no credential."""
    raise AssertionError(name)


def test_a_tenants_forge_starts_at_home(tmp_path: Path, database: Database) -> None:
    settings = Settings.from_environment({"DOCUMENTHOR_HOME": str(tmp_path)})
    for path, wanted in (("repositories", tmp_path / "repositories"), ("/srv/git", "/srv/git")):
        tenant = Tenant(organisation="acme", forge=LocalForgeSection(kind="local", path=path))
        with open_forge(tenant, settings, database, no_connections) as forge:
            assert isinstance(forge, LocalForge)
            assert str(forge.root) == str(wanted)
