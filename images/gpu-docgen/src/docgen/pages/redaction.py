"""Credentials that a source holds are not repeated in its documentation.

The same scanner as in the gate that publishing depends on, so what is left out here is not refused there.
"""

from __future__ import annotations

import re

from docgen.contract.gates.secrets import secrets

# Names like `host` and `db.example.org` are nobody's; what is written before them shows a form.
_IN_ADDRESS = re.compile(
    r"(?<=://)([^\s:/@`'\"]*):[^\s@/`'\"]+"
    r"(?=@[^\s/:@]*\.\w)(?!@[\w.-]*\b(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)(?![\w.]))"
)
# The detector knows a private key by its first line; the key is what follows, up to its last line or, where
# that is cut off, as long as it looks like one. Between lines may stand what string literals have there.
_PRIVATE_KEY = re.compile(
    r"-{0,5}BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?:[^`|<>-]|-(?!----))*-----END[A-Z0-9 ]*-----|(?:[\s\"',\\+]*(?:[\w-]+: [\w,.-]+|[\w+/=]{16,}))*)"
)
# One secret taken out may bring another to light, but not for ever.
_ROUNDS = 5


def without_secrets(text: str) -> str:
    """`text` without passwords in addresses, and with an ellipsis for all else shaped like a credential."""
    text = _PRIVATE_KEY.sub("…", _IN_ADDRESS.sub(r"\1", text))
    for _ in range(_ROUNDS):
        found = list(secrets(text))
        if not found:
            return text
        lines = text.split("\n")
        for number, _, secret in found:
            lines[number - 1] = lines[number - 1].replace(secret, "…")
        text = "\n".join(lines)
    return _without_lines(text)


def _without_lines(text: str) -> str:
    """What still looks like a credential goes with its whole line."""
    lines = text.split("\n")
    for number in {number for number, _, _ in secrets(text)}:
        lines[number - 1] = "…"
    return "\n".join(lines)
