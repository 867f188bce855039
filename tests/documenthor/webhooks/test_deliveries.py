"""Messages arrive signed, once if all goes well, for days if it does not, and nowhere else."""

from __future__ import annotations

import base64
import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from documenthor import webhooks
from documenthor.errors import AddressRefusedError, ConfigurationError, WebhookError
from documenthor.webhooks import DeliveryState
from documenthor.webhooks.delivering import PAUSES
from sqlalchemy import text

from tests.documenthor.webhooks.conftest import Outbox, finished
from tests.fakes.webhook_receiver import Receiver

if TYPE_CHECKING:
    from documenthor.db import Database


def test_a_finished_job_is_told_once_and_signed(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    outbox.announce(finished())
    outbox.announce(finished())
    assert outbox.deliver() == 1
    assert outbox.deliver() == 0
    (message,) = receiver.received
    assert message["type"] == "job.finished"
    assert message["data"]["job"] == "job-1"
    assert message["data"]["counts"] == {"committed": 2}
    assert receiver.refused == 0


def test_a_job_that_ends_again_is_told_again(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    outbox.announce(finished())
    outbox.announce(finished(ending=2))
    assert outbox.deliver() == 2
    assert len(set(receiver.ids)) == 2


def test_nothing_is_told_of_what_was_rolled_back(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    with contextlib.suppress(RuntimeError), outbox.database.session() as session:
        webhooks.announce(session, finished(), outbox.clock())
        raise RuntimeError
    assert outbox.deliver() == 0


def test_only_events_and_tenants_that_asked(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    repository = webhooks.repository_finished(
        "acme", "job-1", name="web", attempt=1, outcome="committed", reason="", reference=""
    )
    outbox.announce(repository)
    outbox.announce(finished(tenant="other"))
    assert outbox.deliver() == 0
    with Receiver() as second:
        outbox.register(second, "acme", "repository.finished")
        outbox.announce(repository)
        assert outbox.deliver() == 1
        assert second.received[0]["data"]["repository"] == "web"


def test_on_request_endpoints_wait_to_be_named(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver, on_request=True)
    outbox.announce(finished("job-1"))
    outbox.announce(finished("job-2"), receiver.url)
    assert outbox.deliver() == 1
    assert receiver.received[0]["data"]["job"] == "job-2"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_every_failure_is_tried_again(outbox: Outbox, receiver: Receiver, status: int) -> None:
    receiver.statuses = [status]
    with Receiver() as elsewhere:
        receiver.headers = {"Location": elsewhere.url}
        outbox.register(receiver)
        outbox.announce(finished())
        assert outbox.deliver() == 1
        assert outbox.later(seconds=4) == 0
        assert outbox.later(seconds=2) == 1
        # A redirect is a failure; nobody follows it.
        assert elsewhere.requests == 0
    assert len(set(receiver.ids)) == 1
    assert len(receiver.ids) == 2
    assert len(outbox.having(DeliveryState.DELIVERED)) == 1


def test_it_gives_up_after_days_and_tries_again_when_asked(outbox: Outbox, receiver: Receiver) -> None:
    receiver.statuses = [500] * 20
    outbox.register(receiver)
    outbox.announce(finished())
    assert outbox.deliver() == 1
    for pause in PAUSES:
        assert outbox.having(DeliveryState.DEAD) == []
        assert outbox.later(seconds=pause.total_seconds()) == 1
    (dead,) = outbox.having(DeliveryState.DEAD)
    assert (dead.attempts, dead.result) == (len(PAUSES) + 1, "500")
    assert sum(pause.days * 86400 + pause.seconds for pause in PAUSES) > 3 * 86400
    assert outbox.later(days=30) == 0
    receiver.statuses = []
    with pytest.raises(WebhookError):
        webhooks.resend(outbox.database, tenant="other", delivery_id=dead.id, now=outbox.clock())
    webhooks.resend(outbox.database, tenant="acme", delivery_id=dead.id, now=outbox.clock())
    assert outbox.deliver() == 1
    assert outbox.having(DeliveryState.DEAD) == []


def test_retry_after_is_honoured_within_a_day(outbox: Outbox, receiver: Receiver) -> None:
    receiver.statuses, receiver.headers = [429], {"Retry-After": "3600"}
    outbox.register(receiver)
    outbox.announce(finished())
    assert outbox.deliver() == 1
    assert outbox.later(seconds=3500) == 0
    assert outbox.later(seconds=200) == 1


def test_gone_disables_the_address(outbox: Outbox, receiver: Receiver) -> None:
    receiver.statuses = [410]
    endpoint = outbox.register(receiver)
    outbox.announce(finished("job-1"))
    outbox.announce(finished("job-2"))
    assert outbox.deliver() == 1
    outbox.announce(finished("job-3"))
    assert outbox.later(days=2) == 0
    (found,) = webhooks.endpoints(outbox.database, "acme")
    assert found.disabled.startswith("answered 410")
    webhooks.enable(outbox.database, tenant="acme", endpoint_id=endpoint)
    assert outbox.later(seconds=1) == 1


def test_both_secrets_sign_while_one_replaces_the_other(outbox: Outbox, receiver: Receiver) -> None:
    endpoint = outbox.register(receiver)
    (old,) = receiver.secrets
    new = webhooks.rotate(outbox.database, outbox.sealer, tenant="acme", endpoint_id=endpoint, drop_old=False)
    for number, secrets in enumerate(([old], [new])):
        receiver.secrets = secrets
        outbox.announce(finished(f"during-{number}"))
        outbox.deliver()
    assert len(receiver.received) == 2
    webhooks.rotate(outbox.database, outbox.sealer, tenant="acme", endpoint_id=endpoint, drop_old=True)
    outbox.announce(finished("after"))
    outbox.deliver()
    assert receiver.refused == 1


def test_secrets_are_encrypted_at_rest(outbox: Outbox, receiver: Receiver, database: Database) -> None:
    outbox.register(receiver)
    with database.session() as session:
        stored = session.scalar(text("SELECT secrets FROM webhook_endpoints"))
    raw = base64.b64decode(receiver.secrets[0].removeprefix("whsec_"))
    assert receiver.secrets[0] not in stored
    assert raw.hex() not in stored
    other = webhooks.Sealer([Fernet.generate_key().decode()])
    with pytest.raises(ConfigurationError, match="cannot be decrypted"):
        other.open(stored)
    assert receiver.secrets[0] in webhooks.Sealer([*other.keys, *outbox.sealer.keys]).open(stored)


@pytest.mark.parametrize("keys", [[], ["short"]])
def test_no_key_means_no_webhook(outbox: Outbox, receiver: Receiver, keys: list[str]) -> None:
    outbox.sealer = webhooks.Sealer(keys)
    with pytest.raises(ConfigurationError, match="DOCUMENTHOR_ENCRYPTION_KEYS"):
        outbox.register(receiver)


def test_several_processes_share_the_outbox(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    for number in range(30):
        outbox.announce(finished(f"job-{number}"))
    with ThreadPoolExecutor(8) as pool:
        attempts = sum(pool.map(lambda _: outbox.deliver(), range(8)))
    assert attempts == 30
    assert len(set(receiver.ids)) == 30
    assert receiver.requests == 30


def test_a_process_that_died_leaves_its_message_to_others(outbox: Outbox, receiver: Receiver) -> None:
    from documenthor.webhooks import delivering

    outbox.register(receiver)
    outbox.announce(finished())
    assert delivering._take(outbox.database, outbox.clock()) is not None
    assert outbox.deliver() == 0
    assert outbox.later(minutes=2) == 1


@pytest.mark.parametrize(
    ("body", "drip", "result"),
    [(b"x" * 100_000, 0, "the answer is too long"), (b"x" * 3000, 0.01, "ReadTimeout")],
)
def test_receivers_that_talk_too_long_are_cut_off(
    outbox: Outbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, body: bytes, drip: float, result: str
) -> None:
    monkeypatch.setattr("documenthor.webhooks.sending._SECONDS", 0.5)
    receiver.statuses, receiver.body, receiver.drip = [200], body, drip
    outbox.register(receiver)
    outbox.announce(finished())
    assert outbox.deliver() == 1
    (message,) = outbox.having(DeliveryState.PENDING)
    assert message.result == result


def test_another_tenants_endpoint_cannot_be_touched(outbox: Outbox, receiver: Receiver) -> None:
    endpoint = outbox.register(receiver)
    for act in (webhooks.remove, webhooks.enable):
        with pytest.raises(WebhookError, match="no endpoint"):
            act(outbox.database, tenant="other", endpoint_id=endpoint)


def test_an_address_is_registered_once_and_events_are_known(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    with pytest.raises(WebhookError, match="already"):
        outbox.register(receiver)
    with Receiver() as second, pytest.raises(WebhookError, match="job\\.finished, repository\\.finished"):
        outbox.register(second, "acme", "job.begun")
    with pytest.raises(AddressRefusedError):
        webhooks.add(
            outbox.database, outbox.sealer, tenant="acme", url="http://example.com", now=outbox.clock()
        )


def test_every_attempt_is_measured_by_what_came_of_it(outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver)
    outbox.announce(finished())
    receiver.statuses = [500, 204]
    outbox.deliver()
    outbox.later(seconds=PAUSES[0].total_seconds() + 1)
    outbox.announce(finished("job-2"))
    receiver.statuses = [410]
    outbox.deliver()
    told = [
        (value, labels["tenant"], labels["result"])
        for value, labels in outbox.measured.of("webhook_attempts")
    ]
    assert told == [(1, "acme", "failed"), (1, "acme", "delivered"), (1, "acme", "dead")]
