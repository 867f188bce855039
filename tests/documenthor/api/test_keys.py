"""The key set: what it holds, how long it may be kept, and how little is sent to those who have it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.tokens import register, retire

from tests.documenthor.support import NOW, key

if TYPE_CHECKING:
    from documenthor.db import Database

    from tests.documenthor.api.client import Client

_PATH = "/.well-known/jwks.json"


def test_key_set_may_be_kept_for_a_minute(nobody: Client) -> None:
    answer = nobody.get(_PATH)
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert {entry["kid"] for entry in answer.json()["keys"]} == {key("acme").kid, key("other").kid}


@pytest.mark.parametrize("condition", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
def test_unchanged_key_set_is_not_sent_again(nobody: Client, condition: str) -> None:
    first = nobody.get(_PATH)
    headers = {"If-None-Match": condition.format(tag=first.headers["etag"])}
    second = nobody.request("GET", _PATH, headers=headers)
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["cache-control"] == first.headers["cache-control"]


def test_changed_key_set_is_sent(nobody: Client, database: Database) -> None:
    tags = [nobody.get(_PATH).headers["etag"]]
    register(database, "acme", key("second").public_pem, NOW)
    tags.append(nobody.get(_PATH).headers["etag"])
    retire(database, key("acme").kid, NOW)
    answer = nobody.request("GET", _PATH, headers={"If-None-Match": ", ".join(tags)})
    assert answer.status_code == 200
    assert {entry["kid"] for entry in answer.json()["keys"]} == {key("second").kid, key("other").kid}
    assert len({*tags, answer.headers["etag"]}) == 3


def test_key_that_ends_later_is_still_there(nobody: Client, database: Database) -> None:
    retire(database, key("acme").kid, NOW + timedelta(seconds=1))
    assert len(nobody.get(_PATH).json()["keys"]) == 2


@pytest.mark.parametrize("condition", ["", "x", '""', "W/", ","])
def test_condition_that_names_nothing_gets_the_set(nobody: Client, condition: str) -> None:
    assert nobody.request("GET", _PATH, headers={"If-None-Match": condition}).status_code == 200
