"""`events.md` and `events.schema.json`: what is told between services."""

import inspect
import json
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import contracts
from contracts.envelope import Envelope, Event
from docs.generate.markdown import code, page, table

SCHEMAS = "events.schema.json"

_INTRODUCTION = f"""\
Events go through the topic exchange `events` with the routing key `<type>.<businessId>`, in an envelope of CloudEvents
1.0: {", ".join(code(name) for name in Envelope.model_fields)}. `data` is one of the events below, `dataschema` is
`urn:sundial:<type>:<version>`, the trace is in the message header `traceparent`.

An event is a full snapshot of its subject at `revision`. It may arrive twice, or late: a consumer ignores an `id` that
it has seen, and a `revision` not newer than the one it keeps. Events of one subject keep their order.

Optional fields may be added. Anything else is a new version of the type, published beside the old one for a release;
`make contracts` and the tests refuse it otherwise. A producer refuses undeclared fields, a consumer ignores unknown
ones. The shapes in JSON Schema are in [{SCHEMAS}]({SCHEMAS}), all of this as AsyncAPI 3 is in
[asyncapi.json](asyncapi.json), and how to listen is in [consume our events](../how-to/consume-our-events.md)."""


def pages() -> dict[str, str]:
    """The catalogue and the schemas."""
    parts = [*map(_section, every_event()), "## Shapes", *_shapes()]
    return {"events.md": page("Events", _INTRODUCTION, *parts), SCHEMAS: json.dumps(schemas(), indent=2) + "\n"}


def every_event() -> list[type[Event]]:
    """Every event that can be told, by type and version."""
    for module in iter_modules(contracts.__path__, "contracts."):
        import_module(module.name)
    return sorted((kind for kind in _below(Event) if "type" in vars(kind)), key=lambda kind: (kind.type, kind.version))


def schemas() -> dict[str, Any]:
    """The JSON Schema of every event's `data`, by its `dataschema`."""
    return {f"urn:sundial:{kind.type}:{kind.version}": kind.model_json_schema() for kind in every_event()}


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("contracts."):
            yield child
            yield from _below(child)


def _section(kind: type[Event]) -> str:
    about = inspect.cleandoc(kind.__doc__ or "")
    subject = inspect.getdoc(inspect.getattr_static(kind, "subject").fget) or ""
    head = f"## {code(kind.type)}\n\n{about} From {kind.source}, version {kind.version}. Subject: {_lower(subject)}"
    return f"{head}\n\n{_fields(kind.model_json_schema())}"


def _shapes() -> list[str]:
    """What fields of events are made of, each once."""
    shapes = {name: shape for schema in schemas().values() for name, shape in schema.get("$defs", {}).items()}
    return [_shape(name, shape) for name, shape in sorted(shapes.items())]


def _shape(name: str, shape: dict[str, Any]) -> str:
    what = _fields(shape) if "properties" in shape else f"One of {', '.join(map(code, shape['enum']))}."
    return f"### {name}\n\n{' '.join(shape.get('description', '').split())}\n\n{what}"


def _fields(shape: dict[str, Any]) -> str:
    required = shape.get("required", [])
    rows = [
        (code(field), _type(what), "" if field in required else "optional")
        for field, what in shape["properties"].items()
    ]
    return table(("field", "type", ""), rows)


def _type(what: dict[str, Any]) -> str:
    """A type in words."""
    if "$ref" in what:
        name = what["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in what:
        return " or ".join(_type(each) for each in what["anyOf"])
    if what.get("type") == "array":
        return f"list of {_type(what['items'])}"
    if "enum" in what:
        return " or ".join(code(str(each)) for each in what["enum"])
    return what.get("format") or what.get("type", "any")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
