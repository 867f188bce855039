"""The client: what is sent, what answers mean, and how it bears a server that misbehaves."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import (
    ConfigurationError,
    CredentialRefusedError,
    ForbiddenError,
    ForgeError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownRepositoryError,
)
from documenthor.forge.github import transport
from documenthor.forge.github.client import Client
from documenthor.forge.github.secrets import Fixed

from tests.documenthor.forge.github.conftest import TOKEN
from tests.documenthor.forge.github.scripted import Said
from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.documenthor.forge.github.scripted import Asked, Scripted
    from tests.documenthor.support import Clock

    Serve = Callable[[Callable[[Asked], Said]], tuple[Client, Scripted]]

IN_20 = str(int((NOW + timedelta(minutes=20)).timestamp()))


def test_a_call_carries_the_token_the_version_and_the_query(serve: Serve) -> None:
    client, server = serve(lambda _: Said(body={"id": 1}))
    assert client.rest("GET", "/repos/acme/widget/pulls?state=all&head=acme:docs") == {"id": 1}
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("GET", "/api/v3/repos/acme/widget/pulls?head=acme%3Adocs&state=all")
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.headers["x-github-api-version"] == "2022-11-28"
    assert asked.headers["accept"] == "application/vnd.github+json"


def test_a_body_is_sent_as_json_and_an_empty_answer_is_none(serve: Serve) -> None:
    client, server = serve(lambda _: Said(status=204))
    assert client.rest("PATCH", "/repos/acme/widget/pulls/1", {"title": "Ü"}) is None
    assert server.asked[0].body == {"title": "Ü"}


def test_graphql_goes_beside_the_rest_api_of_an_enterprise_server(serve: Serve) -> None:
    client, server = serve(lambda _: Said(body={"data": {"viewer": {"login": "bot"}}}))
    assert client.graphql("query { viewer { login } }", {"a": 1}) == {"viewer": {"login": "bot"}}
    assert server.asked[0].path == "/api/graphql"
    assert server.asked[0].body == {"query": "query { viewer { login } }", "variables": {"a": 1}}


REFUSALS: list[tuple[str, Said, type[ForgeError], str]] = [
    ("401", Said(401, {"message": "Bad credentials"}), CredentialRefusedError, "Bad credentials"),
    ("403", Said(403, {"message": "Resource not accessible by integration"}), ForbiddenError, "integration"),
    ("404", Said(404, {"message": "Not Found"}), UnknownRepositoryError, "/repos/acme/widget"),
    ("409", Said(409, {"message": "Git Repository is empty."}), RefusedError, "empty"),
    ("422", Said(422, {"message": "Validation Failed", "errors": [{"code": "custom"}]}), RefusedError, "422"),
    ("500", Said(500, "<html>Oops</html>"), UnavailableError, "500"),
    ("502", Said(502, ""), UnavailableError, "502"),
    ("304", Said(304), UnavailableError, "304"),
    ("no JSON", Said(200, "<html>"), UnavailableError, "no JSON"),
    ("deep JSON", Said(200, "[" * 100_000), UnavailableError, "no JSON"),
    ("list for an error", Said(422, [1, 2]), RefusedError, "no reason"),
]


@pytest.mark.parametrize(
    ("said", "kind", "text"), [row[1:] for row in REFUSALS], ids=[r[0] for r in REFUSALS]
)
def test_every_refusal_is_one_of_our_errors(
    serve: Serve, said: Said, kind: type[ForgeError], text: str
) -> None:
    client, _ = serve(lambda _: said)
    with pytest.raises(kind, match=text) as caught:
        client.rest("GET", "/repos/acme/widget?secret=1")
    assert type(caught.value) is kind
    assert "secret=1" not in str(caught.value)


def test_a_refusal_names_status_code_and_permission(serve: Serve) -> None:
    taken = {"message": "Validation Failed", "errors": [{"code": "already_exists", "field": "ref"}]}
    needs = {"x-accepted-github-permissions": "contents=write"}
    client, _ = serve(lambda asked: Said(422, taken) if asked.method == "POST" else Said(403, {}, needs))
    with pytest.raises(RefusedError) as refused:
        client.rest("POST", "/repos/acme/widget/git/refs", {})
    assert (refused.value.status, refused.value.code) == (422, "already_exists")
    with pytest.raises(ForbiddenError) as forbidden:
        client.rest("GET", "/repos/acme/widget")
    assert forbidden.value.permission == "contents=write"


SPENT = {"x-ratelimit-remaining": "0"}
LIMITS: list[tuple[str, int, dict[str, str], str, timedelta]] = [
    ("secondary, told how long", 403, {"retry-after": "30"}, "secondary rate limit", timedelta(seconds=30)),
    ("secondary, not told", 403, {}, "You have exceeded a secondary rate limit.", timedelta(minutes=1)),
    ("primary", 403, SPENT | {"x-ratelimit-reset": IN_20}, "x", timedelta(minutes=20)),
    ("too many", 429, {}, "", timedelta(minutes=1)),
    ("both", 429, SPENT | {"retry-after": "5", "x-ratelimit-reset": IN_20}, "", timedelta(seconds=5)),
    ("absurd", 429, {"retry-after": "9" * 400}, "", timedelta(hours=2)),
    ("a date", 429, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, "", timedelta(minutes=1)),
    ("absurd reset", 403, SPENT | {"x-ratelimit-reset": "9" * 30}, "", timedelta(hours=2)),
    ("past reset", 403, SPENT | {"x-ratelimit-reset": "0"}, "", timedelta()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "headers", "message", "wait"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS]
)
def test_a_limit_says_until_when(
    serve: Serve, status: int, headers: dict[str, str], message: str, wait: timedelta
) -> None:
    client, _ = serve(lambda _: Said(status, {"message": message}, headers))
    with pytest.raises(RateLimitedError) as caught:
        client.rest("POST", "/repos/acme/widget/pulls", {})
    assert caught.value.until == NOW + wait


GRAPHQL: list[tuple[str, dict[str, Any], type[ForgeError]]] = [
    ("limited", {"type": "RATE_LIMITED", "message": "API rate limit exceeded"}, RateLimitedError),
    ("limited, newer word", {"type": "RATE_LIMIT", "message": "API rate limit exceeded"}, RateLimitedError),
    ("forbidden", {"type": "FORBIDDEN", "message": "Resource not accessible"}, ForbiddenError),
    ("unknown", {"type": "NOT_FOUND", "message": "Could not resolve"}, UnknownRepositoryError),
    ("stale", {"type": "STALE_DATA", "message": "Expected branch to point to"}, RefusedError),
    ("broken", {"message": "Something went wrong while executing your query."}, UnavailableError),
    ("invalid", {"message": "Field 'x'", "extensions": {"code": "undefinedField"}}, RefusedError),
    ("odd", {"message": 7}, UnavailableError),
]


@pytest.mark.parametrize(("error", "kind"), [row[1:] for row in GRAPHQL], ids=[row[0] for row in GRAPHQL])
def test_graphql_errors_come_with_status_200(
    serve: Serve, error: dict[str, Any], kind: type[ForgeError]
) -> None:
    client, _ = serve(lambda _: Said(body={"data": None, "errors": [error]}))
    with pytest.raises(kind) as caught:
        client.graphql("query { x }", {})
    assert type(caught.value) is kind
    if isinstance(caught.value, RefusedError):
        assert caught.value.code == error.get("type", "")


def test_a_missing_scope_is_named(serve: Serve) -> None:
    message = "requires one of the following scopes: ['read:org'], but your token has only been granted"
    client, _ = serve(lambda _: Said(body={"errors": [{"type": "INSUFFICIENT_SCOPES", "message": message}]}))
    with pytest.raises(ForbiddenError) as caught:
        client.graphql("query { x }", {})
    assert caught.value.permission == "['read:org']"


def test_with_partial_what_is_not_found_is_none_and_nothing_else_is_forgiven(serve: Serve) -> None:
    errors = [{"type": "NOT_FOUND", "path": ["r1"], "message": "Could not resolve"}]
    client, _ = serve(lambda _: Said(body={"data": {"r0": {}, "r1": None}, "errors": errors}))
    assert client.graphql("query { x }", {}, partial=True) == {"r0": {}, "r1": None}
    errors.append({"type": "FORBIDDEN", "path": ["r2"], "message": "no"})
    with pytest.raises(ForbiddenError):
        client.graphql("query { x }", {}, partial=True)


def test_a_renamed_repository_is_followed_with_method_body_and_query(serve: Serve) -> None:
    def answer(asked: Asked) -> Said:
        if "/repositories/7" in asked.path:
            return Said(body={"ok": True})
        query = asked.path.partition("?")[2]
        return Said(301, {}, {"Location": f"/api/v3/repositories/7/pulls?{query}"})

    client, server = serve(answer)
    assert client.rest("POST", "/repos/acme/old/pulls?state=open", {"a": 1}) == {"ok": True}
    second = server.asked[1]
    assert (second.method, second.path, second.body) == (
        "POST",
        "/api/v3/repositories/7/pulls?state=open",
        {"a": 1},
    )


@pytest.mark.parametrize(
    "location", ["https://evil.example/x", "//evil.example/x", "http://127.0.0.1:1/x", "http://[x", ""]
)
def test_a_redirect_to_another_host_is_not_followed(serve: Serve, location: str) -> None:
    client, server = serve(lambda _: Said(302, {}, {"Location": location}))
    with pytest.raises(UnavailableError, match=r"another host|ValueError"):
        client.rest("GET", "/repos/acme/widget")
    assert len(server.asked) == 1


def test_redirects_and_unready_answers_end(serve: Serve) -> None:
    client, server = serve(lambda asked: Said(301, {}, {"Location": asked.path}))
    with pytest.raises(UnavailableError, match="redirected more than"):
        client.rest("GET", "/repos/acme/widget")
    assert len(server.asked) == 4
    server.answer = lambda _: Said(202, {})
    with pytest.raises(UnavailableError, match="still preparing"):
        client.rest("GET", "/repos/acme/widget")
    assert len(server.asked) == 5


BROKEN = {
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "cut off": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    "bad gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_is_unavailable_and_is_not_repeated(serve: Serve, raw: bytes) -> None:
    client, server = serve(lambda _: Said(raw=raw))
    with pytest.raises(UnavailableError):
        client.rest("POST", "/repos/acme/widget/git/refs", {})
    assert len(server.asked) == 1


def test_an_answer_larger_than_the_cap_is_not_read(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_BYTES", 100_000)
    client, server = serve(lambda _: Said(body="x" * 100_001))
    with pytest.raises(UnavailableError, match="larger than 100000 bytes"):
        client.rest("GET", "/repos/acme/widget")
    server.answer = lambda _: Said(body="1" * 10)
    assert client.rest("GET", "/repos/acme/widget") == 1111111111


def test_a_server_that_hangs_or_trickles_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_READ_SECONDS", 0.1)
    asked_once = threading.Event()
    client, server = serve(lambda _: Said(raw=b"") if asked_once.wait(1) else Said())
    with pytest.raises(UnavailableError, match="Timeout"):
        client.rest("GET", "/repos/acme/widget")
    asked_once.set()
    monkeypatch.setattr(transport, "_TOTAL_SECONDS", 0)
    server.answer = lambda _: Said(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12")
    with pytest.raises(UnavailableError, match="longer than 0 seconds"):
        client.rest("GET", "/repos/acme/widget")


@pytest.mark.parametrize(
    "path", ["repos/x", "https://evil.example/", "//evil.example/", "/repos/../x", "/a/%2e%2E/b", "/a/./b"]
)
def test_a_path_that_leads_elsewhere_is_not_asked_for(serve: Serve, path: str) -> None:
    client, server = serve(lambda _: Said(body={}))
    with pytest.raises(RefusedError, match="no path"):
        client.rest("GET", path)
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x", "http://github.example/api/v3", "https://u:p@x/api/v3", "https://x?y", "https://[", "x"],
)
def test_only_https_addresses_are_spoken_to(url: str, clock: Clock) -> None:
    with pytest.raises(ConfigurationError, match="https://HOST/api/v3"):
        Client(url, Fixed(TOKEN), clock)


def test_the_token_is_in_no_message_and_in_no_log(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client, _ = serve(lambda asked: Said(422, {"message": f"bad {asked.headers['authorization']}"}))
    with pytest.raises(RefusedError) as caught:
        client.rest("POST", "/repos/acme/widget", {"body": "a body that is nobody's business"})
    assert "***" in str(caught.value)
    assert TOKEN not in f"{caught.value!r}{caplog.text}"
    assert "nobody's business" not in caplog.text


def test_a_message_is_one_line_of_bounded_length(serve: Serve) -> None:
    client, _ = serve(lambda _: Said(422, {"message": "a\nb\x1b[31m\u202e" + "x" * 100_000}))
    with pytest.raises(RefusedError) as caught:
        client.rest("GET", "/repos/acme/widget")
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


def test_classic_scopes_are_read_off_an_answer(serve: Serve) -> None:
    client, server = serve(lambda _: Said(body={}, headers={"X-OAuth-Scopes": "repo, read:org"}))
    assert client.scopes is None
    client.rest("GET", "/user")
    assert client.scopes == {"repo", "read:org"}
    assert server.asked[0].body is None
