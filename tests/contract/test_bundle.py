"""Envelopes hold the bundle that they name, or are refused."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json

import pytest
from docgen.contract import Block, Bundle, BundleError, Envelope, Usage
from docgen.contract import bundle as module

BUNDLE = Bundle(
    repository="calc",
    commit="a" * 40,
    recipe="b" * 64,
    blocks=(Block(path="README.md", name="overview", rests_on="c" * 64, body="Gr\u00fc\u00dfe"),),
    usage=Usage(seconds=1.5, files=2, bytes=3),
)


def pack(raw: bytes) -> Envelope:
    """An envelope whose digest is right, whatever is in it."""
    payload = base64.b64encode(gzip.compress(raw, mtime=0)).decode()
    return Envelope(digest=hashlib.sha256(raw).hexdigest(), payload=payload)


def test_a_sealed_bundle_comes_back_and_seals_the_same() -> None:
    envelope = Envelope.seal(BUNDLE)
    assert envelope.open() == BUNDLE
    assert envelope.open() is envelope.open(), "unpacked and checked once"
    assert Envelope.seal(envelope.open()) == envelope
    assert Envelope.model_validate_json(envelope.model_dump_json()) == envelope


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "!!!",
        "aGVsbG8=",
        "a\n",
        Envelope.seal(BUNDLE).payload[:-8],
        Envelope.seal(BUNDLE).payload[4:],
        "\u00fc",
    ],
)
def test_a_payload_that_is_not_gzip_in_base64_is_refused(payload: str) -> None:
    with pytest.raises(BundleError):
        Envelope(digest="0" * 64, payload=payload).open()


def test_another_bundle_than_the_digest_names_is_refused() -> None:
    other = BUNDLE.model_copy(update={"repository": "other"})
    forged = Envelope(digest=Envelope.seal(BUNDLE).digest, payload=Envelope.seal(other).payload)
    with pytest.raises(BundleError, match="does not match its digest"):
        forged.open()


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1_000)
    with pytest.raises(BundleError, match="larger than 1000 bytes"):
        pack(b"0" * 1_000_000).open()


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": "1"},
        {"commit": "HEAD"},
        {"commit": "A" * 40},
        {"commit": "a" * 40 + "\n"},
        {"recipe": "b" * 63},
        {"blocks": None},
        {"blocks": [{"path": "README.md", "name": "Overview", "rests_on": "c" * 64, "body": ""}]},
        {"blocks": [{"path": "README.md", "name": "a -->", "rests_on": "c" * 64, "body": ""}]},
        {"blocks": [{"path": "README.md", "name": "a\n", "rests_on": "c" * 64, "body": ""}]},
        {"blocks": [{"path": "README.md", "name": "a", "rests_on": "c" * 64, "body": "", "mode": "120000"}]},
        {"usage": {"seconds": -1, "files": 0, "bytes": 0}},
        {"surprise": True},
    ],
)
def test_a_malformed_bundle_is_refused(change: dict[str, object]) -> None:
    raw = json.dumps({**json.loads(BUNDLE.model_dump_json()), **change}).encode()
    with pytest.raises(BundleError, match="malformed"):
        pack(raw).open()


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"{", b"\xff", b'"\\ud800"'])
def test_something_else_than_a_bundle_is_refused(raw: bytes) -> None:
    with pytest.raises(BundleError):
        pack(raw).open()
