"""`documenthor webhooks`: who is told when a job has ended, and what could not be told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.cli.opening import opened
from documenthor.cli.recording import recorded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("webhooks", help="who is told of finished jobs")
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    new = _command(commands, "add", _add, "register an address; prints its id and signing secret, once")
    new.add_argument("url", help="an https address")
    new.add_argument(
        "--event",
        action="append",
        default=[],
        help="job.finished (default), repository.finished or job.late; repeatable",
    )
    new.add_argument(
        "--on-request", action="store_true", help="only for jobs whose request names the address"
    )
    _command(commands, "list", _list, "print id, state, events and address")
    rotate = _command(
        commands, "rotate", _rotate, "print a new secret; the old one signs too until --drop-old"
    )
    rotate.add_argument("id")
    rotate.add_argument("--drop-old", action="store_true", help="let the old secret go, as after a leak")
    for name, run, help_ in (
        ("enable", _enable, "send again to an address that was disabled by 410"),
        ("remove", _remove, "forget an address, and what it was still to be told"),
    ):
        _command(commands, name, run, help_).add_argument("id")
    _command(commands, "dead", _dead, "print messages that were given up: id, event, attempts, last result")
    _command(commands, "resend", _resend, "try messages again").add_argument("id", nargs="+")


def _command(
    commands: Subparsers, name: str, run: Callable[[argparse.Namespace, Settings], None], help_: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_)
    parser.add_argument("--tenant", required=True, help="whose webhooks")
    parser.set_defaults(run=run)
    return parser


def _add(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks
    from documenthor.tenants import load_tenant

    networks = load_tenant(settings.tenants, options.tenant).webhooks.networks
    with opened(settings) as database, recorded(database, "webhook.add", options.tenant) as operation:
        endpoint, secret = webhooks.add(
            database,
            webhooks.Sealer(settings.encryption_keys),
            tenant=options.tenant,
            url=options.url,
            now=datetime.now(UTC),
            events=options.event or (webhooks.EVENTS[0],),
            on_request=options.on_request,
            networks=networks,
        )
        operation.target = endpoint.id
    print(endpoint.id, secret, sep="\t")


def _list(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks

    with opened(settings) as database:
        for found in webhooks.endpoints(database, options.tenant):
            state = found.disabled or ("on request" if found.on_request else "active")
            print(found.id, state, ",".join(found.events), found.url, sep="\t")


def _rotate(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks

    sealer = webhooks.Sealer(settings.encryption_keys)
    entry = ("webhook.rotate", options.tenant, options.id)
    with opened(settings) as database, recorded(database, *entry):
        secret = webhooks.rotate(
            database, sealer, tenant=options.tenant, endpoint_id=options.id, drop_old=options.drop_old
        )
    print(secret)


def _enable(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks

    entry = ("webhook.enable", options.tenant, options.id)
    with opened(settings) as database, recorded(database, *entry):
        webhooks.enable(database, tenant=options.tenant, endpoint_id=options.id)


def _remove(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks

    entry = ("webhook.remove", options.tenant, options.id)
    with opened(settings) as database, recorded(database, *entry):
        webhooks.remove(database, tenant=options.tenant, endpoint_id=options.id)


def _dead(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks

    with opened(settings) as database:
        for found in webhooks.deliveries(database, options.tenant, webhooks.DeliveryState.DEAD):
            print(found.id, found.event, found.attempts, found.result, sep="\t")


def _resend(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import webhooks

    with opened(settings) as database:
        for delivery in options.id:
            with recorded(database, "webhook.resend", options.tenant, delivery):
                webhooks.resend(database, tenant=options.tenant, delivery_id=delivery, now=datetime.now(UTC))
