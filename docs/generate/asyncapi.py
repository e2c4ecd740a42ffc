"""`asyncapi.json`: every event in AsyncAPI 3: who sends it, by which exchange and routing key, and its shape."""

import inspect
import json
from importlib.metadata import version
from typing import Any

from contracts.envelope import Event, Head
from docs.generate.events import every_event
from docs.generate.merged import NameTwice
from plumbing.topology import EXCHANGE

CATALOGUE = "asyncapi.json"

Part = dict[str, Any]

_SHAPES = "#/components/schemas/"
_INTRODUCTION = """\
What Sundial's services tell each other, and anybody else who listens. Every event is a full snapshot of its subject at
a `revision`, may arrive twice or late, and may have more fields than are listed here: ignore an `id` that you have
seen, a `revision` that is not newer than yours, and fields that you do not know."""
_ADDRESSED = "The business that the event belongs to; bind with `*` in its place to hear of all."
_TRACE = "W3C Trace Context: the trace that the event belongs to. Absent where there is none."


def pages() -> dict[str, str]:
    """The catalogue."""
    return {CATALOGUE: json.dumps(catalogue(), indent=2, ensure_ascii=False) + "\n"}


def catalogue() -> Part:
    """The whole document."""
    events = every_event()
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Sundial events", "version": version("sundial-contracts"), "description": _INTRODUCTION},
        "defaultContentType": "application/json",
        "servers": {"rabbitmq": _SERVER},
        "channels": {kind.type: _channel(kind, [each for each in events if each.type == kind.type]) for kind in events},
        "operations": {f"{kind.source}.{kind.type}": _operation(kind) for kind in events},
        "components": {
            "messages": {_name(kind): _message(kind) for kind in events},
            "messageTraits": {"event": _EVENT},
            "schemas": _shapes(events),
        },
    }


_SERVER: Part = {
    "host": "rabbitmq:5672",
    "protocol": "amqp",
    "protocolVersion": "0-9-1",
    "description": "RabbitMQ, as `AMQP_URL` of the services names it. It is not reachable through the gateway.",
}

_EVENT: Part = {
    "contentType": "application/json",
    "headers": {"type": "object", "properties": {"traceparent": {"type": "string", "description": _TRACE}}},
}
"""What all messages have in common. Beside it, the AMQP property `message_id` is the `id`, and `type` the type."""


def _channel(kind: type[Event], versions: list[type[Event]]) -> Part:
    return {
        "address": f"{kind.type}.{{businessId}}",
        "title": kind.type,
        "messages": {_name(each): {"$ref": f"#/components/messages/{_name(each)}"} for each in versions},
        "parameters": {"businessId": {"description": _ADDRESSED}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False},
                "bindingVersion": "0.3.0",
            }
        },
    }


def _operation(kind: type[Event]) -> Part:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{kind.type}"},
        "summary": f"{kind.source} tells it.",
        "tags": [{"name": kind.source}],
        "bindings": {"amqp": {"deliveryMode": 2, "mandatory": True, "bindingVersion": "0.3.0"}},
    }


def _message(kind: type[Event]) -> Part:
    about = inspect.cleandoc(kind.__doc__ or "")
    return {
        "name": kind.type,
        "title": kind.__name__,
        "summary": about.partition("\n")[0],
        "description": about,
        "tags": [{"name": kind.source}],
        "payload": {"$ref": f"{_SHAPES}{_name(kind)}"},
        "bindings": {"amqp": {"messageType": kind.type, "bindingVersion": "0.3.0"}},
        "traits": [{"$ref": "#/components/messageTraits/event"}],
    }


def _shapes(events: list[type[Event]]) -> Part:
    """Every shape once: envelopes, events, and what their fields are made of."""
    found: Part = {}
    _add(found, "Envelope", Head.model_json_schema(ref_template=f"{_SHAPES}{{model}}"))
    for kind in events:
        found[_name(kind)] = _enveloped(kind)
        _add(found, kind.__name__, kind.model_json_schema(ref_template=f"{_SHAPES}{{model}}"))
    return dict(sorted(found.items()))


def _add(found: Part, name: str, schema: Part) -> None:
    """The shape, and those that it names. Raises NameTwice for two different ones of a name."""
    inner = schema.pop("$defs", {})
    for each, shape in {**inner, name: schema}.items():
        as_read = _open(shape)
        if found.setdefault(each, as_read) != as_read:
            raise NameTwice(each)


def _enveloped(kind: type[Event]) -> Part:
    """The envelope around an event: what it says of itself, and where the event is."""
    said = {"type": kind.type, "source": kind.source_name(), "dataschema": kind.schema_name()}
    return {
        "allOf": [
            {"$ref": f"{_SHAPES}Envelope"},
            {
                "type": "object",
                "properties": {
                    **{name: {"const": value} for name, value in said.items()},
                    "data": {"$ref": f"{_SHAPES}{kind.__name__}"},
                },
                "required": ["data"],
            },
        ]
    }


def _open(shape: Any) -> Any:
    """As a reader takes it: what a producer must not send today may be an optional field of tomorrow."""
    if isinstance(shape, dict):
        kept = {name: value for name, value in shape.items() if (name, value) != ("additionalProperties", False)}
        return {name: _open(value) for name, value in kept.items()}
    return [_open(value) for value in shape] if isinstance(shape, list) else shape


def _name(kind: type[Event]) -> str:
    """The name of a message: its type, and its version from the second on."""
    return kind.type if kind.version == 1 else f"{kind.type}.{kind.version}"
