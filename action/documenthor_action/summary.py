"""The job as Markdown for the run's page, and the step's outputs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from documenthor_action.log import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# A step's summary may have 1 MiB; a table of this many rows stays far below.
_MOST_ROWS = 1000
_LONGEST_CELL = 300
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&-])")


def markdown(status: Mapping[str, Any], address: str) -> str:
    """A headline, the counts, and one row for each repository that is not just up to date."""
    rows = [row for row in status.get("repositories", []) if row.get("outcome") != "unchanged"]
    lines = [
        f"## Documentation: {_plain(status.get('state', 'unknown'))}",
        "",
        _counts(status.get("counts", {})),
        "",
    ]
    if rows:
        lines += ["| repository | outcome | where | what |", "|---|---|---|---|"]
        lines += [_row(row) for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        lines += ["", f"and {len(rows) - _MOST_ROWS} more"]
    return "\n".join([*lines, "", f"Job: {_link(address, status.get('id', 'status'))}", ""])


def outcome(row: Mapping[str, Any]) -> str:
    """`rejected(score)` and its like, or the state while there is none."""
    kind, reason = row.get("outcome") or row.get("state") or "unknown", row.get("reason") or ""
    return f"{kind}({reason})" if reason else str(kind)


def outputs(status: Mapping[str, Any], job: str, address: str) -> str:
    """What `GITHUB_OUTPUT` takes: one `name=value` a line."""
    values = {
        "job": job,
        "state": str(status.get("state", "")),
        "counts": json.dumps(status.get("counts", {}), sort_keys=True),
        "status-url": address,
    }
    return "".join(f"{name}={one_line(value)}\n" for name, value in values.items())


def append(path: Path, text: str) -> None:
    """Add to a file that the runner reads when the step is over."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _counts(counts: Mapping[str, Any]) -> str:
    return ", ".join(f"{_plain(name)}: **{_plain(number)}**" for name, number in counts.items() if number)


def _row(row: Mapping[str, Any]) -> str:
    reference = str(row.get("reference") or "")
    cells: Iterable[str] = (
        _plain(row.get("name", "")),
        _plain(outcome(row)),
        _link(reference, "open") if reference else "",
        _plain(row.get("message", "")),
    )
    return f"| {' | '.join(cells)} |"


def _plain(value: object) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", one_line(str(value))[:_LONGEST_CELL])


def _link(address: str, text: object) -> str:
    parts = urlsplit(address)
    safe = parts.scheme in {"http", "https"} and re.fullmatch(r"[!#$%&'*+,./:;=?@~\w-]+", address, re.ASCII)
    return f"[{_plain(text)}](<{address}>)" if safe else _plain(address)
