"""The worked cases of scheduling.md, one test each, in its order."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.conflicts import Candidate, Kind, why_not
from scheduling.hours import Hours, open_intervals
from scheduling.service_rules import ResourceNeed
from scheduling.slots import find_slots

from .make import BERLIN, DUBAI, LONG_AGO, MONDAY, at, block, hours, interval, minutes, service, staff, unit, walls


def slots(asked, member, on=MONDAY, *, now=LONG_AGO, resources=(), last=None):
    return find_slots(asked, member, resources, first=on, last=last or on, now=now)


def slot_times(asked, member, on=MONDAY, **more):
    return walls(slots(asked, member, on, **more), member.hours.zone)


def test_an_hour_every_quarter_from_nine_to_twelve_has_nine_slots():
    found = slot_times(service(60, 15), staff(hours("09:00-12:00")))
    assert found == ["09:00", "09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45", "11:00"]


def test_a_claim_leaves_the_starts_that_end_before_or_begin_after_it():
    claims = [interval("2026-06-01 10:00", "2026-06-01 10:30", DUBAI)]
    found = slot_times(service(60, 15), staff(hours("09:00-12:00"), claims))
    assert found == ["09:00", "10:30", "10:45", "11:00"]


def test_buffers_of_the_candidate_keep_it_away_from_a_claim():
    claims = [interval("2026-06-01 10:00", "2026-06-01 10:30", DUBAI)]
    found = slot_times(service(60, 15, before=10, after=10), staff(hours("09:00-12:00"), claims))
    assert found == ["10:45", "11:00"]


def test_buffers_may_stick_out_of_hours():
    assert "09:00" in slot_times(service(60, 15, before=10, after=10), staff(hours("09:00-12:00")))


def test_the_grid_is_the_clock_and_not_the_start_of_the_block():
    assert slot_times(service(30, 30), staff(hours("09:10-10:00"))) == ["09:30"]


def test_an_appointment_may_span_two_blocks_that_meet_at_midnight():
    over_midnight = Hours(DUBAI, (block(1, "22:00-24:00"), block(2, "00:00-02:00")))
    found = slot_times(service(90, 30), staff(over_midnight), last=MONDAY + timedelta(days=1))
    assert found == ["22:00", "22:30", "23:00", "23:30", "00:00", "00:30"]


def test_a_night_without_an_hour_has_no_slot_in_the_gap():
    night, on = hours("01:00-04:00", zone=BERLIN), date(2026, 3, 29)
    assert slot_times(service(60, 60), staff(night), on) == ["01:00", "03:00"]
    assert [open_time.length for open_time in open_intervals(night, on, on)] == [minutes(120)]


def test_a_night_with_an_hour_twice_has_both():
    night, on = hours("01:00-04:00", zone=BERLIN), date(2026, 10, 25)
    assert slot_times(service(60, 60), staff(night), on) == ["01:00", "02:00", "02:00'", "03:00"]
    assert [open_time.length for open_time in open_intervals(night, on, on)] == [minutes(240)]


def test_the_grid_follows_an_offset_of_five_hours_and_three_quarters():
    assert slot_times(service(30, 30), staff(hours("09:00-10:30", zone="Asia/Kathmandu"))) == [
        "09:00",
        "09:30",
        "10:00",
    ]


@pytest.mark.parametrize(
    ("zone", "on", "expected"),
    [
        ("America/St_Johns", date(2026, 3, 8), ["01:00", "01:30", "03:00", "03:30"]),
        (
            "America/St_Johns",
            date(2026, 11, 1),
            ["01:00", "01:30", "01:00'", "01:30'", "02:00", "02:30", "03:00", "03:30"],
        ),
        # Half an hour is left out, then repeated.
        ("Australia/Lord_Howe", date(2026, 10, 4), ["01:00", "01:30", "02:30", "03:00", "03:30"]),
        ("Australia/Lord_Howe", date(2026, 4, 5), ["01:00", "01:30", "01:30'", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_zones_on_the_half_hour_shift_no_hour(zone, on, expected):
    assert slot_times(service(30, 30), staff(hours("01:00-04:00", zone=zone)), on) == expected


def test_a_guest_far_away_sees_the_same_instants_under_an_earlier_date():
    found = slots(service(60, 60), staff(hours("09:00-11:00", zone="Pacific/Kiritimati")))
    assert found == [at("2026-05-31 19:00"), at("2026-05-31 20:00")]
    assert [start.astimezone(ZoneInfo("Pacific/Pago_Pago")).date() for start in found] == [date(2026, 5, 31)] * 2


def test_the_third_on_two_units_finds_the_resource_busy():
    asked = service(60, 15, resource_needs=(ResourceNeed("reformer"),))
    taken = interval("2026-06-01 10:00", "2026-06-01 11:00", DUBAI)
    member, candidate = staff(hours("09:00-12:00")), Candidate.of(asked, at("2026-06-01 10:15", DUBAI))
    two, one = [unit(1, [taken]), unit(2, [taken])], [unit(1, [taken]), unit(2)]
    conflicts = why_not(candidate, service=asked, staff=member, resources=two, now=LONG_AGO)
    assert {conflict.kind for conflict in conflicts} == {Kind.RESOURCE_BUSY}
    assert why_not(candidate, service=asked, staff=member, resources=one, now=LONG_AGO) == []
    assert slot_times(asked, member, resources=two) == ["09:00", "11:00"]


def test_notice_moves_the_first_slot():
    asked = service(60, 15, min_notice=minutes(120))
    assert slot_times(asked, staff(hours("09:00-17:00")), now=at("2026-06-01 08:30", DUBAI))[0] == "10:30"


def test_a_horizon_of_nothing_is_today_only():
    found = slots(
        service(60, 60, max_advance_days=0),
        staff(hours("09:00-11:00")),
        now=at("2026-06-01 08:00", DUBAI),
        last=MONDAY + timedelta(days=5),
    )
    assert found == [at("2026-06-01 09:00", DUBAI), at("2026-06-01 10:00", DUBAI)]
