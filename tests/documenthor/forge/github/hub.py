"""A repository on the fake GitHub, our app's forge on it, and what people do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from documenthor.errors import ForgeError, RateLimitedError
from documenthor.forge.discovery import Repository
from documenthor.forge.github import markers
from documenthor.forge.github.discovery import GitHubDiscovery
from documenthor.forge.github.publishing import GitHubPublishing
from documenthor.forge.model import BRANCH
from documenthor.publish import publish
from documenthor.tenants import GitHub, Mode, Publishing

from tests.documenthor.publish.support import MINIMUM, block, seal
from tests.documenthor.support import Clock
from tests.fakes.github import FakeGitHub
from tests.fakes.github.direct import Direct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from docgen.contract import Block
    from documenthor.forge.github.answers import Reply
    from documenthor.forge.github.api import Api
    from documenthor.outcomes import Outcome

    from tests.fakes.github import App, Pull
    from tests.fakes.github import Repository as Stored
    from tests.fakes.github.auth import Installation


# Ends a worker between two calls: no handler of ours catches it, as none survives a kill.
class KilledError(BaseException):
    """The worker is gone."""


class Mortal(Direct):
    """An API in a worker that is killed just before or just after its `at`-th call."""

    def __init__(self, fake: FakeGitHub, token: Callable[[], str], at: int, *, after: bool) -> None:
        super().__init__(fake, token)
        self._left, self._after = at, after

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Reply:
        self._left -= 1
        if self._left == -1 and not self._after:
            raise KilledError
        reply = super()._send(method, path, body)
        if self._left == -1:
            raise KilledError
        return reply


OURS = f"refs/heads/{BRANCH}"
PERMISSIONS = {"contents": "write", "pull_requests": "write"}
FILES = {"a.py": b"x = 1\n", "README.md": b"# Calc\n"}


@dataclass
class Hub:
    """One repository of the organisation `acme`."""

    fake: FakeGitHub
    repository: Stored
    app: App
    installation: Installation
    clock: Clock
    options: Publishing = field(default_factory=Publishing)
    # A personal access token to use instead of the app.
    personal: str = ""

    @property
    def bot(self) -> str:
        """The login of our app's bot."""
        return self.app.bot.login

    def forge(self, api: Api | None = None) -> GitHubPublishing:
        """A worker's own view of GitHub: a new token, nothing remembered."""
        api = api or Direct(self.fake, self._token)
        return GitHubPublishing("acme", lambda _: api, self.options, self.clock)

    def spec(self, commit: str = "", job: str = "job-1") -> JobSpec:
        """A job for `commit`, by default the head of the default branch."""
        name = self.repository.name
        return JobSpec(
            tenant="acme",
            job=job,
            repository=name,
            url=f"https://github.com/acme/{name}",
            commit=commit or self.head(),
        )

    def publish(
        self,
        *blocks: Block,
        mode: Mode = Mode.PULL_REQUEST,
        spec: JobSpec | None = None,
        api: Api | None = None,
    ) -> Outcome:
        """Publish once, as a task does."""
        spec = spec or self.spec()
        return publish(self.forge(api), spec, seal(spec, *(blocks or (block(),))), mode, MINIMUM)

    def settle(self, *blocks: Block, mode: Mode = Mode.PULL_REQUEST, spec: JobSpec | None = None) -> Outcome:
        """Publish again and again until it ends, waiting as long as it is told to."""
        spec = spec or self.spec()
        for _ in range(20):
            try:
                return self.publish(*blocks, mode=mode, spec=spec)
            except RateLimitedError as error:
                self.clock.now = max(self.clock.now, error.until)
            except ForgeError:
                self.clock.advance(timedelta(seconds=5))
        raise AssertionError("publishing did not end")

    def mortal(self, at: int, *, after: bool) -> Mortal:
        """The API of a worker that is killed at its `at`-th call."""
        return Mortal(self.fake, self._token, at, after=after)

    # -- what there is

    def found(self) -> Repository:
        """The repository as planning sees it."""
        api = Direct(self.fake, self._token)
        own = GitHub(kind="github")
        discovery = GitHubDiscovery(lambda: api, "acme", "", own, frozenset(), self.clock)
        (found,) = discovery.discover([self.repository.name])
        assert isinstance(found, Repository)
        return found

    def head(self, ref: str = "refs/heads/main") -> str:
        """The commit of a branch; empty if there is none."""
        return self.repository.store.ref(ref)

    def file(self, path: str, rev: str = "main") -> bytes:
        """A file's bytes at a branch or commit."""
        return self.repository.store.read(rev, path) or b""

    @property
    def pulls(self) -> list[Pull]:
        """Every pull request, oldest first."""
        return [self.repository.pulls[number] for number in sorted(self.repository.pulls)]

    @property
    def open(self) -> list[Pull]:
        """The open ones."""
        return [pull for pull in self.pulls if pull.state == "open"]

    def ahead(self) -> list[str]:
        """The commits that our branch has over the default branch, newest first."""
        store, head = self.repository.store, self.head()
        return [oid for oid in store.history(self.head(OURS)) if not store.is_ancestor(oid, head)]

    def marker(self, number: int = 1) -> markers.Marker:
        """What a pull request says of itself."""
        found = markers.parse(self.repository.pulls[number].body)
        assert found is not None
        return found

    def writes(self) -> int:
        """How many calls could have changed anything."""
        return sum(1 for call in self.fake.calls if call.is_write)

    def picture(self) -> list[object]:
        """All that a publication can change."""
        shown = [
            (pull.state, pull.title, pull.body, tuple(pull.labels), tuple(pull.reviewers), len(pull.comments))
            for pull in self.pulls
        ]
        return [self.repository.store.refs(), *shown]

    # -- what people do

    def change(self, files: dict[str, bytes | None], branch: str = "main") -> str:
        """Push a commit as a person."""
        self.clock.advance(timedelta(seconds=1))
        return self.fake.commit(self.repository, files, branch=branch)

    def _token(self) -> str:
        vault = self.fake.vault
        return (
            self.personal
            or vault.installation_token(self.installation, self.app, {}, None, self.clock()).value
        )


def hub(root: Path, options: Publishing | None = None, files: dict[str, bytes] | None = None) -> Hub:
    """A new fake with one repository, `acme/calc`, and our app on it."""
    clock = Clock()
    fake = FakeGitHub(root, clock)
    fake.limits.creations_a_minute = fake.limits.creations_an_hour = 1_000_000
    fake.limits.core = fake.limits.graphql = 10_000_000
    repository = fake.repository("acme/calc", FILES if files is None else files)
    repository.collaborators["ada"] = "write"
    app = fake.app("documenthor", "", PERMISSIONS)
    return Hub(fake, repository, app, fake.install(app, "acme"), clock, options or Publishing())
