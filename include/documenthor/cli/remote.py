"""`documenthor submit`, `status`, `jobs`, `cancel` and `retry`: what a caller does with the API.

They speak to the service over HTTP with a tenant's key and need no database.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documenthor.cli import showing
from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from documenthor.cli.groups import Subparsers
    from documenthor.client import Client
    from documenthor.settings import Settings

UNFINISHED = 3
_STATUSES = "exit status: 0 it ended well, 1 it could not be asked, 3 it ended with failures or was cancelled"


def add(commands: Subparsers) -> None:
    """Add the commands."""
    submit = _command(commands, "submit", _submit, "ask for documentation", _STATUSES)
    submit.add_argument("repository", nargs="*", help="NAME or NAME@REF; none means the whole organisation")
    submit.add_argument("--mode", choices=("commit", "pull_request"), help="how to publish")
    submit.add_argument("--force", action="store_true", help="also what has not changed")
    submit.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")
    submit.add_argument(
        "--idempotency-key", default="", metavar="KEY", help="the same key makes one job only"
    )
    submit.add_argument(
        "--webhook", default="", metavar="URL", help="a registered address that is told when the job ends"
    )
    submit.add_argument("--watch", action="store_true", help="follow the job to its end")
    status = _command(commands, "status", _status, "show a job", _STATUSES)
    status.add_argument("job")
    status.add_argument("--watch", action="store_true", help="follow the job to its end")
    jobs = _command(commands, "jobs", _jobs, "list the newest jobs")
    jobs.add_argument("--state", action="append", default=[], help="only in this state; repeatable")
    jobs.add_argument("--limit", type=int, default=20, metavar="N", help="how many (default: 20)")
    _command(commands, "cancel", _cancel, "end what has not begun of a job").add_argument("job")
    _command(commands, "retry", _retry, "work once more on what failed in a job").add_argument("job")


def _command(
    commands: Subparsers,
    name: str,
    run: Callable[[argparse.Namespace, Client], int | None],
    help_: str,
    epilog: str = "",
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=help_, epilog=epilog)
    parser.add_argument("--url", default="", help="the service (default: DOCUMENTHOR_URL)")
    parser.add_argument("--tenant", default="", help="who asks (default: DOCUMENTHOR_TENANT)")
    parser.add_argument(
        "--private-key", type=Path, metavar="FILE", help="its key (default: DOCUMENTHOR_PRIVATE_KEY_FILE)"
    )
    parser.add_argument("--json", action="store_true", help="print what the service answers, as JSON")
    parser.set_defaults(run=lambda options, settings: _connected(run, options, settings))
    return parser


def _connected(
    run: Callable[[argparse.Namespace, Client], int | None], options: argparse.Namespace, settings: Settings
) -> int | None:
    from documenthor.client import Client, Credentials

    key = options.private_key or Path(_given("", "DOCUMENTHOR_PRIVATE_KEY_FILE", "--private-key"))
    credentials = Credentials(
        tenant=_given(options.tenant, "DOCUMENTHOR_TENANT", "--tenant"),
        issuer=settings.issuer,
        audience=settings.audience,
        private_pem=key.read_text("ascii", errors="replace"),
    )
    with Client(_given(options.url, "DOCUMENTHOR_URL", "--url"), credentials) as client:
        return run(options, client)


def _given(option: str, variable: str, flag: str) -> str:
    value = option or os.environ.get(variable, "")
    if not value:
        raise ConfigurationError(f"give {flag}, or set {variable}")
    return value


def _submit(options: argparse.Namespace, client: Client) -> int | None:
    from documenthor import client as api

    job = api.submit(client, _body(options), key=options.idempotency_key)
    if options.watch:
        return _watched(options, client, job)
    showing.job_id(job, as_json=options.json)
    return None


def _body(options: argparse.Namespace) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if options.repository:
        body["repositories"] = [_repository(text) for text in options.repository]
    given = ("mode", "webhook", "force", "dry_run")
    return body | {name: getattr(options, name) for name in given if getattr(options, name)}


def _repository(text: str) -> str | dict[str, str]:
    name, _, ref = text.partition("@")
    return {"name": name, "ref": ref} if ref else name


def _status(options: argparse.Namespace, client: Client) -> int | None:
    from documenthor import client as api

    if options.watch:
        return _watched(options, client, options.job)
    found = api.status(client, options.job)
    showing.job(found, as_json=options.json)
    return _verdict(found) if found["state"] in api.ENDED else None


def _watched(options: argparse.Namespace, client: Client, job: str) -> int | None:
    from documenthor import client as api

    last = showing.progress(api.follow(client, job), quiet=options.json)
    showing.job(last, as_json=options.json)
    return _verdict(last)


def _verdict(found: dict[str, Any]) -> int | None:
    return None if found["state"] == "succeeded" else UNFINISHED


def _jobs(options: argparse.Namespace, client: Client) -> None:
    from documenthor import client as api

    showing.jobs(api.listed(client, states=options.state, limit=options.limit), as_json=options.json)


def _cancel(options: argparse.Namespace, client: Client) -> None:
    from documenthor import client as api

    api.cancel(client, options.job)
    showing.job(api.status(client, options.job), as_json=options.json)


def _retry(options: argparse.Namespace, client: Client) -> None:
    from documenthor import client as api

    api.retry(client, options.job)
    showing.job(api.status(client, options.job), as_json=options.json)
