"""Signing secrets at rest: encrypted with keys that are not in the database."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "whsec_"
_BYTES = 32
_HELP = "set DOCUMENTHOR_ENCRYPTION_KEYS to one or more Fernet keys, the newest first, separated by commas"


@dataclass(frozen=True, slots=True, repr=False)
class Sealer:
    """Encrypts with the first of `keys` and decrypts with all of them."""

    keys: Sequence[str]

    def seal(self, texts: Sequence[str]) -> str:
        """The secrets of one endpoint, encrypted together; the newest is first."""
        return self._fernet().encrypt(json.dumps(list(texts)).encode()).decode()

    def open(self, sealed: str) -> list[str]:
        """What was sealed; raises `ConfigurationError` when no key of ours opens it."""
        try:
            texts: list[str] = json.loads(self._fernet().decrypt(sealed.encode()))
        except InvalidToken as error:
            raise ConfigurationError(f"a webhook's secrets cannot be decrypted; {_HELP}") from error
        return texts

    def _fernet(self) -> MultiFernet:
        if not self.keys:
            raise ConfigurationError(f"webhooks need a key to keep their secrets with; {_HELP}")
        try:
            return MultiFernet([Fernet(key) for key in self.keys])
        except ValueError as error:
            raise ConfigurationError(f"an encryption key is no Fernet key; {_HELP}") from error


def new_secret() -> str:
    """A signing secret as receivers are given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()
