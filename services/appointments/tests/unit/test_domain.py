"""What an appointment may become, and which time it takes."""

from datetime import timedelta
from itertools import product

import pytest

from appointments.domain import (
    FINAL,
    NEXT,
    Editor,
    NotBookable,
    SlotTaken,
    StatusNotAllowed,
    Window,
    change_between,
    claims_of,
    local_start,
    refusal,
    refuse_transition,
    window_of,
)
from contracts.appointments import Change, Status
from contracts.ids import BusinessId, OwnerId, StaffId, uuid7
from contracts.offers import ConflictDetails
from plumbing.auth import Actor
from plumbing.problems import Invalid, NotAllowed

from ..make import an_appointment, at

ALLOWED = {
    ("PENDING", "CONFIRMED"),
    ("PENDING", "CANCELLED"),
    ("CONFIRMED", "CANCELLED"),
    ("CONFIRMED", "COMPLETED"),
    ("CONFIRMED", "NO_SHOW"),
    ("COMPLETED", "NO_SHOW"),
    ("NO_SHOW", "COMPLETED"),
}


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_only_the_transitions_of_the_contract_are_allowed(before: Status, after: Status):
    if before is after or (before, after) in ALLOWED:
        refuse_transition(before, after)
        return
    with pytest.raises(StatusNotAllowed) as refused:
        refuse_transition(before, after)
    assert refused.value.fields == {"from": before.value, "to": after.value}


def test_only_cancelling_is_final_for_good():
    assert {status for status in Status if not NEXT[status]} == {Status.CANCELLED}
    assert Status.CONFIRMED not in FINAL


@pytest.mark.parametrize(
    ("changed", "change"),
    [
        ({"notes": "x"}, Change.DETAILS),
        ({"end": at(11)}, Change.RESIZED),
        ({"start": at(8), "end": at(9)}, Change.RESCHEDULED),
        ({"staff_id": StaffId(uuid7()), "start": at(8)}, Change.REASSIGNED),
        ({"status": Status.CANCELLED, "start": at(8)}, Change.CANCELLED),
        ({"status": Status.NO_SHOW}, Change.NO_SHOW),
    ],
)
def test_a_change_has_the_name_of_what_weighs_most(changed: dict[str, object], change: Change):
    before = an_appointment()
    assert change_between(before, before.model_copy(update=changed)) is change


def test_a_window_has_the_buffers_around_it():
    window = window_of(an_appointment(buffer_before_minutes=10, buffer_after_minutes=15))
    assert (window.lower, window.upper) == (at(9) - timedelta(minutes=10), at(10) + timedelta(minutes=15))


def test_a_window_is_at_most_48_hours_long_with_its_buffers():
    def window(hours: int, before: int) -> Window:
        start = at(0)
        return Window(
            BusinessId(uuid7()),
            OwnerId(uuid7()),
            start,
            start + timedelta(hours=hours),
            timedelta(hours=before),
            timedelta(),
        )

    assert window(47, 1).upper
    with pytest.raises(Invalid):
        window(47, 2)


def test_every_status_but_cancelled_takes_the_staff_member_and_the_units():
    unit = uuid7()
    for status in Status:
        appointment = an_appointment(status=status, resource_ids=[unit])
        taken = {claim.bookable_id for claim in claims_of(appointment)}
        assert taken == (set() if status is Status.CANCELLED else {appointment.staff_id, unit})


def test_a_start_is_agreed_in_local_time():
    assert local_start(an_appointment(timezone="Asia/Kathmandu")) == at(14.75).replace(tzinfo=None)


def test_a_time_is_taken_only_when_every_conflict_is_somebody_elses_time():
    busy = ConflictDetails(kind="staffBusy", detail="x")
    closed = ConflictDetails(kind="outsideHours", detail="x")
    assert isinstance(refusal([busy, busy]), SlotTaken)
    assert isinstance(refusal([busy, closed]), NotBookable)


def test_staff_who_book_anybody_are_told_to_send_their_own_id():
    own = StaffId(uuid7())
    editor = Editor(Actor("user"), everybodys=False, staff_id=own)
    editor.refuse_others(own)
    with pytest.raises(NotAllowed, match=f"send your own staffId, which is {own}"):
        editor.refuse_others(None)
    with pytest.raises(NotAllowed, match="your own appointments only"):
        editor.refuse_others(StaffId(uuid7()))
