"""Headers that say more, less or something else than ours."""

from __future__ import annotations

from documenthor.tokens import rsa

from tests.documenthor.support import ISSUER, key
from tests.documenthor.tokens.attacks.attack import header
from tests.documenthor.tokens.crafting import ABSENT

_ACME = key("acme")
_TYP, _KID, _MORE = "type is not JWT", "names no key", "may not hold"

_MEMBERS: tuple[dict[str, object], ...] = (
    {"crit": ["exp"]},
    {"crit": []},
    {"crit": ["b64"], "b64": False},
    {"b64": True},
    {"b64": False},
    {"zip": "DEF"},
    {"jku": "https://evil.example/jwks.json"},
    {"jwk": rsa.to_jwk(rsa.public_key(key("stranger").public_pem))},
    {"x5u": "https://evil.example/cert.pem"},
    {"x5c": ["MIIB"]},
    {"x5t": "x"},
    {"x5t#S256": "x"},
    {"cty": "JWT"},
    {"enc": "A256GCM"},
    {"epk": {}},
    {"iss": ISSUER},
    {"Alg": "none"},
    {"": ""},
)

HEADERS = [
    *(
        header(_TYP, typ=value)
        for value in ("at+jwt", "JOSE", "", "JWE", "jwt ", "application/jwt", 7, None, ABSENT)
    ),
    *(
        header(_KID, kid=value)
        for value in (ABSENT, None, "", 7, ["x"], {"x": 1}, "../../key", "/dev/null", "a\x00", "x" * 65)
    ),
    *(
        header(_KID, kid=value)
        for value in ("' OR 1=1 --", "http://evil.example/key", "a|b", "é", f"{_ACME.kid}\n")
    ),
    *(header(_MORE, **members) for members in _MEMBERS),
]
