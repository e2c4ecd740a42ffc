"""`sundial dlq` on a real broker: it shows what failed, puts it back once, and throws away only what it is told to."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from contracts.appointments import ClaimsChanged
from contracts.ids import BusinessId, OwnerId, uuid7
from plumbing.arrivals import headers_of
from plumbing.broker import Broker
from plumbing.failures import ATTEMPTS, DETAIL, ERROR, FIRST_FAILED_AT, QUEUE
from plumbing.outbox import outbox_row
from plumbing.publisher import Outgoing, Publisher
from plumbing.topology import dead_letters_of, declare_exchange, declare_queue
from sundial.cli import app

SERVICE = "availability"
DEAD = dead_letters_of(SERVICE)


class Letters:
    """The dead letters of availability, and its queue."""

    def __init__(self, amqp_url: str) -> None:
        self.broker = Broker(amqp_url, name="test")
        self._publisher = Publisher(self.broker)

    async def declare(self) -> None:
        """The queues, empty."""
        channel = await self.broker.channel()
        await declare_exchange(channel)
        await declare_queue(channel, SERVICE, ["claims.changed"])

    async def add(self, **changed: Any) -> str:
        """A dead letter; its id."""
        event = ClaimsChanged(business_id=BusinessId(uuid7()), revision=1, owner_id=OwnerId(uuid7()), claims=[])
        row = outbox_row(event)
        headers = {
            "traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01",
            ATTEMPTS: 6,
            ERROR: "KeyError",
            DETAIL: "",
            FIRST_FAILED_AT: "2026-11-24T09:00:00Z",
            QUEUE: SERVICE,
        }
        fields: dict[str, Any] = {"body": row["body"].encode(), "type": event.type, "headers": headers, **changed}
        await self._publisher.publish(Outgoing("", DEAD, message_id=str(row["event_id"]), **fields))
        return str(row["event_id"])

    async def ids(self, queue: str) -> list[str]:
        """What lies in a queue, in its order."""
        return [message.header.properties.message_id or "" for message in await self.messages(queue)]

    async def messages(self, queue: str) -> list[Any]:
        """The messages of a queue, which stay in it."""
        channel = await self.broker.channel()
        found: list[Any] = []
        while (message := await channel.basic_get(queue)).delivery_tag:
            found.append(message)
        await channel.close()
        return found


@pytest.fixture
async def letters(new_virtual_host: Callable[[], str], monkeypatch: pytest.MonkeyPatch):
    """An empty broker, which the command is told of."""
    url = new_virtual_host()
    monkeypatch.setenv("AMQP_URL", url)
    made = Letters(url)
    await made.declare()
    yield made
    await made.broker.close()


async def run(*arguments: str) -> str:
    """What the command prints. It has an event loop of its own, so it runs in a thread."""
    result = await asyncio.to_thread(CliRunner(env={"COLUMNS": "200"}).invoke, app, ["dlq", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


async def test_listing_takes_nothing_away(letters: Letters):
    first, second = await letters.add(), await letters.add()
    for _ in range(3):
        listed = await run("list", "--queue", SERVICE)
        assert first in listed
        assert "KeyError" in listed
    assert await letters.ids(DEAD) == [first, second]


async def test_showing_hides_personal_data(letters: Letters):
    body = json.dumps({"data": {"customer": {"name": "Noor"}, "contactEmail": "noor@example.com"}}).encode()
    shown = await run("show", await letters.add(body=body))
    assert "Noor" not in shown
    assert "noor@" not in shown
    assert "a" * 32 in shown


async def test_a_replayed_letter_is_in_its_queue_as_it_was_before_it_failed(letters: Letters):
    message_id = await letters.add()
    assert "1 replayed" in await run("replay")
    [message] = await letters.messages(SERVICE)
    assert message.header.properties.message_id == message_id
    assert headers_of(message).keys() - {"x-delivery-count"} == {"traceparent"}
    assert await letters.ids(DEAD) == []


async def test_only_what_is_asked_for_is_replayed(letters: Letters):
    kept, wanted = await letters.add(), await letters.add(type="session.ended")
    assert "1 would be replayed" in await run("replay", "--type", "session.ended", "--dry-run")
    assert await letters.ids(DEAD) == [kept, wanted]
    await run("replay", "--type", "session.ended")
    assert await letters.ids(DEAD) == [kept]
    await run("replay", "--since", "2026-11-25T00:00:00")
    assert await letters.ids(DEAD) == [kept]
    await run("replay", kept, "--since", "2026-11-24T00:00:00")
    assert await letters.ids(SERVICE) == [wanted, kept]


async def test_discarding_needs_to_be_told_what(letters: Letters):
    message_id = await letters.add()
    refused = CliRunner().invoke(app, ["dlq", "discard"])
    assert refused.exit_code == 2
    assert await letters.ids(DEAD) == [message_id]
    assert "1 discarded" in await run("discard", message_id)
    assert await letters.ids(DEAD) == []


async def test_a_service_without_dead_letters_is_no_error(letters: Letters):
    assert "No dead letters." in await run("list")
