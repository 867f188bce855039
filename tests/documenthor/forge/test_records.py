"""Pull requests of a local forge are files that a person reads and edits."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import RecordError
from documenthor.forge import records
from documenthor.forge.discovery import Documented, Repository
from documenthor.forge.model import Description
from documenthor.tenants import Mode

from tests.documenthor.forge.support import Place, make, pull_requests
from tests.documenthor.publish.support import put

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(root: Path) -> Place:
    """A repository with an open pull request."""
    place = make(root, "calc", files={"README.md": "# Calc\n"})
    put(place, mode=Mode.PULL_REQUEST)
    return place


def path(place: Place) -> Path:
    return place.root / ".pull-requests" / "calc" / "1.json"


def change(place: Place, **values: object) -> None:
    """Edit the record by hand."""
    path(place).write_text(json.dumps({**json.loads(path(place).read_text()), **values}))


def test_a_record_says_what_a_person_wants_to_know(place: Place) -> None:
    (record,) = pull_requests(place.root)
    assert (record.repository, record.number, record.state) == ("calc", 1, "open")
    assert (record.head, record.base) == ("documenthor/docs", "main")
    assert record.commit == place.head("documenthor/docs")
    assert "`README.md`" in record.body
    assert list(path(place).parent.glob(".new-*")) == []


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"number": 1}',
        b"null",
    ],
)
def test_rubbish_is_named_and_nothing_is_written(place: Place, rubbish: bytes) -> None:
    path(place).write_bytes(rubbish)
    place.write({"a.py": "x = 2\n"})
    before = place.refs()
    with pytest.raises(RecordError, match=r"1\.json.*mend or delete"):
        put(place, mode=Mode.PULL_REQUEST)
    with pytest.raises(RecordError):
        records.newest(place.root, "calc")
    assert (place.refs(), path(place).read_bytes()) == (before, rubbish)


@pytest.mark.parametrize("values", [{"state": "opened"}, {"number": 2}, {"repository": "other"}])
def test_a_record_must_fit_its_place(place: Place, values: dict[str, str | int]) -> None:
    change(place, **values)
    with pytest.raises(RecordError, match=r"1\.json"):
        records.newest(place.root, "calc")


def test_rubbish_does_not_stop_planning(place: Place) -> None:
    path(place).write_text("{")
    assert [type(item) for item in place.forge().discover(None)] == [Repository]


def test_a_merge_is_noticed(place: Place) -> None:
    place.git("update-ref", "refs/heads/main", "documenthor/docs")
    place.forge().discover(None)
    assert [record.state for record in pull_requests(place.root)] == ["merged"]


def test_a_squashed_merge_is_noticed(place: Place) -> None:
    place.write({"README.md": place.file("README.md", "documenthor/docs")}, message="Squash")
    place.forge().discover(None)
    assert [record.state for record in pull_requests(place.root)] == ["merged"]


def test_records_are_written_one_after_the_other(place: Place) -> None:
    with ThreadPoolExecutor(1) as pool:
        with records.locked(place.root, "calc"):
            described = Description("Title", "Body", "0", "1" * 40, Documented("2" * 40, "3" * 64))
            waiting = pool.submit(place.forge().describe, "calc", described)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=10) == str(path(place))
