"""What the containers of a namespace's pods said, which goes with the pods."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embedded.cluster import Cluster
    from tests.cluster.recorder import Event, Recorder

_PAUSE_SECONDS = 0.5
_STATUSES = ("initContainerStatuses", "containerStatuses")


class Said:
    """`texts` are the logs by pod and container, each read whole as soon as the container has ended."""

    def __init__(self, cluster: Cluster, namespace: str, recorder: Recorder) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self._cluster, self._namespace, self._recorder = cluster, namespace, recorder
        self._wanted: set[tuple[str, str]] = set()
        self._at = 0

    def read(self) -> None:
        """Read what has ended since the last time, and what could not be read then."""
        events, self._at = self._recorder.since(self._at)
        self._wanted |= {each for event in events for each in _ended(event)} - self.texts.keys()
        for pod, container in sorted(self._wanted):
            done = self._cluster.run("logs", pod, "--namespace", self._namespace, "--container", container)
            if done.returncode == 0:
                self.texts[pod, container] = done.stdout
        gone = {event["object"]["metadata"]["name"] for event in events if event["type"] == "DELETED"}
        self._wanted = {each for each in self._wanted - self.texts.keys() if each[0] not in gone}


def _ended(event: Event) -> Iterator[tuple[str, str]]:
    pod = event["object"]
    for each in (each for key in _STATUSES for each in pod["status"].get(key, ())):
        if "terminated" in each["state"]:
            yield pod["metadata"]["name"], each["name"]


@contextmanager
def heard(cluster: Cluster, namespace: str, recorder: Recorder) -> Iterator[Said]:
    """Listen until the end."""
    said, stop = Said(cluster, namespace, recorder), threading.Event()

    def listen() -> None:
        while not stop.wait(_PAUSE_SECONDS):
            said.read()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join()
