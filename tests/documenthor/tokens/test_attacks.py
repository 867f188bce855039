"""Every attack in the tables fails for the reason that the table gives, and the honest get in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import TokenError
from documenthor.tokens import OwnKeys, Verifier, register, retire

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, Clock, key
from tests.documenthor.tokens.attacks import ATTACKS, HONEST, Attack
from tests.documenthor.tokens.crafting import token

if TYPE_CHECKING:
    from documenthor.db import Database


@pytest.fixture
def verifier(database: Database) -> Verifier:
    """Knows one key of each tenant, and one of `acme` that has just retired."""
    for name, tenant in (("acme", "acme"), ("other", "other"), ("retired", "acme")):
        register(database, tenant, key(name).public_pem, NOW)
    retire(database, key("retired").kid, NOW)
    return Verifier([OwnKeys(database, ISSUER)], AUDIENCE, Clock())


def test_table_is_long_and_names_each_attack_once() -> None:
    assert len(ATTACKS) >= 150
    assert [name for name, times in Counter(attack.name for attack in ATTACKS).items() if times > 1] == []


# All in one test, because a database for each would take longer than all of them together.
def test_no_attack_gets_in_and_each_fails_for_its_own_reason(verifier: Verifier) -> None:
    wrong = [failure for attack in ATTACKS if (failure := _failure(verifier, attack))]
    assert wrong == []


def _failure(verifier: Verifier, attack: Attack) -> str:
    text = attack.make()
    try:
        verifier.verify(text)
    except TokenError as error:
        fits = type(error) is attack.error and attack.words in str(error)
        leaks = any(part in str(error) for part in text.split(".") if len(part) > 8)
        return "" if fits and not leaks else f"{attack.name}: {error!r}"
    return f"{attack.name}: let in"


@pytest.mark.parametrize("claims", HONEST.values(), ids=HONEST.keys())
def test_honest_neighbours_get_in(verifier: Verifier, claims: dict[str, Any]) -> None:
    assert verifier.verify(token(claims)).tenant == "acme"
