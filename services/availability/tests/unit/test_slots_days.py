"""Which dates an answer shows, and which starts lie on them."""

from datetime import UTC, date, datetime, timedelta

from availability.queries.slots_days import LAST_DATE, Dates, by_date


def hourly(first: str, hours: int) -> list[datetime]:
    """So many whole hours from an instant of UTC."""
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    return [start + timedelta(hours=hour) for hour in range(hours)]


def shown(zone: str, first: str, last: str) -> Dates:
    """The dates of a zone."""
    return Dates(zone, date.fromisoformat(first), date.fromisoformat(last))


def counts(starts: list[datetime], dates: Dates) -> dict[str, int]:
    """How many starts lie on each date."""
    return {str(on): len(found) for on, found in by_date(starts, dates)}


def test_starts_lie_on_the_dates_of_the_zone_that_is_shown():
    starts = hourly("2027-03-01T00:00", 24)
    assert counts(starts, shown("Asia/Dubai", "2027-03-01", "2027-03-02")) == {"2027-03-01": 20, "2027-03-02": 4}
    assert counts(starts, shown("America/New_York", "2027-02-28", "2027-03-01")) == {"2027-02-28": 5, "2027-03-01": 19}


def test_dates_without_starts_are_shown_empty():
    assert counts([], shown("Asia/Dubai", "2027-03-01", "2027-03-03")) == {
        "2027-03-01": 0,
        "2027-03-02": 0,
        "2027-03-03": 0,
    }


def test_starts_of_other_dates_are_left_out():
    assert counts(hourly("2027-03-01T00:00", 72), shown("UTC", "2027-03-02", "2027-03-02")) == {"2027-03-02": 24}


def test_a_day_is_as_long_as_its_night_was():
    starts = hourly("2026-01-01T00:00", 24 * 365)
    assert counts(starts, shown("Europe/Berlin", "2026-03-29", "2026-03-29")) == {"2026-03-29": 23}
    assert counts(starts, shown("Europe/Berlin", "2026-10-25", "2026-10-25")) == {"2026-10-25": 25}


def test_a_date_that_the_zone_skips_is_shown_empty():
    starts = hourly("2011-12-28T00:00", 96)
    assert counts(starts, shown("Pacific/Apia", "2011-12-29", "2011-12-31")) == {
        "2011-12-29": 24,
        "2011-12-30": 0,
        "2011-12-31": 24,
    }


def test_where_midnight_comes_twice_a_date_keeps_both_of_its_pieces():
    # At 00:01 the clocks of St. John's went back to 23:01 of the date before.
    starts = [datetime(2010, 11, 6, 2, 30, tzinfo=UTC) + timedelta(minutes=30 * half) for half in range(100)]
    (_, before), (_, after) = by_date(starts, shown("America/St_Johns", "2010-11-06", "2010-11-07"))
    assert [start.strftime("%H:%M") for start in before[-2:]] == ["02:00", "03:00"]
    assert [start.strftime("%H:%M") for start in after[:2]] == ["02:30", "03:30"]


def test_the_dates_of_a_guest_are_searched_among_those_of_the_business():
    guest = shown("Pacific/Pago_Pago", "2027-03-01", "2027-03-01")
    assert guest.seen_from("Pacific/Kiritimati") == shown("Pacific/Kiritimati", "2027-03-02", "2027-03-03")
    assert guest.seen_from("Pacific/Pago_Pago") is guest


def test_every_instant_of_the_guest_s_dates_is_searched():
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"):
        guest = shown(zone, "2026-04-04", "2026-04-06")
        searched = guest.seen_from("Europe/Berlin")
        starts = hourly("2026-04-01T00:00", 24 * 9)
        inside = [start for _, found in by_date(starts, guest) for start in found]
        assert set(inside) <= {start for _, found in by_date(starts, searched) for start in found}


def test_the_dates_that_follow_end_with_the_calendar():
    assert shown("UTC", "2027-03-01", "2027-03-03").following(7) == shown("UTC", "2027-03-04", "2027-03-10")
    last = Dates("UTC", LAST_DATE - timedelta(days=9), LAST_DATE - timedelta(days=2))
    assert last.following(7) == Dates("UTC", LAST_DATE - timedelta(days=1), LAST_DATE)
