"""What a cluster's API says of the pods of a namespace while tests run, and what follows from it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kubernetes.utils.quantity import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from embedded.cluster import Cluster

_ENDED = frozenset({"Succeeded", "Failed"})
_TENANT, _REPOSITORY = "documenthor/tenant", "documenthor/repository"
_SOMETHING = re.compile(r"\S")
_GENERATORS = frozenset({"fetch", "base"})

Event = dict[str, Any]


@dataclass(frozen=True)
class Recorder:
    """Every change of every pod, in order, as the cluster wrote it into `path`."""

    path: Path

    @property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text("utf-8")

    def events(self) -> list[Event]:
        """The changes that are whole so far: `type` and `object`."""
        return self.since(0)[0]

    def since(self, start: int) -> tuple[list[Event], int]:
        """The whole changes from the byte `start` on, and where the next one begins."""
        with self.path.open("rb") as file:
            file.seek(start)
            text = file.read().decode("utf-8", "ignore")
        decoder, found, at = json.JSONDecoder(), [], 0
        while at < len(text):
            try:
                event, at = decoder.raw_decode(text, at)
            except json.JSONDecodeError:
                break
            found.append(event)
            following = _SOMETHING.search(text, at)
            at = following.start() if following else len(text)
        return found, start + len(text[:at].encode())

    def most_at_once(self) -> int:
        """How many pods there were at once that had not ended, which is what a quota counts."""
        return max((len(alive) for alive in self._alive()), default=0)

    def doubled(self) -> set[str]:
        """Repositories (`tenant/name`) of which two pods had not ended at once."""
        found: set[str] = set()
        for alive in self._alive():
            seen: set[str] = set()
            for name in alive.values():
                found |= {name} & seen
                seen.add(name)
        return found

    def pods_of(self, repository: str) -> list[str]:
        """The names of all pods that the repository ever had."""
        named = (event["object"]["metadata"] for event in self.events())
        mine = (each["name"] for each in named if each["labels"].get(_REPOSITORY) == repository)
        return list(dict.fromkeys(mine))

    def moments(self, repository: str) -> dict[str, list[Event]]:
        """The changes of the repository's pods, by pod."""
        found = defaultdict(list)
        for event in self.events():
            metadata = event["object"]["metadata"]
            if metadata["labels"].get(_REPOSITORY) == repository:
                found[metadata["name"]].append(event)
        return found

    def took(self, repository: str) -> tuple[Decimal, Decimal]:
        """GPU and CPU seconds of the generator in all pods of the repository, as last reported."""
        gpu = cpu = Decimal(0)
        for events in self.moments(repository).values():
            last = {
                each["name"]: each["state"]["terminated"]
                for event in events
                for key in ("initContainerStatuses", "containerStatuses")
                for each in event["object"]["status"].get(key, ())
                if "terminated" in each["state"]
            }
            spec = events[-1]["object"]["spec"]
            for container in (*spec["initContainers"], *spec["containers"]):
                if container["name"] in _GENERATORS and container["name"] in last:
                    asked, seconds = container["resources"]["requests"], _seconds(last[container["name"]])
                    gpu += seconds * parse_quantity(asked.get("nvidia.com/gpu", 0))
                    cpu += seconds * parse_quantity(asked["cpu"])
        return gpu, cpu

    def _alive(self) -> Iterator[dict[str, str]]:
        """After each change: the pods that have not ended, with their repositories."""
        alive: dict[str, str] = {}
        for event in self.events():
            pod = event["object"]
            name = pod["metadata"]["name"]
            if event["type"] == "DELETED" or pod["status"].get("phase") in _ENDED:
                alive.pop(name, None)
            else:
                labels = pod["metadata"]["labels"]
                alive[name] = f"{labels[_TENANT]}/{labels[_REPOSITORY]}"
            yield dict(alive)


def _seconds(ended: dict[str, str]) -> int:
    times = [datetime.fromisoformat(ended[key]) for key in ("startedAt", "finishedAt")]
    return int((times[1] - times[0]).total_seconds())


@contextmanager
def recorded(cluster: Cluster, namespace: str, path: Path) -> Iterator[Recorder]:
    """Write down what becomes of the namespace's pods until the end.

    A cluster ends such a watch after half an hour or more; the next one begins with the pods that there are.
    """
    command = cluster.command(
        "get", "pods", "--namespace", namespace, "--watch", "--output-watch-events", "--output=json"
    )
    with path.open("wb") as output:
        watching = subprocess.Popen(
            ["/bin/sh", "-c", 'while :; do "$@"; sleep 1; done', "watch", *command],
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield Recorder(path)
        finally:
            os.killpg(watching.pid, signal.SIGTERM)
            watching.wait()
