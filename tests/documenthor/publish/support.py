"""Bundles to publish, and short ways to publish them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from docgen.contract import Block, Bundle, Envelope, JobSpec, Usage
from documenthor.publish import Publish, decide, publish
from documenthor.tenants import Mode

if TYPE_CHECKING:
    from documenthor.outcomes import Outcome

    from tests.documenthor.forge.support import Place

MINIMUM = 85.0
USAGE = Usage(seconds=1.0, files=1, bytes=1)


def block(path: str = "README.md", body: str = "It adds numbers.", name: str = "overview") -> Block:
    """A block that rests on its own body."""
    return Block(path=path, name=name, rests_on=hashlib.sha256(body.encode()).hexdigest(), body=body)


def job_spec(place: Place, commit: str | None = None, job: str = "job-1", prompt: str = "") -> JobSpec:
    """A job spec for a repository at `commit`, by default at its head; `prompt` makes another recipe."""
    return JobSpec(
        tenant="acme",
        job=job,
        repository=place.name,
        url=str(place.path),
        commit=commit or place.head(),
        prompts={"overview": prompt} if prompt else {},
    )


def seal(spec: JobSpec, *blocks: Block, **changed: object) -> Envelope:
    """The envelope of a bundle for `spec`, or with something `changed` about it."""
    given = {
        "repository": spec.repository,
        "commit": spec.commit,
        "recipe": spec.recipe(),
        "blocks": blocks or (block(),),
        "score": 100.0,
        "usage": USAGE,
    }
    return Envelope.seal(Bundle.model_validate({**given, **changed}))


def put(place: Place, *blocks: Block, mode: Mode = Mode.COMMIT, spec: JobSpec | None = None) -> Outcome:
    """Publish blocks for a repository's head."""
    spec = spec or job_spec(place)
    return publish(place.forge(), spec, seal(spec, *blocks), mode, MINIMUM)


def decided(place: Place, *blocks: Block) -> str:
    """What becomes of a bundle with these blocks: `publish`, or its outcome."""
    spec = job_spec(place)
    decision = decide(place.forge(), spec, seal(spec, *blocks), Mode.COMMIT, MINIMUM)
    return "publish" if isinstance(decision, Publish) else str(decision)
