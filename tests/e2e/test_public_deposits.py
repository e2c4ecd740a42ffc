"""Guests pay a deposit, or do not: the time and the money go together, whichever comes first."""

from typing import Any

import asyncpg
import pytest

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.guest import Guest, guest_of
from tests.e2e.owner import Owner, Reply, next_week

DEPOSIT = {"deposit": {"kind": "percent", "percent": 20}}
CARD = "4242424242424242"


async def pay(guest: Guest, made: Any, card: str = CARD) -> Any:
    """Do what the guest's browser would."""
    intent = made["payment"]["clientSecret"].split("_secret")[0]
    return await guest.send("POST", f"/dev/stripe/payment-intents/{intent}/pay", {"card": card})


async def until(guest: Guest, made: Any, status: str) -> Any:
    """The appointment, as soon as it has this status for its guest."""
    path = f"/api/public/bookings/{made['manageToken']}"

    async def look() -> Any:
        return (await guest.send("GET", path)).body

    return await eventually(look, until=lambda seen: seen["appointment"]["status"] == status, seconds=30)


async def ledger(guest: Guest, made: Any) -> dict[str, int]:
    """What happened to the money of an appointment: the sum of each kind of movement."""
    lines = await guest.owner.must("GET", "/api/payments", appointmentId=made["appointment"]["id"])
    found: dict[str, int] = {}
    for line in lines["items"]:
        if line["kind"] != "refunded" or line["status"] == "succeeded":
            found[line["kind"]] = found.get(line["kind"], 0) + line["amount"]["amount"]
    return found


async def test_what_is_paid_is_confirmed_and_taken(owner: Owner):
    guest = await guest_of(owner, service=DEPOSIT)
    made = await guest.booked(next_week())
    assert (made["appointment"]["status"], made["payment"]["amount"], made["payment"]["currency"]) == (
        "PENDING",
        3000,
        "AED",
    )
    assert (await guest.another().book(next_week())).code == "SlotTaken"
    assert (await pay(guest, made)).status == 200
    seen = await until(guest, made, "CONFIRMED")
    assert seen["appointment"]["expiresAt"] is None
    taken = await eventually(lambda: ledger(guest, made), until=lambda sums: "captured" in sums, seconds=30)
    assert taken["captured"] == 3000


async def test_on_a_manual_page_the_owner_still_confirms(owner: Owner):
    guest = await guest_of(owner, service=DEPOSIT, confirmation="manual")
    made = await guest.booked(next_week())
    await pay(guest, made)
    await eventually(lambda: ledger(guest, made), until=lambda sums: "captured" in sums, seconds=30)
    seen = await until(guest, made, "PENDING")
    assert seen["appointment"]["expiresAt"] is None


async def test_who_cancels_in_time_gets_everything_back(owner: Owner):
    guest = await guest_of(owner, service=DEPOSIT)
    made = await guest.booked(next_week())
    await pay(guest, made)
    await until(guest, made, "CONFIRMED")
    await eventually(lambda: ledger(guest, made), until=lambda sums: "captured" in sums, seconds=30)
    link = f"/api/public/bookings/{made['manageToken']}"
    assert (await guest.send("GET", link)).body["refundIfCancelledNow"] == {"amount": 3000, "currency": "AED"}
    assert (await guest.send("POST", f"{link}/cancel")).status == 200
    sums = await eventually(lambda: ledger(guest, made), until=lambda found: "refunded" in found, seconds=30)
    assert sums["captured"] == sums["refunded"] == 3000


async def test_who_cancels_before_paying_owes_nothing(owner: Owner):
    guest = await guest_of(owner, service=DEPOSIT)
    made = await guest.booked(next_week())
    assert (await guest.send("POST", f"/api/public/bookings/{made['manageToken']}/cancel")).status == 200
    await pay(guest, made)
    assert (await guest.another().book(next_week())).status == 201
    assert "captured" not in await ledger(guest, made)


async def test_who_pays_too_late_has_the_time_if_it_is_free_and_else_keeps_the_money(owner: Owner, product: Product):
    guest = await guest_of(owner, service=DEPOSIT)
    lucky, late = await guest.booked(next_week()), await guest.another().booked(next_week(14))
    sql = await asyncpg.connect(product.database_url("appointments", "admin"))
    for table in ("appointments", "claims"):
        past = f"UPDATE {table} SET expires_at = clock_timestamp() WHERE business_id = $1"  # names of ours
        await sql.execute(past, owner.business["id"])
    await sql.close()
    rivals = [await guest.another().booked(next_week(hour)) for hour in (9, 14)]
    await guest.send("POST", f"/api/public/bookings/{rivals[0]['manageToken']}/cancel")
    for made in (lucky, late):
        assert (await pay(guest, made)).status == 200
    await until(guest, lucky, "CONFIRMED")
    let_go = await eventually(lambda: ledger(guest, late), until=lambda sums: "cancelled" in sums, seconds=30)
    assert let_go == {"authorised": 3000, "cancelled": 3000}

    async def lost() -> Reply:
        return await guest.send("POST", f"/api/public/bookings/{late['manageToken']}/pay")

    reply = await eventually(lost, until=lambda seen: seen.code == "SlotTaken")
    assert (reply.status, len(reply.body["alternatives"])) == (409, 5)


async def test_what_the_business_cancels_is_paid_back(owner: Owner):
    guest = await guest_of(owner, service=DEPOSIT)
    made = await guest.booked(next_week())
    await pay(guest, made)
    await eventually(lambda: ledger(guest, made), until=lambda sums: "captured" in sums, seconds=30)
    await owner.must("PUT", f"/api/appointments/{made['appointment']['id']}/status", {"status": "CANCELLED"})

    async def asked() -> list[int]:
        lines = await owner.must("GET", "/api/payments", appointmentId=made["appointment"]["id"])
        return [line["amount"]["amount"] for line in lines["items"] if line["kind"] == "refunded"]

    assert await eventually(asked, seconds=30) == [3000]


@pytest.mark.parametrize("card", ["4000000000000002", "4000000000009995"])
async def test_who_is_declined_may_try_another_card(owner: Owner, card: str):
    guest = await guest_of(owner, service=DEPOSIT)
    made = await guest.booked(next_week())
    await pay(guest, made, card)
    assert (await guest.send("GET", f"/api/public/bookings/{made['manageToken']}")).body["appointment"][
        "status"
    ] == "PENDING"
    await pay(guest, made)
    await until(guest, made, "CONFIRMED")


async def test_the_same_key_is_the_same_payment(owner: Owner):
    guest = await guest_of(owner, service=DEPOSIT)
    first, again = [await guest.book(next_week(), key="one") for _ in range(2)]
    assert first.body["payment"] == again.body["payment"]
