"""The stored shapes of events: an optional field may be added, and nothing else may happen to them."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from docs.generate.__main__ import FOLDER
from docs.generate.compatibility import ContractBroken, breaches, refuse_broken_contracts
from docs.generate.events import SCHEMAS, schemas

CREATED = "urn:sundial:appointment.created:1"
type Schema = dict[str, Any]
type Alter = Callable[[Schema], object]


def _details(schema: Schema) -> Schema:
    return schema["$defs"]["AppointmentDetails"]


ALLOWED: dict[str, Alter] = {
    "an optional field": lambda s: _details(s)["properties"].update(color={"type": "string", "default": ""}),
    "an optional field of the event": lambda s: s["properties"].update(by={"$ref": "#/$defs/By"}),
    "a shape that nobody had": lambda s: s["$defs"].update(By={"type": "object", "properties": {}}),
    "other words": lambda s: _details(s).update(description="An appointment, said better.", title="X"),
    "another default": lambda s: _details(s)["properties"]["seriesId"].update(default="none"),
    "another order": lambda s: _details(s)["required"].reverse(),
}

REFUSED: dict[str, Alter] = {
    "a field is gone": lambda s: _details(s)["properties"].pop("notes"),
    "a field is renamed": lambda s: _details(s)["properties"].update(note=_details(s)["properties"].pop("notes")),
    "a field has another type": lambda s: _details(s)["properties"]["notes"].update(type="integer"),
    "a field may be null now": lambda s: _details(s)["properties"].update(
        notes={"anyOf": [{"type": "string"}, {"type": "null"}]}
    ),
    "a field may not be null any more": lambda s: _details(s)["properties"].update(customerId={"type": "string"}),
    "a field is required now": lambda s: _details(s)["required"].append("seriesId"),
    "a field is optional now": lambda s: _details(s)["required"].remove("notes"),
    "a new field is required": lambda s: (
        _details(s)["properties"].update(color={"type": "string"}),
        _details(s)["required"].append("color"),
    ),
    "a value of an enumeration is new": lambda s: s["$defs"]["Status"]["enum"].append("LATE"),
    "a value of an enumeration is gone": lambda s: s["$defs"]["Status"]["enum"].pop(),
    "a value is bounded": lambda s: _details(s)["properties"]["notes"].update(maxLength=10),
    "a bound is another": lambda s: s["$defs"]["Money"]["properties"]["amount"].update(maximum=10**6),
    "a shape is gone": lambda s: s["$defs"].pop("Money"),
}


def test_no_event_has_become_another_than_the_stored_one():
    stored = json.loads((FOLDER / SCHEMAS).read_text(encoding="utf-8"))
    assert breaches(stored, schemas()) == []


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed(name: str):
    assert breaches(schemas(), _altered(ALLOWED[name])) == []


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str):
    assert breaches(schemas(), _altered(REFUSED[name])) != []


def test_an_event_that_is_told_no_more_is_refused():
    fewer = schemas()
    del fewer[CREATED]
    assert breaches(schemas(), fewer) == [f"{CREATED}: is gone"]


def test_a_new_version_beside_the_old_one_is_allowed():
    more = schemas()
    more["urn:sundial:appointment.created:2"] = {"type": "object", "properties": {}}
    assert breaches(schemas(), more) == []


def test_generating_does_not_overwrite_a_contract_with_a_broken_one(tmp_path: Path):
    stored = tmp_path / SCHEMAS
    stored.write_text(json.dumps(schemas()), encoding="utf-8")
    with pytest.raises(ContractBroken, match="notes: is gone"):
        refuse_broken_contracts(stored, json.dumps(_altered(REFUSED["a field is gone"])))


def _altered(alter: Alter) -> Schema:
    changed = deepcopy(schemas())
    alter(changed[CREATED])
    return changed
