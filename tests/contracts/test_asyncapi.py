"""The catalogue of events is AsyncAPI 3, has every event, and describes what is really sent."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from contracts.envelope import Event
from docs.generate.asyncapi import catalogue
from docs.generate.events import every_event
from plumbing.topology import EXCHANGE

from .make import example, sent

SPECIFICATION = json.loads((Path(__file__).parent / "asyncapi-3.0.0.schema.json").read_text(encoding="utf-8"))
CATALOGUE = catalogue()
each = pytest.mark.parametrize("kind", every_event(), ids=lambda kind: kind.type)


def test_it_is_asyncapi_3():
    specification = jsonschema_rs.validator_for(SPECIFICATION)
    assert [f"{error.instance_path}: {error.message}" for error in specification.iter_errors(CATALOGUE)] == []
    another = deepcopy(CATALOGUE)
    another["operations"]["accounts.business.changed"]["action"] = "publish"
    assert not specification.is_valid(another)


@each
def test_every_event_has_its_producer_exchange_and_routing_key(kind: type[Event]):
    told, channel = example(kind), CATALOGUE["channels"][kind.type]
    operation = CATALOGUE["operations"][f"{kind.source}.{kind.type}"]
    assert operation["channel"] == {"$ref": f"#/channels/{kind.type}"}
    assert operation["tags"] == [{"name": kind.source}]
    assert channel["bindings"]["amqp"]["exchange"]["name"] == EXCHANGE
    assert channel["address"].replace("{businessId}", str(told.business_id)) == sent(told).routing_key


@each
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "least"])
def test_what_is_sent_has_the_described_shape_and_nothing_else_has(kind: type[Event], whole: bool):
    [message] = CATALOGUE["channels"][kind.type]["messages"].values()
    payload = _at(message["$ref"])["payload"]
    described = jsonschema_rs.validator_for({**payload, "components": CATALOGUE["components"]})
    told = json.loads(sent(example(kind, whole=whole)).model_dump_json())
    described.validate(told)
    described.validate({**told, "data": {**told["data"], "ofTomorrow": 1}})
    for wrong in ({**told, "type": "x"}, {**told, "source": "x"}, {**told, "data": {}}, {**told, "revision": "1"}):
        assert not described.is_valid(wrong)


def _at(reference: str) -> dict[str, Any]:
    found: Any = CATALOGUE
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found
