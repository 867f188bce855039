"""Entries as OCSF events of the class API Activity, as security tools take them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documenthor.audit.entries import Result

if TYPE_CHECKING:
    from documenthor.audit.entries import Entry

_VERSION = "1.3.0"
_CATEGORY, _CLASS, _INFORMATIONAL = 6, 6003, 1
_CREATE, _READ, _UPDATE, _DELETE, _OTHER = 1, 2, 3, 4, 99
# By the last word of an operation's name.
_ACTIVITIES = {
    "new": _CREATE,
    "add": _CREATE,
    "submit": _CREATE,
    "read": _READ,
    "list": _READ,
    "verify": _READ,
    "cancel": _UPDATE,
    "retry": _UPDATE,
    "rotate": _UPDATE,
    "resend": _UPDATE,
    "enable": _UPDATE,
    "retire": _DELETE,
    "remove": _DELETE,
}
_STATUS = {Result.SUCCESS: (1, "Success"), Result.FAILURE: (2, "Failure")}


def api_activity(entry: Entry) -> dict[str, Any]:
    """The entry as an event; `unmapped` holds what proves its place in the chain."""
    event = entry.event
    activity = _ACTIVITIES.get(event.operation.rpartition(".")[2], _OTHER)
    status_id, status = _STATUS[event.result]
    return {
        "metadata": {
            "version": _VERSION,
            "product": {"name": "Documenthor", "vendor_name": "Documenthor"},
            "uid": f"{event.tenant}/{entry.number}",
            "tenant_uid": event.tenant,
        },
        "category_uid": _CATEGORY,
        "class_uid": _CLASS,
        "activity_id": activity,
        "type_uid": _CLASS * 100 + activity,
        "severity_id": _INFORMATIONAL,
        "time": round(entry.at.timestamp() * 1000),
        "status_id": status_id,
        "status": status,
        "status_detail": event.reason,
        "actor": {"user": {"uid": event.actor}},
        "api": {"operation": event.operation, "request": {"uid": event.request}},
        "src_endpoint": {"ip": event.source} if event.source else {"name": "command line"},
        "resources": [{"uid": event.target}] if event.target else [],
        "unmapped": {"hash": entry.hash, "token": event.token},
    }
