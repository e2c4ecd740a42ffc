"""What leaves the product, and whereto: only what is on the list, and only to what everybody can reach."""

import asyncio
import socket
import threading
from datetime import timedelta
from uuid import UUID

import pytest

from contracts.accounts import InvitationCreated
from contracts.booking import BookingCodeRequested
from contracts.ids import BusinessId, EventId, WebhookDeliveryId, WebhookEndpointId, uuid7
from notifications.clients.webhooks import Found, LookUp, WebhookClient
from notifications.domain.addresses import is_public
from notifications.domain.webhooks import OFFERED, WEBHOOK_LADDER, Delivery, DeliveryState, Endpoint
from notifications.use_cases.webhooks.edit_endpoint import new_secret
from plumbing.clock import utc_now

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1"),
    *("64:ff9b::a00:1", "2002:a00:1::", "255.255.255.255", "2001:db8::1", "::10.0.0.1", "fec0::1"),
]


class Names:
    """Resolves every name to these, and to others at the next question."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self, _host: str, port: int, *_: object, **__: object) -> Found:
        """The next answer."""
        self.asked += 1
        return [(socket.AF_INET, 0, 0, "", (each, port)) for each in self._answers.pop(0)]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_a_private_network_is_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_others_are_public(address: str):
    assert is_public(address)


async def posted(url: str, names: LookUp, *, loopback: bool = False) -> str | None:
    """Why a delivery was not taken."""
    now = utc_now()
    business_id, endpoint_id = BusinessId(uuid7()), WebhookEndpointId(uuid7())
    endpoint = Endpoint(
        business_id, endpoint_id, url, "", (), True, None, None, 0, None, new_secret(), None, None, now, 1
    )
    delivery = Delivery(
        *(business_id, WebhookDeliveryId(uuid7()), endpoint_id, EventId(UUID(int=1)), "webhook.test", "{}"),
        *(DeliveryState.WAITING, None, now, 1, now, None, None, None, now, 1),
    )
    client = WebhookClient(loopback=loopback, seconds=2, look_up=names)
    try:
        return (await client.post(endpoint, delivery, "{}")).reason
    finally:
        await client.close()


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["169.254.169.254"], ["1.1.1.1", "10.0.0.1"], ["::1"]])
async def test_a_name_that_leads_inside_is_refused_once_it_is_resolved(answer: list[str]):
    names = Names(answer)
    assert await posted("https://hooks.example.com/", names) == "privateAddress"
    assert names.asked == 1


@pytest.mark.parametrize(
    "url",
    [
        *("https://10.0.0.1/", "https://[::ffff:169.254.169.254]/", "http://example.com/"),
        *("https://2130706433/", "https://127.1/", "https://0x7f000001/"),
    ],
)
async def test_what_needs_no_resolving_is_looked_at_too(url: str):
    names = Names()
    assert await posted(url, names) == "privateAddress"
    assert names.asked == 0


async def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to():
    # A name that is asked for twice would be let through at first, and lead elsewhere then.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        assert await posted(f"http://rebinding.example.com:{port}/", names, loopback=True) == "noAnswer"
    assert names.asked == 1


async def test_slow_name_servers_hold_up_nobody_else():
    answers = threading.Event()

    def slow(_host: str, port: int, *_: object, **__: object) -> Found:
        answers.wait(30)
        return [(socket.AF_INET, 0, 0, "", ("10.0.0.1", port))]

    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(posted("https://slow.example.com/", slow)) for _ in range(64)]
        try:
            async with asyncio.timeout(5):
                await asyncio.to_thread(lambda: None)
                assert await posted("https://quick.example.com/", Names(["10.0.0.1"])) == "privateAddress"
        finally:
            answers.set()
    assert {each.result() for each in waiting} <= {"privateAddress", "timeout"}


def test_what_carries_secrets_is_offered_to_nobody():
    assert not OFFERED & {InvitationCreated.type, BookingCodeRequested.type}
    assert {
        *("appointment.created", "appointment.updated", "appointment.deleted", "waiting_list.offered"),
        *("payment.succeeded", "payment.failed", "payment.refunded"),
        *("business.changed", "staff.changed", "customer.erased", "message.failed"),
    } == OFFERED


def test_there_are_nine_more_tries_over_75_hours():
    assert len(WEBHOOK_LADDER) == 10
    assert timedelta(hours=75) < sum(WEBHOOK_LADDER, timedelta()) < timedelta(hours=76)
