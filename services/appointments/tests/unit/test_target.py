"""Where changes take an appointment."""

from datetime import timedelta

import pytest

from appointments.domain import StatusNotAllowed
from appointments.use_cases.update import Changes, Target, target_of
from contracts.appointments import Status
from contracts.ids import ServiceId, StaffId, uuid7
from plumbing.problems import Invalid

from ..make import an_appointment, at


def test_what_stays_where_it_is_needs_no_offer():
    appointment = an_appointment()
    assert target_of(appointment, Changes(notes="x", status=Status.CANCELLED)) is None
    assert target_of(appointment, Changes(start=at(9), end=at(10), staff_id=appointment.staff_id)) is None


def test_a_start_alone_keeps_the_length():
    appointment = an_appointment(end=at(9.75))
    target = target_of(appointment, Changes(start=at(12)))
    assert target == Target(appointment.service_id, appointment.staff_id, at(12), at(12.75))


def test_an_end_alone_resizes():
    appointment = an_appointment()
    assert target_of(appointment, Changes(end=at(11))) == Target(
        appointment.service_id, appointment.staff_id, at(9), at(11)
    )


def test_another_service_takes_its_own_duration_unless_an_end_is_sent():
    appointment, other = an_appointment(), ServiceId(uuid7())
    assert target_of(appointment, Changes(service_id=other)) == Target(other, appointment.staff_id, at(9), None)
    target = target_of(appointment, Changes(service_id=other, end=at(12)))
    assert target is not None
    assert target.end == at(12)


def test_somebody_else_can_take_it_over():
    appointment, other = an_appointment(), StaffId(uuid7())
    assert target_of(appointment, Changes(staff_id=other)) == Target(appointment.service_id, other, at(9), at(10))


@pytest.mark.parametrize("end", [at(9), at(8)])
def test_it_cannot_end_before_it_starts(end: object):
    with pytest.raises(Invalid):
        target_of(an_appointment(), Changes(end=end))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW])
def test_what_is_over_cannot_be_moved(status: Status):
    with pytest.raises(StatusNotAllowed) as refused:
        target_of(an_appointment(status=status), Changes(start=at(9) + timedelta(minutes=5)))
    assert refused.value.fields == {"from": status.value, "to": status.value}
