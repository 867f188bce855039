"""Jobs and statements on a terminal, or as JSON. What is told comes from repositories: nothing is markup."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from documenthor.usage import Statement


def job_id(job: str, *, as_json: bool) -> None:
    """The id of a job that was just made."""
    print(json.dumps({"job": job}) if as_json else job)


def job(status: dict[str, Any], *, as_json: bool) -> None:
    """One job with its repositories."""
    if as_json:
        print(json.dumps(status, indent=2))
        return
    table = _table("repository", "outcome", "where", "what")
    for row in status["repositories"]:
        _add(table, row["name"], _outcome(row), row.get("reference"), row.get("message"))
    _print(table)
    print(f"{status['id']}: {status['state']} ({_counts(status)})")
    if status.get("error"):
        print(_plain(status["error"]))


def jobs(found: list[dict[str, Any]], *, as_json: bool) -> None:
    """A list of jobs."""
    if as_json:
        print(json.dumps(found, indent=2))
        return
    table = _table("job", "state", "created", "repositories")
    for each in found:
        _add(table, each["id"], each["state"], each["created_at"], _counts(each))
    _print(table)


def statement(found: Statement) -> None:
    """A month's statement."""
    table = _table("repository", "pays", "attempts", "GPU seconds", "CPU seconds", "cost")
    for line in found.lines:
        pays = f"{line.pays} ({line.reason})" if line.reason else line.pays
        cost = f"{line.cost} {line.currency}"
        _add(table, line.repository, pays, line.attempts, line.gpu_seconds, line.cpu_seconds, cost)
    _print(table)
    costs = ", ".join(f"{amount} {currency}" for currency, amount in found.cost.items()) or "nothing"
    so_far = "" if found.is_complete else " so far"
    took = f"{found.gpu_seconds} GPU seconds, {found.cpu_seconds} CPU seconds"
    print(f"{found.tenant}, {found.month} ({found.time_zone}){so_far}: {costs} for {took}")


def progress(statuses: Iterable[dict[str, Any]], *, quiet: bool) -> dict[str, Any]:
    """A bar on standard error while a job goes on; returns its last status."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    last: dict[str, Any] = {}
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task("queued", total=None)
        for last in statuses:
            rows = last["repositories"]
            done = sum(1 for row in rows if row.get("outcome"))
            bar.update(task, description=last["state"], total=len(rows) or None, completed=done)
    return last


def _outcome(row: dict[str, Any]) -> str:
    kind, reason = row.get("outcome") or row["state"], row.get("reason")
    return f"{kind}({reason})" if reason else str(kind)


def _counts(status: dict[str, Any]) -> str:
    return ", ".join(f"{name} {number}" for name, number in status["counts"].items() if number) or "none yet"


def _table(*names: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _add(table: Table, *cells: object) -> None:
    from rich.text import Text

    table.add_row(*(Text(_plain(cell)) for cell in cells))


def _print(table: Table) -> None:
    from rich.console import Console

    width = None if sys.stdout.isatty() else 400
    Console(width=width, highlight=False).print(table)


def _plain(value: object) -> str:
    return "".join(char if char.isprintable() else " " for char in str(value or ""))
