"""Committing to a plain repository never touches what somebody works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.forge import checkouts
from documenthor.tenants import Mode

from tests.documenthor.forge.support import Place, make
from tests.documenthor.publish.support import block, put

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(root: Path) -> Place:
    """A plain repository with its default branch checked out."""
    return make(root, "calc", bare=False, files={"a.py": "x = 1\n", "README.md": "# Calc\n"})


def test_a_clean_work_tree_follows(place: Place) -> None:
    assert str(put(place, block(), block("docs/api.md", "API"))) == "committed"
    assert place.git("status", "--porcelain") == ""
    assert (place.path / "docs" / "api.md").is_file()
    assert (place.path / "README.md").read_bytes() == place.file("README.md")


def edit(place: Place) -> None:
    (place.path / "a.py").write_text("x = 'mine'\n")


def stage(place: Place) -> None:
    (place.path / "new.py").write_text("y = 1\n")
    place.git("add", "new.py")


def delete(place: Place) -> None:
    (place.path / "README.md").unlink()


def stand_in_the_way(place: Place) -> None:
    (place.path / "docs").mkdir()
    (place.path / "docs" / "api.md").write_text("mine, untracked\n")


def begin_merge(place: Place) -> None:
    (place.path / ".git" / "MERGE_HEAD").write_text(f"{place.head()}\n")


def lock(place: Place) -> None:
    (place.path / ".git" / "index.lock").touch()


@pytest.mark.parametrize("work", [edit, stage, delete, stand_in_the_way, begin_merge, lock])
def test_a_work_tree_in_use_is_left_alone(place: Place, work: object) -> None:
    assert callable(work)
    work(place)
    before = {path: path.read_bytes() for path in place.path.glob("[!.]*") if path.is_file()}
    refs, status = place.refs(), place.git("status", "--porcelain")
    outcome = put(place, block(), block("docs/api.md", "API"))
    assert str(outcome) == "skipped(work_tree_dirty)"
    assert "work tree" in outcome.message
    assert (place.refs(), place.git("status", "--porcelain")) == (refs, status)
    assert {path: path.read_bytes() for path in place.path.glob("[!.]*") if path.is_file()} == before


def test_untracked_files_are_in_nobodys_way(place: Place) -> None:
    (place.path / "notes.txt").write_text("mine\n")
    assert str(put(place)) == "committed"
    assert (place.path / "notes.txt").read_text() == "mine\n"


def test_a_dirty_work_tree_does_not_stop_a_pull_request(place: Place) -> None:
    edit(place)
    assert str(put(place, mode=Mode.PULL_REQUEST)) == "pull_request"
    assert place.git("status", "--porcelain") == "M a.py"


def test_a_work_tree_on_another_branch_does_not_move(place: Place) -> None:
    place.git("switch", "--quiet", "--create", "feature")
    edit(place)
    assert str(put(place)) == "committed"
    assert place.git("status", "--porcelain") == "M a.py"


def test_a_second_work_tree_on_the_branch_stops_us(place: Place, tmp_path: Path) -> None:
    place.git("switch", "--quiet", "--create", "feature")
    place.git("worktree", "add", "--quiet", str(tmp_path / "second"), "main")
    before = place.refs()
    assert str(put(place)) == "skipped(checked_out)"
    assert place.refs() == before


def test_a_pull_request_branch_under_review_stays(place: Place) -> None:
    put(place, mode=Mode.PULL_REQUEST)
    place.git("switch", "--quiet", "documenthor/docs")
    before = place.refs()
    assert str(put(place, block(body="New."), mode=Mode.PULL_REQUEST)) == "skipped(checked_out)"
    assert (place.refs(), place.git("status", "--porcelain")) == (before, "")


def test_a_work_tree_left_behind_by_a_killed_run_follows_later(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(checkouts, "follow", lambda *_: None)
        assert str(put(place)) == "committed"
    assert place.git("status", "--porcelain") != ""
    place.git("update-ref", "-m", "source moved", "refs/heads/other", "main")
    assert str(put(place, block(body="New."))) == "committed"
    assert place.git("status", "--porcelain") == ""
