"""A thread that works through the outbox for as long as a server runs. Any number of servers may."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from documenthor.errors import ConfigurationError, TenantFileError
from documenthor.metrics import SILENT
from documenthor.tenants import load_tenant
from documenthor.webhooks.addresses import Destinations
from documenthor.webhooks.delivering import deliver_due
from documenthor.webhooks.sending import Sender

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from documenthor.db import Database
    from documenthor.metrics import Metrics
    from documenthor.webhooks.sealing import Sealer

_log = logging.getLogger(__name__)
_SECONDS = 5.0


class Deliveries:
    """Sends what is due every few seconds, from `start` to `stop`."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        tenants: Path,
        clock: Callable[[], datetime],
        metrics: Metrics = SILENT,
    ) -> None:
        self._metrics = metrics
        self._database, self._sealer, self._tenants, self._clock = database, sealer, tenants, clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the message that is being sent."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(_SECONDS):
            try:
                deliver_due(self._database, self._sealer, self.sender, self._clock, self._metrics)
            except ConfigurationError as error:
                _log.error("webhooks are not sent: %s", error)
            except Exception:  # noqa: BLE001 - a database that is away comes back; the thread is needed then
                _log.exception("webhooks could not be sent")

    def sender(self, tenant: str) -> Sender:
        """The sender for a tenant; one without a valid file is bound to public addresses."""
        try:
            networks = load_tenant(self._tenants, tenant).webhooks.networks
        except TenantFileError:
            networks = ()
        return Sender(Destinations(networks))
