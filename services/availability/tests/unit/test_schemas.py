"""What JSON is accepted: ranges, defaults, and what null means."""

from typing import Any

import pytest
from pydantic import ValidationError

from availability.schemas.hours import HoursIn
from availability.schemas.services import NewService, ServiceChanges
from availability.schemas.staff import NewStaffMember, StaffChanges

from ..make import NINE_TO_FIVE, a_service


def refused_at(kind: Any, body: dict[str, Any]) -> list[str]:
    """Where the body is refused."""
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(body)
    return ["/".join(map(str, error["loc"])) for error in refused.value.errors()]


def test_a_service_needs_only_a_name_a_duration_and_a_price():
    fields = NewService.model_validate(a_service()).fields()
    assert fields["slot_interval_minutes"] == 15
    assert fields["max_advance_days"] == 60
    assert fields["min_notice_minutes"] == fields["buffer_before_minutes"] == fields["buffer_after_minutes"] == 0
    assert fields["capacity"] == 1
    assert fields["deposit"].kind == "none"
    assert fields["staff_ids"] == fields["resource_needs"] == []
    assert fields["active"] is True


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("durationMinutes", 5, 1440),
        ("bufferBeforeMinutes", 0, 480),
        ("bufferAfterMinutes", 0, 480),
        ("slotIntervalMinutes", 5, 240),
        ("minNoticeMinutes", 0, 525_600),
        ("maxAdvanceDays", 0, 730),
        ("capacity", 1, 500),
    ],
)
def test_numbers_keep_their_ranges_and_are_integers(field: str, least: int, most: int):
    for value in (least, most):
        NewService.model_validate(a_service(**{field: value}))
        ServiceChanges.model_validate({field: value})
    for value in (least - 1, most + 1, str(least), least + 0.5, True, None):
        assert refused_at(NewService, a_service(**{field: value})) == [field]
        assert refused_at(ServiceChanges, {field: value})[0].startswith(field)


@pytest.mark.parametrize(
    ("deposit", "where"),
    [
        ({"kind": "some"}, "deposit/kind"),
        ({"kind": "fixed"}, "deposit"),
        ({"kind": "percent"}, "deposit"),
        ({"kind": "percent", "percent": 0}, "deposit/percent"),
        ({"kind": "percent", "percent": 101}, "deposit/percent"),
        ({"kind": "full", "percent": 20}, "deposit/percent"),
        ({"kind": "none", "amount": {"amount": 1, "currency": "AED"}}, "deposit/amount"),
        ({"kind": "fixed", "amount": {"amount": 0, "currency": "AED"}}, "deposit/amount"),
        ({"kind": "fixed", "amount": {"amount": 1.5, "currency": "AED"}}, "deposit/amount/amount"),
    ],
)
def test_a_deposit_has_what_its_kind_needs_and_no_more(deposit: Any, where: str):
    assert where in refused_at(NewService, a_service(deposit=deposit))


@pytest.mark.parametrize(
    "body",
    [
        {"prize": 1},
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"description": "x" * 5001},
        {"color": "red"},
        {"price": {"amount": -1, "currency": "AED"}},
        {"price": {"amount": 1, "currency": "aed"}},
        {"price": {"amount": "1", "currency": "AED"}},
        {"staffIds": ["x"]},
        {"active": 1},
        {"resourceNeeds": [{"kind": "bed", "quantity": 0}]},
        {"resourceNeeds": [{"kind": "bed", "quantity": 1}, {"kind": "bed", "quantity": 2}]},
    ],
)
def test_what_a_service_cannot_be_is_refused_when_added_and_when_changed(body: dict[str, Any]):
    assert refused_at(NewService, a_service(**body))
    assert refused_at(ServiceChanges, body)


def test_only_what_is_sent_is_changed():
    assert ServiceChanges.model_validate({"name": " Yoga "}).fields() == {"name": "Yoga"}
    assert ServiceChanges.model_validate({}).fields() == {}


def test_null_clears_what_may_be_null_and_is_refused_elsewhere():
    assert ServiceChanges.model_validate({"category": None}).fields() == {"category": None}
    nulls = {"email": None, "phone": None, "title": None}
    assert StaffChanges.model_validate(nulls).changes() == nulls
    for field in ("name", "color", "price", "deposit", "staffIds", "resourceNeeds", "active"):
        assert refused_at(ServiceChanges, {field: None})
    for field in ("name", "color", "specializations", "active"):
        assert refused_at(StaffChanges, {field: None})


def test_contact_details_are_kept_in_one_form():
    member = NewStaffMember.model_validate({"name": "Mei", "email": "Mei@Example.COM", "phone": "+971 50 123 4567"})
    assert (member.email, member.phone) == ("mei@example.com", "+971501234567")
    assert refused_at(NewStaffMember, {"name": "Mei", "email": "nobody", "phone": "12"}) == ["email", "phone"]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"dayOfWeek": 0}, "dayOfWeek"),
        ({"dayOfWeek": 8}, "dayOfWeek"),
        ({"start": "9:00"}, "start"),
        ({"start": "24:00", "end": "24:00"}, "start"),
        ({"start": "17:00"}, "end"),
        ({"end": "08:00"}, "end"),
        ({"end": "24:01"}, "end"),
        ({"validFrom": "2026-02-30"}, "validFrom"),
        ({"validFrom": "2026-03-02", "validTo": "2026-03-01"}, "validTo"),
        ({"from": "x"}, "from"),
    ],
)
def test_a_block_that_makes_no_sense_is_refused(changed: dict[str, Any], where: str):
    assert refused_at(HoursIn, {"blocks": [NINE_TO_FIVE | changed]})[0] == f"blocks/0/{where}"


def test_a_block_may_last_until_midnight_and_one_date():
    body = {"blocks": [NINE_TO_FIVE | {"end": "24:00", "validFrom": "2026-03-02", "validTo": "2026-03-02"}]}
    (block,) = HoursIn.model_validate(body).blocks
    assert block.block().end == 1440
