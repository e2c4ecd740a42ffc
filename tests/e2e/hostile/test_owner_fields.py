"""What is sent in any field of any call of the owner's side: refused in words, and nothing stored.

All fields of a call are wrong at once, in one way after another: each has to be named.
"""

import pytest

from tests.e2e.hostile.calls import Call, Field, calls
from tests.e2e.hostile.place import Place, all_of, changed
from tests.e2e.hostile.states import SMUGGLED
from tests.e2e.hostile.values import in_a_body, in_a_query

NOWHERE = "01890000-0000-7000-8000-000000000000"
IN_PATHS = {"on": "2027-03-04", "kind": "booked", "channel": "sms", "locale": "en"}
CALLS = [call for call in calls() if not call.path.startswith(("/api/public/", "/api/webhooks/", "/api/feeds/{token}"))]
COMPARED = ("password", "currentPassword", "token")
"""Secrets: what nobody has is wrong, whatever it is made of."""

with_a_body = pytest.mark.parametrize("call", [call for call in CALLS if call.body], ids=str)
with_a_query = pytest.mark.parametrize("call", [call for call in CALLS if call.query], ids=str)


@with_a_body
async def test_every_field_refuses_what_is_none_of_its_kind(place: Place, call: Call):
    path = _where(call)
    outer = [field for field in call.fields() if in_a_body(field) and field.way[-1] not in COMPARED]
    wrongs = [_wrong(outer, number) for number in range(max(len(in_a_body(field)) for field in outer))]
    sent = [place.send(call, path, body, **_signed_in(place)) for body, _ in wrongs]
    for (body, pointers), answer in zip(wrongs, await all_of(sent), strict=True):
        assert (answer.status, answer.is_refusal) == (422, True), (str(body)[:300], str(answer))
        named = [error["pointer"] for error in answer.body["errors"]]
        missed = [one for one in pointers if not any(each == one or each.startswith(f"{one}/") for each in named)]
        assert not missed, (str(body)[:300], str(answer))
    assert await place.changed() == []


@with_a_body
async def test_nothing_can_be_smuggled_in(place: Place, call: Call):
    path = _where(call)
    own = {field.way[0] for field in call.fields()}
    extra = {name: value for name, value in SMUGGLED.items() if name not in own}
    answer = await place.send(call, path, extra, **_signed_in(place))
    assert answer.status == 422, str(answer)
    assert {error["pointer"] for error in answer.body["errors"]} >= {f"/{name}" for name in extra}
    assert await place.changed() == []


@with_a_query
async def test_every_field_of_a_query_refuses_what_is_none_of_its_kind(place: Place, call: Call):
    path = _where(call)
    tried = [(field, value) for field in call.query for value in in_a_query(field)]
    sent = [place.send(call, path, query={str(field.way[0]): value}, **_signed_in(place)) for field, value in tried]
    for (field, value), answer in zip(tried, await all_of(sent), strict=True):
        assert answer.is_refusal, (field, value[:80], str(answer))
    assert await place.changed() == []


def _where(call: Call) -> str:
    return call.path.format(**{name: IN_PATHS.get(name, NOWHERE) for name in call.names})


def _signed_in(place: Place) -> dict[str, str]:
    return {"Authorization": f"Bearer {place.owner.token}"}


def _wrong(fields: list[Field], number: int) -> tuple[object, list[str]]:
    """A body in which every field is wrong in the way of this number; with fields that are within it, it is not."""
    body, pointers = {}, list[str]()
    for field in fields:
        values = in_a_body(field)
        within = any(other.way[: len(field.way)] == field.way and other is not field for other in fields)
        if not within:
            body = changed(body, field.way, values[number % len(values)])
            pointers.append(field.pointer)
    return body, pointers
