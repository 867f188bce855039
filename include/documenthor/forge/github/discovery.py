"""`GitHubDiscovery`: the repositories of an organisation, each with what is documented of it already."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from docgen.contract import RepositorySettings

from documenthor.forge.discovery import Repository, Unfit
from documenthor.forge.github import fitness, listing, ours
from documenthor.forge.github.fitness import DEFAULTS
from documenthor.outcomes import Outcome, failed, skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from documenthor.forge.github.api import Api
    from documenthor.forge.github.facts import Blob
    from documenthor.forge.github.listing import Found, Listed
    from documenthor.tenants import GitHub

_NOT_FOUND = "GitHub shows this credential no such repository; check its name, and where the App is installed"


class GitHubDiscovery:
    """Satisfies `Discovery`. `api` reads the whole organisation, `web_url` is where it is cloned from."""

    def __init__(
        self,
        api: Callable[[], Api],
        organisation: str,
        web_url: str,
        own: GitHub,
        locked: frozenset[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._api, self._organisation, self._web_url = api, organisation, web_url
        self._own, self._locked, self._clock = own, locked, clock

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
        """`names` in the order given, or for None the whole organisation, sorted by name."""
        if names is not None:
            found = listing.named(self._api(), self._organisation, names)
            return [self._named(name, one) for name, one in zip(names, found, strict=True)]
        listed = sorted(listing.everything(self._api(), self._organisation), key=lambda one: one.facts.name)
        own = (one.facts.settings for one in listed if one.facts.name.casefold() == DEFAULTS)
        defaults = next(own, None)
        return [self._judge(one.facts.name, one, defaults) for one in listed]

    def _named(self, name: str, found: Found) -> Repository | Unfit:
        if found.listed is None:
            return Unfit(name, skipped("not_found", _NOT_FOUND))
        facts = found.listed.facts
        if (facts.owner.login.casefold(), facts.name.casefold()) != (
            self._organisation.casefold(),
            name.casefold(),
        ):
            return Unfit(name, skipped("renamed", f"it is {facts.owner.login}/{facts.name} now; name that"))
        return self._judge(name, found.listed, found.defaults)

    def _judge(self, name: str, listed: Listed, defaults: Blob | None) -> Repository | Unfit:
        facts, branch = listed.facts, listed.facts.default_branch_ref
        reason = fitness.unfit(facts, self._own, self._clock())
        if reason is not None or branch is None or branch.target is None:
            return Unfit(name, reason or skipped("no_default_branch"))
        if not listed.deep:
            return Unfit(name, failed("plan", "GitHub cannot answer for its newest commit; try again"))
        above = _or_nothing(fitness.settings(defaults))
        said = self._settings(listed, above)
        if isinstance(said, Outcome):
            return Unfit(name, said)
        head, tip = branch.target, facts.ours.target if facts.ours else None
        proposed = ours.says(tip, listed.viewer) if tip else None
        return Repository(
            name=name,
            url=f"{self._web_url}/{quote(self._organisation)}/{quote(facts.name)}.git",
            branch=branch.name,
            head=head.oid,
            documented=ours.covers(head, listed.viewer),
            proposed=proposed if proposed is not None and proposed.commit == head.oid else None,
            defaults=above,
            traits=facts.traits,
        )

    def _settings(self, listed: Listed, above: RepositorySettings) -> RepositorySettings | Outcome:
        said = fitness.settings(listed.facts.settings)
        if isinstance(said, Outcome) or "enabled" in self._locked or fitness.is_enabled(said, above):
            return said
        return skipped("opted_out", "its settings, or its organisation's, say enabled: false")


def _or_nothing(said: RepositorySettings | Outcome) -> RepositorySettings:
    """An organisation's settings that cannot be used hold for nobody; its own repository says why."""
    return RepositorySettings() if isinstance(said, Outcome) else said
