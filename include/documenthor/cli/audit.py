"""`documenthor audit`: verifying the audit log, anchoring it, and handing it on."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.cli.opening import opened

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("audit", help="the audit log").add_subparsers(
        metavar="COMMAND", required=True
    )
    verify = group.add_parser("verify", help="check every chain; 1 if one does not hold")
    verify.add_argument("--anchors", type=Path, metavar="FILE", help="what `audit anchor` printed before")
    verify.set_defaults(run=_verify)
    anchor = group.add_parser(
        "anchor", help="print where every chain stands; keep it where the database's writers cannot reach"
    )
    anchor.set_defaults(run=_anchor)
    export = group.add_parser("export", help="print a tenant's entries as OCSF API Activity, one a line")
    export.add_argument("--tenant", required=True, help="whose entries; '' for refused tokens of nobody")
    export.add_argument("--after", type=int, default=0, metavar="NUMBER", help="only entries behind this one")
    export.set_defaults(run=_export)


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    from documenthor import audit

    kept = audit.read_anchors(options.anchors.read_text("utf-8", "replace")) if options.anchors else []
    with opened(settings) as database:
        findings = audit.verify(database, kept)
        chains = audit.anchors(database)
    for finding in findings:
        print(finding, file=sys.stderr)
    if not findings:
        against = f", against {len(kept)} anchors" if kept else "; without anchors a cut end cannot be seen"
        print(f"{sum(anchor.number for anchor in chains)} entries of {len(chains)} chains hold{against}")
    return 1 if findings else 0


def _anchor(_options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import audit

    with opened(settings) as database:
        for anchor in audit.anchors(database):
            print(anchor.line())


def _export(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import audit

    with opened(settings) as database:
        for entry in audit.entries(database, options.tenant, options.after):
            print(json.dumps(audit.api_activity(entry), sort_keys=True))
