"""Keys: made, registered for one tenant, published without saying whose they are."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from documenthor.errors import ConfigurationError, KeyFormatError
from documenthor.tokens import listed, lookup, mint, published, register, rsa

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, key
from tests.documenthor.tokens.crafting import encode

if TYPE_CHECKING:
    from documenthor.db import Database


def test_new_key_is_long_enough() -> None:
    assert rsa.private_key(key("acme").pem).key_size == 3072


def test_kid_is_the_thumbprint_of_the_rfc() -> None:
    """The example of RFC 7638, section 3.1."""
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRX"
        "jBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaS"
        "qzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksIN"
        "HaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    example = rsa.from_jwk({"kty": "RSA", "n": modulus, "e": "AQAB"})
    assert rsa.thumbprint(example) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    assert rsa.to_jwk(example)["n"] == modulus


def test_private_half_is_not_shown() -> None:
    assert "PRIVATE" not in repr(key("acme"))
    assert "PRIVATE" not in key("acme").public_pem


def test_registered_key_is_found_with_its_tenant(database: Database) -> None:
    kid = register(database, "acme", key("acme").public_pem, NOW)
    found = lookup(database, kid)
    assert found is not None
    assert (found.kid, found.tenant, found.created_at) == (key("acme").kid, "acme", NOW)
    assert rsa.public_pem(found.key) == key("acme").public_pem
    assert lookup(database, "nothing") is None


def test_registering_again_changes_nothing(database: Database) -> None:
    register(database, "acme", key("acme").public_pem, NOW)
    register(database, "acme", key("acme").public_pem, NOW + timedelta(days=1))
    assert [entry.created_at for entry in listed(database)] == [NOW]


def test_key_belongs_to_one_tenant_only(database: Database) -> None:
    kid = register(database, "acme", key("acme").public_pem, NOW)
    with pytest.raises(KeyFormatError, match="another tenant"):
        register(database, "other", key("acme").public_pem, NOW)
    found = lookup(database, kid)
    assert found is not None
    assert found.tenant == "acme"


def test_tenant_may_have_several_keys(database: Database) -> None:
    register(database, "acme", key("acme").public_pem, NOW)
    register(database, "acme", key("second").public_pem, NOW)
    register(database, "other", key("other").public_pem, NOW)
    assert {entry.kid for entry in listed(database, "acme")} == {key("acme").kid, key("second").kid}
    assert len(listed(database)) == 3


def _elliptic() -> str:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _short() -> str:
    return rsa.public_pem(generate_private_key(public_exponent=65537, key_size=1024).public_key())  # noqa: S505


@pytest.mark.parametrize(
    "pem",
    [
        pytest.param("", id="nothing"),
        pytest.param("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", id="damaged"),
        pytest.param(key("acme").pem, id="the private half"),
        pytest.param(_elliptic(), id="not RSA"),
        pytest.param(_short(), id="1024 bits"),
    ],
)
def test_key_that_cannot_be_used_is_not_registered(database: Database, pem: str) -> None:
    with pytest.raises(KeyFormatError):
        register(database, "acme", pem, NOW)
    assert listed(database) == []


def test_published_set_holds_public_members_only(database: Database) -> None:
    register(database, "acme", key("acme").public_pem, NOW)
    (entry,) = published(database, NOW)["keys"]
    assert set(entry) == {"kty", "n", "e", "kid", "alg", "use"}
    assert (entry["kty"], entry["kid"], entry["alg"], entry["use"]) == (
        "RSA",
        key("acme").kid,
        "RS256",
        "sig",
    )


def test_others_can_verify_with_the_published_set(database: Database) -> None:
    """A gateway before us reads the set with a reader of its own."""
    register(database, "acme", key("acme").public_pem, NOW)
    minted = mint(key("acme").pem, issuer=ISSUER, audience=AUDIENCE, org="acme", now=NOW)
    key_set = jwt.PyJWKSet.from_dict(published(database, NOW))
    known = key_set[jwt.get_unverified_header(minted)["kid"]]
    options: jwt.types.Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
    claims = jwt.decode(
        minted, known, algorithms=["RS256"], issuer=ISSUER, audience=AUDIENCE, options=options
    )
    assert claims["org"] == "acme"


def test_empty_set_is_a_set(database: Database) -> None:
    assert published(database, NOW) == {"keys": []}


def test_minted_tokens_differ() -> None:
    one, two = (mint(key("acme").pem, issuer="i", audience="a", org="acme", now=NOW) for _ in range(2))
    assert one != two


@pytest.mark.parametrize(
    ("issuer", "audience", "seconds"),
    [("", "a", 60), ("i", " ", 60), ("i", "a", 0), ("i", "a", 901), ("i", "a", -1)],
)
def test_no_token_that_would_be_refused_is_minted(issuer: str, audience: str, seconds: int) -> None:
    with pytest.raises(ConfigurationError):
        mint(
            key("acme").pem,
            issuer=issuer,
            audience=audience,
            org="acme",
            now=NOW,
            lifetime=timedelta(seconds=seconds),
        )


@pytest.mark.parametrize("pem", ["", "secret-material", key("acme").public_pem])
def test_minting_needs_a_private_key_and_does_not_repeat_what_it_got(pem: str) -> None:
    with pytest.raises(KeyFormatError) as caught:
        mint(pem, issuer="i", audience="a", org="acme", now=NOW)
    assert "secret-material" not in str(caught.value)


def test_crafted_base64_is_what_digests_need() -> None:
    assert encode(hashlib.sha256(b"").digest()) == "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"


@pytest.mark.parametrize("repository", ["", "acme/web", "a b", "../x", "web\n"])
def test_no_token_for_a_repository_that_cannot_be(repository: str) -> None:
    with pytest.raises(ConfigurationError, match="no repository's name"):
        mint(key("acme").pem, issuer="i", audience="a", org="acme", now=NOW, repository=repository)
