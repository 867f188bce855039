"""What a night over an organisation costs in calls: one to document, one in which nothing has changed.

    python -m tests.benchmarks.github_night [repositories]

The organisation is a fake one with real git repositories; half of them hold our commit, half our open branch.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from documenthor import jobs
from documenthor.db import Database
from documenthor.forge import trailers
from documenthor.forge.discovery import Documented
from documenthor.forge.model import BRANCH
from documenthor.jobs import JobRequest
from documenthor.planning import plan

from tests.documenthor.forge.github.support import Place, tenant
from tests.documenthor.support import NOW, Clock
from tests.fakes.github.render import SIGNATURE


def night(place: Place, number: int) -> Counter[str]:
    """Plan everything: the outcome of each repository, `generate` where a generator would start."""
    job = jobs.record(
        place.database,
        tenant="octo",
        request=JobRequest(),
        requested_by="night",
        now=NOW,
        job_id=f"j{number}",
    )
    place.fake.calls.clear()
    started = time.perf_counter()
    with place.forge() as forge:
        plan(place.database, forge, tenant(), job, f"run-{number}", NOW)
    seconds = time.perf_counter() - started
    rows = jobs.status(place.database, tenant="octo", job_id=job.id).repositories
    queries = sum(made.path.endswith("graphql") for made in place.fake.calls)
    others = [f"{made.method} {made.path}" for made in place.fake.calls if not made.path.endswith("graphql")]
    print(
        f"night {number}: {queries} queries for {len(rows)} repositories in {seconds:.1f} s; besides {others}"
    )
    return Counter(row.outcome.value if row.outcome else "generate" for row in rows)


def document(place: Place, recipe: str) -> None:
    """Give every repository what its publication would have left."""
    author = place.fake.accounts["documenthor[bot]"].signature
    for number, repository in enumerate(place.fake.repositories.values()):
        store = repository.store
        head = store.ref("refs/heads/main")
        message = f"Update the documentation\n\n{trailers.render(Documented(head, recipe, 'j'))}"
        ours = store.add_commit(store.tree_of(head), [head], message, author, NOW, author, SIGNATURE)
        store.set_ref("refs/heads/main" if number % 2 else f"refs/heads/{BRANCH}", ours)


def main(count: int) -> None:
    """Two nights, between which every repository is documented."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/documenthor.db")
        database.migrate()
        place = Place.make(Path(folder) / "github", Clock(), database)
        for number in range(count):
            place.fake.repository(f"octo/repository-{number:05}")
        print(dict(night(place, 1)))
        document(place, jobs.claim(database, "j1", "run-1", 1).specs[0].recipe())
        print(dict(night(place, 2)))
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
