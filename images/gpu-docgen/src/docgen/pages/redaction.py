"""Credentials that a source holds are not repeated in its documentation.

A courtesy to the reader: who publishes must check again, with a scanner made for it.
"""

from __future__ import annotations

import re

_SHAPED = re.compile(
    r"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])"
    r"|(?:gh[pousr]_|github_pat_|glpat-|gldt-|npm_|pypi-|[sr]k_live_|sk-|xox[abeoprs]-|hooks\.slack\.com/services/)"
    r"[A-Za-z0-9_/-]{16,}"
    r"|\bey[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*"
    r"|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\b\d{8,10}:[A-Za-z0-9_-]{35}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----"
)
# Names like `host` and `db.example.org` are nobody's; what is written before them shows a form.
_IN_ADDRESS = re.compile(
    r"(?<=://)([^\s:/@`'\"]*):[^\s@/`'\"]+"
    r"(?=@[^\s/:@]*\.\w)(?!@[\w.-]*\b(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)(?![\w.]))"
)


def without_secrets(text: str) -> str:
    """`text` without passwords in addresses, and with an ellipsis for all else shaped like a credential."""
    return _IN_ADDRESS.sub(r"\1", _SHAPED.sub("…", text))
