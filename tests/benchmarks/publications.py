"""Publications to a fake GitHub where every fifth call fails: how many pull requests, calls and creations.

    python -m tests.benchmarks.publications [COUNT] [SHARE] [FIRST]

Each publication is of a repository of its own, by workers that are started again whenever one ends with an
error, as Airflow does. FIRST is the number of the first one, so that several processes can share the work.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from documenthor.errors import ForgeError, RateLimitedError

from tests.documenthor.forge.github.hub import OURS, Hub, hub
from tests.documenthor.publish.support import block
from tests.fakes.github import Fault

ATTEMPTS = 100


def main(total: int, share: float, first: int) -> None:
    """Publish and print."""
    started, counts, kinds, attempts = time.monotonic(), Counter[str](), Counter[Fault](), Counter[int]()
    with tempfile.TemporaryDirectory(prefix="documenthor-") as folder:
        for number in range(first, first + total):
            calc = hub(Path(folder) / str(number))
            calc.fake.faults.by_chance(share, seed=number)
            attempts[_publish(calc)] += 1
            calc.fake.faults.by_chance(0, seed=0)
            counts += _counted(calc)
            kinds += Counter(fault for _, fault in calc.fake.faults.injected)
            shutil.rmtree(calc.fake.root)
    seconds = time.monotonic() - started
    injected = sum(kinds.values())
    print(f"{total} publications in {seconds:.0f} s: {counts['pulls']} pull requests, {counts['open']} open")
    print(
        f"{counts['commits']} commits of ours on their branches; {counts['odd']} repositories not as wanted"
    )
    print(f"{counts['calls']} calls, {injected} of them failed ({injected / counts['calls']:.1%})")
    print(
        f"{counts['calls'] / total:.1f} calls and {counts['creations'] / total:.2f} creations a publication"
    )
    print("attempts: " + ", ".join(f"{many} needed {one}" for one, many in sorted(attempts.items())))
    print("faults: " + ", ".join(f"{many} x {kind}" for kind, many in sorted(kinds.items())))


def _publish(calc: Hub) -> int:
    """Attempts until it ended."""
    spec = calc.spec()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            calc.publish(block(), block("docs/api.md", "The API."), spec=spec)
        except RateLimitedError as error:
            calc.clock.now = max(calc.clock.now, error.until)
        except ForgeError:
            calc.clock.advance(timedelta(seconds=5))
        else:
            return attempt
    raise SystemExit(f"{calc.fake.root} did not end")


def _counted(calc: Hub) -> Counter[str]:
    ahead = len(calc.ahead())
    fits = (len(calc.pulls), len(calc.open), ahead) == (1, 1, 1) and calc.open[0].head_oid == calc.head(OURS)
    fits = fits and calc.open[0].labels == ["documentation"] and bool(calc.file("docs/api.md", OURS))
    return Counter(
        pulls=len(calc.pulls),
        open=len(calc.open),
        commits=ahead,
        odd=int(not fits),
        calls=len(calc.fake.calls),
        creations=len(calc.fake.creations),
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 10_000,
        float(given[1]) if len(given) > 1 else 0.2,
        int(given[2]) if len(given) > 2 else 0,
    )
