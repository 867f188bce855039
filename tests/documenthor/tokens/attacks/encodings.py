"""Tricks of writing: what one reader takes for this, another might take for that."""

from __future__ import annotations

import json

from documenthor.tokens import shape

from tests.documenthor.support import key
from tests.documenthor.tokens.attacks.attack import form
from tests.documenthor.tokens.crafting import CLAIMS, encode, signed, token, unsigned, written

_ACME = key("acme")
_GOOD = token()
_HEADER, _CLAIMS, _SIGNATURE = _GOOD.split(".")
_FORM, _SPELLING, _JSON = "not three parts", "only spelling", "read in one way"
_TWO_ALGS = b'{"alg":"none","alg":"RS256","typ":"JWT","kid":"%s"}' % _ACME.kid.encode()
_RAW_HEADER = json.dumps({"alg": "RS256", "typ": "JWT", "kid": _ACME.kid}).encode()
_RAW_CLAIMS = json.dumps(CLAIMS).encode()


def _with(text: bytes) -> bytes:
    """The claims with `text` in front, so that JSON readers who take the last see nothing of it."""
    return b"{" + text + b"," + _RAW_CLAIMS[1:]


ENCODINGS = [
    form("nothing", lambda: "", _FORM),
    form("dots", lambda: "..", _FORM),
    form("one part", lambda: _HEADER, _FORM),
    form("two parts", lambda: f"{_HEADER}.{_CLAIMS}", _FORM),
    form("no signature", lambda: f"{_HEADER}.{_CLAIMS}.", _FORM),
    form("four parts", lambda: f"{_GOOD}.x", _FORM),
    form("five parts, as JWE", lambda: f"{_GOOD}.x.x", _FORM),
    form("space in front", lambda: f" {_GOOD}", _FORM),
    form("newline at the end", lambda: f"{_GOOD}\n", _FORM),
    form("newline inside", lambda: f"{_HEADER}.\n{_CLAIMS}.{_SIGNATURE}", _FORM),
    form("NUL at the end", lambda: f"{_GOOD}\x00", _FORM),
    form("padding at the end", lambda: f"{_GOOD}=", _FORM),
    form("padding in the header", lambda: f"{_HEADER}==.{_CLAIMS}.{_SIGNATURE}", _FORM),
    form("standard base64", lambda: f"{_HEADER}.{_CLAIMS}.{_SIGNATURE[:-2]}+/", _FORM),
    form("percent encoding", lambda: _GOOD.replace(".", "%2E"), _FORM),
    form("another dot", lambda: _GOOD.replace(".", "\u3002"), _FORM),
    form("full-width letters", lambda: f"{_HEADER}.{_CLAIMS}.{_SIGNATURE}\uff21", _FORM),
    form("JSON serialization", lambda: json.dumps({"payload": _CLAIMS, "signature": _SIGNATURE}), _FORM),
    form("impossible length", lambda: f"{_HEADER}.{_CLAIMS}.{_SIGNATURE}A", _SPELLING),
    form("bits beyond the end of the signature", lambda: _respelled(), _SPELLING),
    form("bits beyond the end of the claims", lambda: _claims_respelled(), _SPELLING),
    form("alg twice", lambda: written(_TWO_ALGS, _RAW_CLAIMS), _JSON),
    form("org twice", lambda: written(_RAW_HEADER, _with(b'"org":"other"')), _JSON),
    form("exp twice", lambda: written(_RAW_HEADER, _with(b'"exp":99999999999')), _JSON),
    form("aud twice, once escaped", lambda: written(_RAW_HEADER, _with(b'"a\\u0075d":"x"')), _JSON),
    form("a key twice deep inside", lambda: written(_RAW_HEADER, _with(b'"x":{"y":[{"z":1,"z":2}]}')), _JSON),
    form("NaN", lambda: written(_RAW_HEADER, _with(b'"x":NaN')), _JSON),
    form("exp is NaN", lambda: token({"exp": float("nan")}), _JSON),
    form("exp is infinite", lambda: token({"exp": float("inf")}), _JSON),
    form("nbf is minus infinity", lambda: token({"nbf": -float("inf")}), _JSON),
    form("a number of 5,000 digits", lambda: written(_RAW_HEADER, _with(b'"x":' + b"9" * 5000)), _JSON),
    form("claims in UTF-16", lambda: written(_RAW_HEADER, _RAW_CLAIMS.decode().encode("utf-16")), _JSON),
    form("claims after a BOM", lambda: written(_RAW_HEADER, b"\xef\xbb\xbf" + _RAW_CLAIMS), _JSON),
    form("claims in Latin-1", lambda: written(_RAW_HEADER, _with(b'"x":"\xe9"')), _JSON),
    form("text after the claims", lambda: written(_RAW_HEADER, _RAW_CLAIMS + b"{}"), _JSON),
    form("a comment in the claims", lambda: written(_RAW_HEADER, _RAW_CLAIMS + b"//"), _JSON),
    form("a comma too many", lambda: written(_RAW_HEADER, _RAW_CLAIMS[:-1] + b",}"), _JSON),
    form("header is no JSON", lambda: written(b"{", _RAW_CLAIMS), _JSON),
    form("header nested deep", lambda: written(b"[" * 5000, _RAW_CLAIMS), _JSON),
    form("claims nested deep", lambda: written(_RAW_HEADER, b'{"a":' * 2000), _JSON),
    form("header is a list", lambda: written(b"[]", _RAW_CLAIMS), "no JSON object"),
    form("claims are a list", lambda: written(_RAW_HEADER, b"[]"), "no JSON object"),
    form("claims are text", lambda: written(_RAW_HEADER, b'"x"'), "no JSON object"),
    form("claims are null", lambda: written(_RAW_HEADER, b"null"), "no JSON object"),
    form("more than 16 KiB", lambda: token({"x": "x" * 16 * 1024}), "longer than"),
    form("20 MB", lambda: "x" * 20_000_000, "longer than"),
    form("a megabyte of dots", lambda: "." * 1_000_000, "longer than"),
]


def _respelled() -> str:
    """The signature with the unused bits of a last character set; readers who skip them see no change."""
    text = f"{unsigned()}.{encode(shape.decode(_SIGNATURE)[:-1])}"
    return text[:-1] + _next(text[-1])


def _claims_respelled() -> str:
    padding = next(n for n in range(3) if len(_RAW_CLAIMS + b" " * n) % 3)
    claims = encode(_RAW_CLAIMS + b" " * padding)
    return signed(f"{encode(_RAW_HEADER)}.{claims[:-1]}{_next(claims[-1])}")


def _next(character: str) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return alphabet[alphabet.index(character) + 1]
