"""Webhooks by Standard Webhooks: told once the database knows, repeated for days, safe to point anywhere."""

from documenthor.webhooks.background import Deliveries
from documenthor.webhooks.delivering import deliver_due
from documenthor.webhooks.endpoints import Endpoint, add, enable, endpoints, remove, rotate
from documenthor.webhooks.events import EVENTS, Event, job_finished, job_late, repository_finished
from documenthor.webhooks.outbox import Delivery, DeliveryState, announce, deliveries, resend
from documenthor.webhooks.sealing import Sealer
from documenthor.webhooks.sending import Sender

__all__ = [
    "EVENTS",
    "Deliveries",
    "Delivery",
    "DeliveryState",
    "Endpoint",
    "Event",
    "Sealer",
    "Sender",
    "add",
    "announce",
    "deliver_due",
    "deliveries",
    "enable",
    "endpoints",
    "job_finished",
    "job_late",
    "remove",
    "repository_finished",
    "resend",
    "rotate",
]
