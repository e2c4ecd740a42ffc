"""Fields of a request refuse what a database or a calendar cannot hold."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from plumbing.schemas import Body, Color, Count, Flag, LocalDate, LocalTime, Name, Text, When, WhenAsked


def accepts(kind, value) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("value", ["2026-11-24T09:00:00Z", "2026-11-24T09:00:00+04:00", "2026-11-24T09:00:00.5-03:30"])
def test_instants_with_an_offset_are_accepted(value):
    assert accepts(When, value)


def test_an_instant_is_kept_in_utc():
    kept = TypeAdapter(When).validate_python("2026-11-24T01:00:00+04:00")
    assert (kept, kept.tzinfo) == (datetime(2026, 11, 23, 21, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-24T09:00:00",
        "2026-11-24",
        1_700_000_000,
        "1700000000",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "2026-02-30T09:00:00Z",
        None,
        True,
        "2026-11-24 09:00:00Z",
        "",
    ],
)
def test_anything_else_is_no_instant(value):
    assert not accepts(When, value)


def test_a_plus_that_a_query_has_lost_is_found_again():
    kept = TypeAdapter(WhenAsked).validate_python("2026-11-24T09:00:00 04:00")
    assert kept == datetime(2026, 11, 24, 5, tzinfo=UTC)
    assert accepts(WhenAsked, "2026-11-24T09:00:00-04:00")
    assert not accepts(WhenAsked, "2026-11-24 09:00:00+04:00")
    assert not accepts(When, "2026-11-24T09:00:00 04:00")


@pytest.mark.parametrize("value", ["", "   ", "x" * 201, "a\x00b", 7, None])
def test_names_are_1_to_200_characters_without_nul(value):
    assert not accepts(Name, value)


def test_names_lose_the_space_around_them():
    assert TypeAdapter(Name).validate_python("  نور ") == "نور"


def test_texts_hold_5000_characters():
    assert accepts(Text, "x" * 5000)
    assert not accepts(Text, "x" * 5001)


@pytest.mark.parametrize("value", ["5", 5.0, True, None])
def test_counts_are_integers_and_nothing_that_looks_like_one(value):
    assert not accepts(Count, value)


@pytest.mark.parametrize("value", ["true", 1, 0, None])
def test_flags_are_booleans(value):
    assert not accepts(Flag, value)


@pytest.mark.parametrize("value", ["2026-13-01", "2026-11-24T00:00:00Z", 20261124, "24.11.2026", "1999-12-31"])
def test_dates_are_local_dates_of_this_age(value):
    assert not accepts(LocalDate, value)


@pytest.mark.parametrize(("value", "fine"), [("00:00", True), ("24:00", True), ("24:01", False), ("9:00", False)])
def test_local_times_are_two_digits_each(value, fine):
    assert accepts(LocalTime, value) is fine


def test_colors_are_six_hex_digits():
    assert accepts(Color, "#2F855a")
    assert not accepts(Color, "red")


def test_a_body_refuses_fields_it_does_not_know():
    class Renamed(Body):
        full_name: Name

    assert Renamed.model_validate({"fullName": "A"}).full_name == "A"
    with pytest.raises(ValidationError, match="Extra inputs"):
        Renamed.model_validate({"fullName": "A", "fulName": "B"})
