"""A token is found where it stands, as it is and in base64; no cluster is needed for that."""

from __future__ import annotations

import base64

import pytest

from tests.cluster.spellings import spellings

_TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a"


@pytest.mark.parametrize("before", ["", "a", "x-access-token:", "user:", "ab"])
@pytest.mark.parametrize("after", ["", "\n", '"}'])
def test_each_form_is_found(before: str, after: str) -> None:
    text = f"{before}{_TOKEN}{after}".encode()
    assert any(each in text for each in spellings(_TOKEN))
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        assert any(each in encode(text) for each in spellings(_TOKEN))


def test_another_token_is_not() -> None:
    other = f"{_TOKEN[:-8]}01234567".encode()
    for text in (other, base64.b64encode(other)):
        assert not any(each in text for each in spellings(_TOKEN))
