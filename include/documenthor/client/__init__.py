"""The caller's side of the API, for the command line and for `make run`."""

from documenthor.client.calls import Client, Credentials
from documenthor.client.jobs import ENDED, cancel, follow, listed, retry, status, submit

__all__ = [
    "ENDED",
    "Client",
    "Credentials",
    "cancel",
    "follow",
    "listed",
    "retry",
    "status",
    "submit",
]
