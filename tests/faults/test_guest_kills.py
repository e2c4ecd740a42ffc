"""kill -9 between any two steps of a guest's booking: the same key goes on from there, to one effect."""

from typing import Any

import pytest

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.guest import Guest, guest_of
from tests.e2e.owner import Owner, next_week
from tests.faults.dying import dying

DEPOSIT = {"deposit": {"kind": "fixed", "amount": {"amount": 5000, "currency": "AED"}}}
PLACES = [
    ("booking-public", "booking_public.after_received"),
    ("booking-public", "booking_public.after_hold"),
    ("booking-public", "booking_public.after_held"),
    ("booking-public", "booking_public.after_book"),
    ("booking-public", "booking_public.after_booked"),
    ("appointments", "appointments.after_hold"),
    ("appointments", "appointments.after_guest_booking"),
]
OF_PAYING = ["payment_stored", "payment_created", "booking_public.after_authorise"]
OF_PAID = ["booking_public.after_keep", "payment_captured", "booking_public.after_capture"]


@pytest.mark.parametrize(("service", "place"), PLACES)
async def test_a_booking_goes_on_where_its_process_died(
    breakable: Product, breakable_owner: Owner, service: str, place: str
):
    guest = await guest_of(breakable_owner)
    with dying(breakable.service(service), place) as dead:
        first = await guest.book(next_week(), key=place)
        assert first.status in {502, 503, 504}
        await dead()
    again = await guest.book(next_week(), key=place)
    assert (again.status, again.body["appointment"]["status"]) == (201, "CONFIRMED")
    [made] = await booked(guest)
    assert made["id"] == again.body["appointment"]["id"]


@pytest.mark.parametrize("place", OF_PAYING)
async def test_a_deposit_is_asked_for_once(breakable: Product, breakable_owner: Owner, place: str):
    guest = await guest_of(breakable_owner, service=DEPOSIT)
    with dying(breakable.service("booking-public"), place) as dead:
        assert (await guest.book(next_week(), key=place)).status in {502, 503, 504}
        await dead()
    again = await guest.book(next_week(), key=place)
    assert again.status == 201
    await pay(guest, again.body)
    await until_status(guest, "CONFIRMED")
    assert len(await booked(guest)) == 1


@pytest.mark.parametrize("place", OF_PAID)
async def test_what_is_paid_is_kept_and_taken_once(breakable: Product, breakable_owner: Owner, place: str):
    guest = await guest_of(breakable_owner, service=DEPOSIT)
    with dying(breakable.service("booking-public"), place) as dead:
        made = (await guest.book(next_week())).body
        await pay(guest, made)
        await dead()
    await until_status(guest, "CONFIRMED")
    await eventually(lambda: taken(guest, made), until=lambda amounts: amounts == [5000], seconds=90)


async def booked(guest: Guest) -> list[Any]:
    """What is booked and not cancelled."""
    wanted = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(0, day=1).isoformat()}
    return (await guest.owner.must("GET", "/api/appointments", **wanted))["items"]


async def until_status(guest: Guest, status: str) -> None:
    """Wait until the appointment has it."""

    async def statuses() -> list[str]:
        return [made["status"] for made in await booked(guest)]

    await eventually(statuses, until=lambda seen: seen == [status], seconds=90)


async def pay(guest: Guest, made: Any) -> None:
    """Do what the guest's browser would."""
    intent = made["payment"]["clientSecret"].split("_secret")[0]
    path = f"/dev/stripe/payment-intents/{intent}/pay"
    reply = await guest.send("POST", path, {"card": "4242424242424242"})
    assert reply.status == 200, reply.body


async def taken(guest: Guest, made: Any) -> list[int]:
    """The amounts that were captured for the appointment."""
    query = {"appointmentId": made["appointment"]["id"]}
    lines = (await guest.owner.must("GET", "/api/payments", **query))["items"]
    return [line["amount"]["amount"] for line in lines if line["kind"] == "captured"]
