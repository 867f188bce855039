"""Good tokens are accepted, and every other one is refused: real keys, a real database."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import ClaimError, MalformedTokenError, SignatureError, TokenError
from documenthor.tokens import MAX_BYTES, OwnKeys, Targets, VerifiedClaims, Verifier, mint, register

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, Clock, key
from tests.documenthor.tokens.crafting import ABSENT, SECONDS, encode, token, unsigned, with_hmac

if TYPE_CHECKING:
    from documenthor.db import Database


@pytest.fixture
def clock() -> Clock:
    """The verifier's clock."""
    return Clock()


@pytest.fixture
def verifier(database: Database, clock: Clock) -> Verifier:
    """Knows one key of `acme` and one of `other`."""
    for tenant in ("acme", "other"):
        register(database, tenant, key(tenant).public_pem, NOW)
    return Verifier([OwnKeys(database, ISSUER)], AUDIENCE, clock)


def test_minted_token_is_accepted(verifier: Verifier) -> None:
    minted = mint(key("acme").pem, issuer=ISSUER, audience=AUDIENCE, org="acme", now=NOW, jti="one")
    expires_at = NOW + timedelta(minutes=5)
    assert verifier.verify(minted) == VerifiedClaims(
        tenant="acme",
        token_id="one",
        subject="acme",
        expires_at=expires_at,
        issuer=ISSUER,
        caller=f"key:{key('acme').kid}",
        repository="",
        targets=Targets("", ("*",)),
    )


def test_crafted_token_is_accepted_unless_changed(verifier: Verifier) -> None:
    """Otherwise the refusals below could have any reason."""
    assert verifier.verify(token({"sub": "repo:acme/web"})).subject == "repo:acme/web"


def _shown(value: object) -> str:
    return "absent" if value is ABSENT else repr(value)


@pytest.mark.parametrize("name", ["iss", "aud", "org", "exp", "nbf", "iat", "jti"])
@pytest.mark.parametrize("value", [ABSENT, None, "", [], {}, True, False], ids=_shown)
def test_claim_that_is_missing_or_of_another_type(verifier: Verifier, name: str, value: object) -> None:
    with pytest.raises(ClaimError) as caught:
        verifier.verify(token({name: value}))
    assert caught.value.claim == name


@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
@pytest.mark.parametrize(
    "value",
    [str(SECONDS), "2026-05-04", [SECONDS], -1, 1e300, 10**400],
    ids=lambda value: str(value)[:20],
)
def test_date_that_is_no_number_of_seconds(verifier: Verifier, name: str, value: object) -> None:
    with pytest.raises(ClaimError) as caught:
        verifier.verify(token({name: value}))
    assert caught.value.claim == name


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"iss": ISSUER + "/"}, id="issuer with a slash more"),
        pytest.param({"iss": [ISSUER]}, id="issuer in a list"),
        pytest.param({"iss": ISSUER.upper()}, id="issuer in capitals"),
        pytest.param({"aud": "https://elsewhere.example"}, id="another audience"),
        pytest.param({"aud": [AUDIENCE]}, id="audience in a list"),
        pytest.param({"aud": [AUDIENCE, "x"]}, id="one of two audiences"),
        pytest.param({"aud": AUDIENCE + "/x"}, id="longer audience"),
        pytest.param({"org": "other"}, id="another tenant"),
        pytest.param({"org": "ACME"}, id="tenant in capitals"),
        pytest.param({"org": "acme "}, id="tenant with a space"),
        pytest.param({"org": ["acme"]}, id="tenant in a list"),
        pytest.param({"jti": "x" * 256}, id="long jti"),
        pytest.param({"jti": "a\x00b"}, id="NUL in jti"),
        pytest.param({"jti": "a\nb"}, id="newline in jti"),
        pytest.param({"jti": "\ud800"}, id="half a character in jti"),
        pytest.param({"jti": 7}, id="number as jti"),
        pytest.param({"sub": 7}, id="number as sub"),
        pytest.param({"sub": ""}, id="empty sub"),
        pytest.param({"sub": "a\x00"}, id="NUL in sub"),
        pytest.param({"exp": SECONDS - 30}, id="expired"),
        pytest.param({"nbf": SECONDS + 31}, id="not yet valid"),
        pytest.param({"iat": SECONDS + 31, "exp": SECONDS + 60}, id="issued in the future"),
        pytest.param({"exp": SECONDS + 901}, id="lives too long"),
        pytest.param({"iat": SECONDS - 601}, id="lived too long"),
        pytest.param({"exp": SECONDS, "iat": SECONDS}, id="never lived"),
        pytest.param({"exp": SECONDS - 10, "iat": SECONDS}, id="ended before it began"),
    ],
)
def test_claims_that_do_not_hold(verifier: Verifier, claims: dict[str, Any]) -> None:
    with pytest.raises(ClaimError):
        verifier.verify(token(claims))


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"exp": SECONDS - 29, "iat": SECONDS - 60}, id="just expired"),
        pytest.param({"nbf": SECONDS + 30, "iat": SECONDS + 30}, id="issued by a clock that is ahead"),
        pytest.param({"exp": SECONDS + 900}, id="longest life"),
        pytest.param({"exp": SECONDS + 299.5}, id="part of a second"),
        pytest.param({"jti": "x" * 255}, id="longest jti"),
        pytest.param({"colour": "red"}, id="claim of no interest"),
    ],
)
def test_claims_at_their_limits(verifier: Verifier, claims: dict[str, Any]) -> None:
    assert verifier.verify(token(claims)).tenant == "acme"


def test_time_passes_by_our_own_clock(verifier: Verifier, clock: Clock) -> None:
    good = token()
    clock.advance(timedelta(seconds=329))
    assert verifier.verify(good)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(ClaimError, match="has passed"):
        verifier.verify(good)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "RS512"},
        {"alg": "PS256"},
        {"alg": "ES256"},
        {"alg": "rs256"},
        {"alg": ["RS256"]},
        {"alg": ABSENT},
        {"alg": None},
        {"kid": ABSENT},
        {"kid": ""},
        {"kid": None},
        {"kid": 7},
        {"kid": ["x"]},
        {"kid": "../../key"},
        {"kid": "' OR 1=1 --"},
        {"kid": "a\x00"},
        {"kid": "x" * 65},
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": True},
        {"b64": False, "crit": ["b64"]},
        {"zip": "DEF"},
        {"jku": "https://evil.example/jwks.json"},
        {"jwk": {"kty": "RSA"}},
        {"x5u": "https://evil.example/cert"},
        {"x5c": []},
        {"x5t": "x"},
        {"cty": "JWT"},
        {"typ": "at+jwt"},
        {"typ": 7},
    ],
    ids=lambda header: json.dumps({k: "absent" if v is ABSENT else v for k, v in header.items()})[:40],
)
def test_header_that_we_would_not_mint(verifier: Verifier, header: dict[str, Any]) -> None:
    with pytest.raises(MalformedTokenError):
        verifier.verify(token(header=header))


_HEADER, _CLAIMS, _SIGNATURE = token().split(".")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("x", id="no dots"),
        pytest.param("..", id="dots only"),
        pytest.param("a.b.c", id="no base64"),
        pytest.param(f"{_HEADER}.{_CLAIMS}", id="two parts"),
        pytest.param(f"{_HEADER}.{_CLAIMS}.", id="no signature"),
        pytest.param(f"{_HEADER}.{_CLAIMS}.{_SIGNATURE}.x", id="four parts"),
        pytest.param(f" {_HEADER}.{_CLAIMS}.{_SIGNATURE}", id="space in front"),
        pytest.param(f"{_HEADER}.{_CLAIMS}.{_SIGNATURE}\n", id="newline at the end"),
        pytest.param(f"{_HEADER}.{_CLAIMS}.{_SIGNATURE[:-4]}", id="signature cut short"),
        pytest.param(f"{_HEADER}.{_CLAIMS[:-4]}.{_SIGNATURE}", id="claims cut short"),
        pytest.param(f"{_HEADER}.{unsigned({'jti': 'two'}).split('.')[1]}.{_SIGNATURE}", id="other claims"),
        pytest.param(unsigned(header={"alg": "none"}) + ".", id="alg none without signature"),
        pytest.param(with_hmac(key("acme").public_pem), id="HS256 with the public key"),
        pytest.param(with_hmac(key("acme").public_pem, "RS256"), id="HS256 that calls itself RS256"),
        pytest.param(f"{encode(b'[]')}.{_CLAIMS}.{_SIGNATURE}", id="header is a list"),
        pytest.param(f"{encode(b'[' * 9000)}.{_CLAIMS}.{_SIGNATURE}", id="header nested deep"),
        pytest.param(f"{encode(b'{')}.{_CLAIMS}.{_SIGNATURE}", id="header is no JSON"),
        pytest.param(f"{_HEADER}é.{_CLAIMS}.{_SIGNATURE}", id="not ASCII"),
    ],
)
def test_text_that_is_no_token_of_ours(verifier: Verifier, text: str) -> None:
    with pytest.raises((MalformedTokenError, SignatureError)):
        verifier.verify(text)


def test_oversized_token_is_refused_though_it_is_good_otherwise(verifier: Verifier) -> None:
    assert verifier.verify(token({"padding": "x" * (MAX_BYTES // 2)}))
    with pytest.raises(MalformedTokenError, match="longer than"):
        verifier.verify(token({"padding": "x" * MAX_BYTES}))


def test_key_that_is_not_registered(verifier: Verifier) -> None:
    with pytest.raises(SignatureError, match="not registered"):
        verifier.verify(token(signer=key("stranger")))


def test_other_key_under_a_known_name(verifier: Verifier) -> None:
    with pytest.raises(SignatureError, match="not signed"):
        verifier.verify(token(header={"kid": key("acme").kid}, signer=key("other")))


def test_key_of_another_tenant_does_not_speak_for_this_one(verifier: Verifier) -> None:
    with pytest.raises(ClaimError, match="tenant of the key"):
        verifier.verify(token({"org": "acme"}, signer=key("other")))
    assert verifier.verify(token({"org": "other"}, signer=key("other"))).tenant == "other"


@pytest.mark.parametrize(("issuer", "audience"), [("", AUDIENCE), (ISSUER, ""), ("", ""), (" ", AUDIENCE)])
def test_empty_configuration_refuses_everything(
    database: Database, verifier: Verifier, issuer: str, audience: str
) -> None:
    open_door = Verifier([OwnKeys(database, issuer)], audience, verifier.clock)
    for claims in ({"iss": issuer, "aud": audience}, {"iss": ABSENT, "aud": ABSENT}, {}):
        with pytest.raises(TokenError):
            open_door.verify(token(claims))


@pytest.mark.parametrize("bad", [token({"exp": 1}), token(signer=key("stranger")), "a.b.c"])
def test_error_never_repeats_the_token(verifier: Verifier, bad: str) -> None:
    with pytest.raises(TokenError) as caught:
        verifier.verify(bad)
    assert all(part not in str(caught.value) for part in bad.split(".") if len(part) > 1)
