"""Examples of events, made from their schemas: with every field, or with those that are required."""

from datetime import UTC, datetime
from typing import Any

from contracts.envelope import Envelope, Event, Head
from contracts.ids import EventId, uuid7

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def example[E: Event](kind: type[E], *, whole: bool = True) -> E:
    """An event with every field, or with the required ones alone."""
    schema = kind.model_json_schema()
    return kind.model_validate(_value(schema, schema.get("$defs", {}), whole=whole))


def sent(event: Event) -> Envelope:
    """The event in its envelope, as a consumer reads it from the wire."""
    head = Head.of(event, event_id=EventId(uuid7()), at=AT)
    return Envelope.model_validate_json(head.around(event))


def _value(schema: dict[str, Any], shapes: dict[str, Any], *, whole: bool) -> Any:
    if "$ref" in schema:
        return _value(shapes[schema["$ref"].rsplit("/", 1)[-1]], shapes, whole=whole)
    if "anyOf" in schema:
        return _value(schema["anyOf"][0 if whole else -1], shapes, whole=whole)
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return _object(schema, shapes, whole=whole)
    if schema["type"] == "array":
        return [_value(schema["items"], shapes, whole=whole)] if whole else []
    return _plain(schema)


def _object(schema: dict[str, Any], shapes: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    fields = schema.get("properties", {"any": {"type": "string"}})
    wanted = fields if whole else schema.get("required", [])
    return {name: _value(fields[name], shapes, whole=whole) for name in wanted}


def _plain(schema: dict[str, Any]) -> Any:
    if schema["type"] == "string":
        formats = {"uuid": str(uuid7()), "date-time": "2026-11-24T13:30:00+04:00", "date": "2026-11-24", None: "text"}
        return "AED" if "pattern" in schema else formats[schema.get("format")]
    return {"integer": 30, "boolean": True, "null": None}[schema["type"]]
