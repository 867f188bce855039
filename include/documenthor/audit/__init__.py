"""The audit log: who did what for which tenant, chained by hashes so that changes show."""

from documenthor.audit.anchors import Anchor, anchors, read_anchors
from documenthor.audit.checking import verify
from documenthor.audit.entries import Entry, Event, Result, token_hash
from documenthor.audit.log import append, entries, newest
from documenthor.audit.ocsf import api_activity

__all__ = [
    "Anchor",
    "Entry",
    "Event",
    "Result",
    "anchors",
    "api_activity",
    "append",
    "entries",
    "newest",
    "read_anchors",
    "token_hash",
    "verify",
]
