"""What strangers send in any field of any call: refused in words, with nothing stored and no failure of ours."""

import pytest

from tests.e2e.hostile.calls import Call, Field, public_calls
from tests.e2e.hostile.ids import IN_PATHS
from tests.e2e.hostile.place import Place, all_of, changed
from tests.e2e.hostile.states import SMUGGLED
from tests.e2e.hostile.values import in_a_body, in_a_query
from tests.e2e.owner import next_week

CALLS = public_calls()
QUERIES = {"serviceId": "service_id", "staffId": "staff_id"}

with_a_body = pytest.mark.parametrize("call", [call for call in CALLS if call.body], ids=str)
with_a_query = pytest.mark.parametrize("call", [call for call in CALLS if call.query], ids=str)
every = pytest.mark.parametrize("call", CALLS, ids=str)


async def test_what_is_booked_is_noticed(place: Place):
    await place.guest.another().booked(next_week(3))
    assert set(await place.changed()) >= {
        "appointments.appointments",
        "appointments.claims",
        "booking-public.bookings",
    }
    await place.settled()


@with_a_body
async def test_a_valid_body_is_refused_for_nothing_in_it(place: Place, call: Call):
    """Or what is refused below would be refused for something else."""
    wrong = changed(place.valid(call), ("certainlyUnknown",), 1)
    answer = await place.send(call, place.where(call), wrong)
    assert [error["pointer"] for error in answer.body["errors"]] == ["/certainlyUnknown"], str(answer)


@with_a_body
async def test_every_field_refuses_what_is_none_of_its_kind(place: Place, call: Call):
    tried = [(field, value) for field in call.fields() for value in in_a_body(field)]
    body, path = place.valid(call), place.where(call)
    answers = await all_of([place.send(call, path, changed(body, field.way, value)) for field, value in tried])
    for (field, value), answer in zip(tried, answers, strict=True):
        assert answer.is_refusal, (field, str(value)[:80], str(answer))
        assert answer.status == 422, (field, str(value)[:80], str(answer))
        assert _names(answer.body["errors"], field), (field, str(value)[:80], str(answer))
    assert len(tried) >= 10
    assert await place.changed() == []


@with_a_body
async def test_nothing_can_be_smuggled_in(place: Place, call: Call):
    body, path = place.valid(call), place.where(call)
    places = [()] + [field.way for field in call.fields() if field.kind == "object" and field.pointer != "/answers"]
    own = {field.way for field in call.fields()}
    tried = [(*way, name) for way in places for name in SMUGGLED if (*way, name) not in own]
    answers = await all_of([place.send(call, path, changed(body, way, SMUGGLED[str(way[-1])])) for way in tried])
    for way, answer in zip(tried, answers, strict=True):
        assert answer.status == 422, (way, str(answer))
        assert [error["pointer"] for error in answer.body["errors"]] == ["".join(f"/{name}" for name in way)]
    assert await place.changed() == []


@with_a_query
async def test_every_field_of_a_query_refuses_what_is_none_of_its_kind(place: Place, call: Call):
    path = place.where(call)
    valid = {"serviceId": place.guest.service_id, "date": next_week().date().isoformat()}
    assert (await place.send(call, path, query=valid)).status == 200
    tried = [(field, value) for field in call.query for value in in_a_query(field)]
    sent = [place.send(call, path, query={**valid, str(field.way[0]): value}) for field, value in tried]
    for (field, value), answer in zip(tried, await all_of(sent), strict=True):
        assert answer.is_refusal, (field, value[:80], str(answer))
    assert len(tried) >= 10
    assert await place.changed() == []


@every
async def test_what_names_nothing_in_an_address_is_not_found(place: Place, call: Call):
    tried = [{name: value} for name in call.names for value in IN_PATHS]
    sent = [place.send(call, place.where(call, **instead), place.valid(call)) for instead in tried]
    for instead, answer in zip(tried, await all_of(sent), strict=True):
        assert answer.is_refusal, (instead, str(answer))
        assert answer.status in {400, 404, 405, 422}, (instead, str(answer))
    assert await place.changed() == []


def _names(errors: list[dict[str, str]], field: Field) -> bool:
    """Whether all that is refused is the field, or in it."""
    return bool(errors) and all(error["pointer"].startswith(field.pointer) for error in errors)
