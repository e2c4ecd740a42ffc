"""When a message is true no more, by what is known of its appointment."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.appointments import Status
from contracts.ids import BusinessId, MessageId, uuid7
from notifications.domain import Audience, Channel, Kind, KnownAppointment, Message
from notifications.domain.messages import untrue

from ..make import an_appointment, at

START = at("2026-11-24T09:00")
PENDING, CONFIRMED, CANCELLED = Status.PENDING, Status.CONFIRMED, Status.CANCELLED


def of(kind: Kind) -> Message:
    """One that was planned for an appointment at that time."""
    whose = {"business_id": BusinessId(uuid4()), "id": MessageId(uuid7()), "start_at": START}
    reached = {"channel": Channel.EMAIL, "audience": Audience.GUEST}
    return Message(kind=kind, due_at=START, expires_at=START, **reached, **whose)


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        (Kind.BOOKED, PENDING, None),
        (Kind.BOOKED, CANCELLED, "cancelled"),
        (Kind.REMINDER, Status.NO_SHOW, "cancelled"),
        (Kind.CONFIRMED, CONFIRMED, None),
        (Kind.CONFIRMED, PENDING, "notConfirmed"),
        (Kind.WAITING_LIST_OFFER, PENDING, "accepted"),  # as nothing is said of when the offer ends
        (Kind.CANCELLED, CANCELLED, None),
        (Kind.CANCELLED, CONFIRMED, "takesPlace"),
        (Kind.DEPOSIT_PAID, CANCELLED, None),
    ],
)
def test_a_message_is_true_of_an_appointment_in_some_states(kind: Kind, status: Status, reason: str | None):
    known = KnownAppointment(an_appointment(BusinessId(uuid4()), start=START, status=status), deleted=False)
    assert untrue(of(kind), known) == reason


def test_an_offer_is_true_until_it_is_accepted():
    offered = {"status": PENDING, "expires_at": START - timedelta(hours=1)}
    known = KnownAppointment(an_appointment(BusinessId(uuid4()), start=START, **offered), deleted=False)
    assert untrue(of(Kind.WAITING_LIST_OFFER), known) is None


def test_what_tells_of_another_time_is_true_no_more():
    later = KnownAppointment(an_appointment(BusinessId(uuid4()), start=START + timedelta(hours=1)), deleted=False)
    assert untrue(of(Kind.BOOKED), later) == "moved"


def test_what_was_deleted_does_not_take_place():
    gone = KnownAppointment(an_appointment(BusinessId(uuid4()), start=START), deleted=True)
    assert (untrue(of(Kind.REMINDER), gone), untrue(of(Kind.STAFF_CANCELLED), gone)) == ("cancelled", None)


@pytest.mark.parametrize("kind", [Kind.BOOKED, Kind.CANCELLED])
def test_what_was_not_heard_of_yet_makes_nothing_untrue(kind: Kind):
    assert untrue(of(kind), None) is None
