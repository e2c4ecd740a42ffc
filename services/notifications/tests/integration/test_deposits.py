"""What becomes of a deposit is told to its guest; what the business has to look at, to the business."""

from datetime import timedelta
from typing import Any, Literal

import pytest

from contracts.appointments import AppointmentDetails, Source
from contracts.booking import PaymentDetails, PaymentFailed, PaymentRefunded, PaymentSucceeded
from contracts.ids import BookingId, DepositId, RefundId, uuid7
from contracts.money import Money
from plumbing.clock import utc_now

from ..make import Studio, an_appointment, created
from ..post import Post

FIFTY = Money(amount=5_000, currency="AED")


def deposit(appointment: AppointmentDetails, **changed: Any) -> dict[str, Any]:
    """What every event of a deposit says."""
    payment = PaymentDetails(
        id=DepositId(uuid7()),
        booking_id=BookingId(uuid7()),
        appointment_id=appointment.id,
        state="captured",
        amount=FIFTY,
        captured=FIFTY,
        refunded=Money(amount=0, currency="AED"),
    )
    return {"business_id": appointment.business_id, "revision": 2, "payment": payment, **changed}


@pytest.fixture
async def booked(studio: Studio) -> AppointmentDetails:
    await studio.known(revision=2, contact_email=f"studio-{studio.id}@example.com")
    await studio.must("PUT", "/api/notification-settings", {"muted": ["booked", "staffBooked"]})
    return await studio.books(source=Source.PUBLIC)


async def test_a_deposit_that_arrived_is_told_once(studio: Studio, post: Post, booked: AppointmentDetails):
    event = PaymentSucceeded(**deposit(booked))
    await studio.hear(event, event)
    await studio.send()
    [mail] = await post.to(booked.customer.email)
    assert mail["subject"] == "Deposit received: AED 50.00"


async def test_money_that_goes_back_is_told_by_its_amount(studio: Studio, post: Post, booked: AppointmentDetails):
    back = Money(amount=2_500, currency="AED")
    await studio.hear(PaymentRefunded(**deposit(booked, refund_id=RefundId(uuid7()), refund=back)))
    await studio.send()
    [mail] = await post.to(booked.customer.email)
    assert mail["subject"] == "Your deposit is on its way back: AED 25.00"


async def test_a_card_that_was_declined_may_be_followed_by_another(
    studio: Studio, post: Post, booked: AppointmentDetails
):
    until = utc_now() + timedelta(days=1)
    await studio.hear(PaymentFailed(**deposit(booked, reason="not_captured", payable_until=until)))
    await studio.send()
    [mail] = await post.to(booked.customer.email)
    assert "try again, or use another card" in mail["text"]


@pytest.mark.parametrize("reason", ["not_refunded", "disputed"])
async def test_what_a_guest_can_do_nothing_about_is_told_to_the_business(
    studio: Studio, post: Post, booked: AppointmentDetails, reason: Literal["not_refunded", "disputed"]
):
    await studio.hear(PaymentFailed(**deposit(booked, reason=reason)))
    await studio.send()
    assert await post.to(booked.customer.email) == []
    [mail] = await post.to(f"studio-{studio.id}@example.com")
    assert mail["subject"] == "Look at a payment: AED 50.00, Noor"


async def test_a_payment_of_what_was_not_heard_of_yet_is_told_later(studio: Studio, post: Post):
    late = an_appointment(studio.id)
    now = utc_now()
    await studio.hear(PaymentSucceeded(**deposit(late)))
    await studio.send(at=now)
    await studio.hear(created(late))
    await studio.send(at=now + timedelta(minutes=1))
    assert {each["subject"].split(":")[0] for each in await post.to(late.customer.email)} == {
        "Deposit received",
        "You are booked",
    }
