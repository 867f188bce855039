"""What a run shows: progress line by line, a table at the end, and the same as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

_STYLES = {"committed": "green", "pull_request": "green", "rejected": "yellow", "failed": "bold red"}
_SHOWN = 4  # pages of a repository


class Progress:
    """Prints a line whenever a repository's state changes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: dict[str, str] = {}

    def show(self, status: dict[str, Any]) -> None:
        """Print what is new since the last status."""
        rows = status["repositories"]
        for row in rows:
            now = _outcome(row)
            if self._shown.get(row["name"]) != now:
                self._shown[row["name"]] = now
                done = sum(1 for other in rows if other["state"] == "done")
                self._console.print(f"  [{done}/{len(rows)}] {row['name']}: {now}", markup=False)


def table(status: dict[str, Any]) -> Table:
    """One line a repository: how it ended, and what was written or why nothing was."""
    result = Table("repository", "outcome", "seconds", "written", title=f"Job {status['id']}")
    for row in status["repositories"]:
        seconds = "" if row["seconds"] is None else f"{row['seconds']:.1f}"
        style = _STYLES.get(row["outcome"], "default")
        result.add_row(row["name"], f"[{style}]{_outcome(row)}[/]", seconds, escape(_written(row)))
    return result


def _written(row: dict[str, Any]) -> str:
    pages = row["pages"]
    more = f"\nand {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
    return "\n".join(pages[:_SHOWN]) + more if pages else str(row["message"])


def write_json(status: dict[str, Any], path: Path) -> None:
    """The report: `commit` is the source that was documented, `published` what was written for it."""
    repositories = [
        {
            "name": row["name"],
            "commit": row["source_commit"],
            "published": row["commit"],
            "outcome": row["outcome"],
            "reason": row["reason"],
            "message": row["message"],
            "reference": row["reference"],
            "pages": row["pages"],
            "seconds": row["seconds"],
        }
        for row in status["repositories"]
    ]
    report = {"job": status["id"], "state": status["state"], "repositories": repositories}
    path.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


def _outcome(row: dict[str, Any]) -> str:
    if row["outcome"] is None:
        return str(row["state"])
    return f"{row['outcome']}({row['reason']})" if row["reason"] else str(row["outcome"])
