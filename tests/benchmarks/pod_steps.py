"""Where the seconds of generators' pods go, by what the cluster wrote into the pods themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from documenthor_airflow.bundles import SIDECAR

from tests.benchmarks.spread import p50_p95

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.cluster.recorder import Recorder

_WIDTH, _HEIGHT, _MARGIN = 720, 180, 40
_COLOURS = {"held": "#9aa5b1", "used": "#2f6f4f"}


class Steps(NamedTuple):
    """Moments of one repository in seconds since 1970, in their order."""

    begun: float
    created: float
    scheduled: float
    fetching: float
    fetched: float
    generating: float
    generated: float
    released: float
    published: float


# The step between a moment and the one before it.
_NAMES = (
    "token and creation",
    "queue",
    "pull, volumes, start",
    "init (fetch)",
    "start of generate",
    "generate",
    "wait for a slot, XCom",
    "route and publish",
)


def steps(recorder: Recorder, rows: Mapping[str, tuple[str, str]]) -> list[Steps]:
    """Those of all repositories whose one pod went through everything."""
    found = []
    for name, (begun, published) in rows.items():
        pods = recorder.moments(name)
        if len(pods) == 1 and published:
            ((_, events),) = pods.items()
            moments = _moments([event["object"] for event in events])
            if moments is not None:
                found.append(Steps._make((_seconds(begun), *moments, _seconds(published))))
    return found


def rows_of(database: Path) -> dict[str, tuple[str, str]]:
    """When work on each repository began and ended, by our own database (UTC)."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = connection.execute("select name, started_at, finished_at from repositories").fetchall()
    return {name: (started, finished) for name, started, finished in found}


def _moments(seen: list[dict[str, Any]]) -> tuple[float, ...] | None:
    """From the last sight of everything that a pod tells.

    A quota counts it until its last container has ended, which is the sidecar.
    """
    known: dict[str, float] = {}
    for pod in seen:
        known["created"] = _seconds(pod["metadata"]["creationTimestamp"])
        status = pod["status"]
        for condition in status.get("conditions", ()):
            if condition["type"] == "PodScheduled" and condition["status"] == "True":
                known["scheduled"] = _seconds(condition["lastTransitionTime"])
        every = [*status.get("initContainerStatuses", ()), *status.get("containerStatuses", ())]
        for container in every:
            if ended := container["state"].get("terminated"):
                known[f"{container['name']} from"] = _seconds(ended["startedAt"])
                known[f"{container['name']} to"] = _seconds(ended["finishedAt"])
    wanted = ("created", "scheduled", "fetch from", "fetch to", "base from", "base to", f"{SIDECAR} to")
    return tuple(known[name] for name in wanted) if all(name in known for name in wanted) else None


def summary(found: Sequence[Steps]) -> str:
    """A Markdown table of medians and 95th percentiles."""
    lines = ["| step | p50 s | p95 s |", "|---|---:|---:|"]
    for number, name in enumerate(_NAMES):
        middle, high = p50_p95(each[number + 1] - each[number] for each in found)
        lines.append(f"| {name} | {middle:.1f} | {high:.1f} |")
    return "\n".join(lines)


def draw(found: Sequence[Steps], quota: int, path: Path) -> str:
    """Draw how many pods hold a part of the quota and how many use it; returns the averages as text."""
    if not found:
        return "no pod went through everything, so nothing is drawn"
    held = [(each.created, each.released) for each in found]
    used = [(each.fetching, each.generated) for each in found]
    start, end = min(each[0] for each in held), max(each[1] for each in held)
    shares = {name: _share(spans, start, end, quota) for name, spans in (("held", held), ("used", used))}
    lines = [
        _line(_curve(spans), start, end, quota, name) for name, spans in (("held", held), ("used", used))
    ]
    words = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    title = f"quota of {quota} over {end - start:.0f} s and {len(found)} pods: {words}"
    path.write_text(_svg([*lines, *_minutes(end - start)], title, quota), "utf-8")
    return f"{title} ({path})"


def _curve(spans: Sequence[tuple[float, float]]) -> list[tuple[float, int]]:
    """After each change how many there are."""
    changes = sorted([*((begin, 1) for begin, _ in spans), *((end, -1) for _, end in spans)])
    count, found = 0, []
    for moment, change in changes:
        count += change
        found.append((moment, count))
    return found


def _share(spans: Sequence[tuple[float, float]], start: float, end: float, quota: int) -> float:
    return sum(last - first for first, last in spans) / ((end - start) * quota)


def _line(curve: list[tuple[float, int]], start: float, end: float, quota: int, name: str) -> str:
    points, before = [], 0
    for moment, count in curve:
        x = _MARGIN + (moment - start) / (end - start) * _WIDTH
        points += [f"{x:.1f},{_y(before, quota):.1f}", f"{x:.1f},{_y(count, quota):.1f}"]
        before = count
    return f'<polyline fill="none" stroke="{_COLOURS[name]}" stroke-width="2" points="{" ".join(points)}"/>'


def _minutes(seconds: float) -> list[str]:
    """Ten marks below the curves, or somewhat fewer."""
    apart = max(1, round(seconds / 60 / 10))
    bottom = _HEIGHT + _MARGIN + 18
    return [
        f'<text x="{_MARGIN + minute * 60 / seconds * _WIDTH:.0f}" y="{bottom}">{minute} min</text>'
        for minute in range(0, int(seconds / 60) + 1, apart)
    ]


def _y(count: int, quota: int) -> float:
    return _MARGIN + (1 - count / (quota + 1)) * _HEIGHT


def _svg(lines: list[str], title: str, quota: int) -> str:
    width, height = _WIDTH + 2 * _MARGIN, _HEIGHT + 2 * _MARGIN
    rows = []
    for count in range(quota + 1):
        y = _y(count, quota)
        ends = f'x1="{_MARGIN}" x2="{_MARGIN + _WIDTH}" y1="{y:.1f}" y2="{y:.1f}"'
        rows.append(f'<text x="8" y="{y + 4:.0f}">{count}</text><line {ends} stroke="#e4e7eb"/>')
    legend = f'<text x="{_MARGIN}" y="20">pods in a {title} (grey: held, green: used)</text>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="12">'
    ground = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([head, ground, legend, *rows, *lines, "</svg>"])


def _seconds(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
