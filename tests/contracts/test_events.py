"""Every event arrives as it was told, has nothing undeclared, and is not undone by a field of tomorrow."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.appointments import ClaimsChanged
from contracts.envelope import Envelope, Event
from contracts.wire import Wire
from docs.generate.events import every_event

from .make import example, sent

EVENTS = every_event()
both = pytest.mark.parametrize("whole", [True, False], ids=["whole", "least"])
each = pytest.mark.parametrize("kind", EVENTS, ids=[kind.type for kind in EVENTS])


def test_every_event_has_its_own_type_and_version():
    assert len({(kind.type, kind.version) for kind in EVENTS}) == len(EVENTS)


@each
def test_a_type_is_a_noun_and_a_past_fact(kind: type[Event]):
    noun, _, fact = kind.type.partition(".")
    assert noun.replace("_", "").isalpha()
    assert fact.endswith("ed")


@each
@both
def test_an_event_arrives_as_it_was_told(kind: type[Event], whole: bool):
    told = example(kind, whole=whole)
    assert sent(told).open(kind) == told


@each
@both
def test_the_envelope_says_what_is_in_it(kind: type[Event], whole: bool):
    told = example(kind, whole=whole)
    envelope = sent(told)
    assert (envelope.type, envelope.subject) == (kind.type, told.subject)
    assert (envelope.businessid, envelope.revision) == (told.business_id, told.revision)
    assert envelope.routing_key == f"{kind.type}.{told.business_id}"
    assert envelope.dataschema == f"urn:sundial:{kind.type}:{kind.version}"


@each
def test_a_producer_cannot_tell_an_undeclared_field(kind: type[Event]):
    fields = example(kind).model_dump()
    with pytest.raises(ValidationError, match="Extra inputs"):
        kind(**fields, undeclared=1)


@each
def test_a_producer_cannot_tell_an_undeclared_field_of_a_shape_within(kind: type[Event]):
    told = example(kind)
    inner = [name for name in type(told).model_fields if isinstance(getattr(told, name), Wire)]
    for name in inner:
        fields = told.model_dump()
        fields[type(told).model_fields[name].alias or name]["undeclared"] = 1
        with pytest.raises(ValidationError, match="Extra inputs"):
            kind(**fields)


@each
@both
def test_a_consumer_ignores_fields_that_it_does_not_know(kind: type[Event], whole: bool):
    told = example(kind, whole=whole)
    newer = json.loads(sent(told).model_dump_json())
    newer["data"] = _with_more(newer["data"], untouched=("before",))
    assert Envelope.model_validate(newer, extra="ignore").open(kind) == told


@each
def test_instants_travel_in_utc_with_z(kind: type[Event]):
    assert "+04:00" not in sent(example(kind)).model_dump_json()


def test_an_owner_without_claims_takes_no_time():
    told = example(ClaimsChanged, whole=False)
    assert sent(told).open(ClaimsChanged).claims == []


def _with_more(value: Any, untouched: tuple[str, ...]) -> Any:
    """The same with a field of tomorrow in every object."""
    if isinstance(value, list):
        return [_with_more(item, untouched) for item in value]
    if not isinstance(value, dict):
        return value
    more = {name: item if name in untouched else _with_more(item, untouched) for name, item in value.items()}
    return {**more, "ofTomorrow": {"anything": [1]}}
