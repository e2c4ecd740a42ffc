"""The calls of the product and what each takes, read from its own OpenAPI documents."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.e2e.operations import documents

type Kind = Literal["id", "instant", "date", "zone", "money", "number", "flag", "text", "list", "object"]

_PARAMETER = re.compile(r"{([^}]+)}")
_OPEN = ("/api/public/", "/api/webhooks/", "/api/feeds/{token}.ics", "/api/auth/", "/api/invitations/accept")
_BY_FORMAT: Mapping[str, Kind] = {"uuid": "id", "date-time": "instant", "date": "date"}
_BY_TYPE: Mapping[str, Kind] = {
    "integer": "number",
    "number": "number",
    "boolean": "flag",
    "string": "text",
    "array": "list",
    "object": "object",
}


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a call takes: its way from the outermost name in, and what it has to be.

    `is_strict` is False when something else than one kind may stand there.
    """

    way: tuple[str | int, ...]
    kind: Kind
    most: int | None = None
    is_strict: bool = True

    @property
    def pointer(self) -> str:
        """As a problem names it."""
        return "".join(f"/{name}" for name in self.way)


@dataclass(frozen=True, slots=True)
class Call:
    """One method of one path; `body` is the schema of its JSON, None when it takes none."""

    method: str
    path: str
    body: Any
    query: tuple[Field, ...]
    needs_key: bool
    schemas: Mapping[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> list[str]:
        """What is named in the path."""
        return _PARAMETER.findall(self.path)

    @property
    def is_open(self) -> bool:
        """Whether it asks nobody who they are."""
        return self.path.startswith(_OPEN)

    def fields(self) -> list[Field]:
        """All that its body may have."""
        return list(_fields(self.schemas, self.body, ())) if self.body else []

    def resolved(self, schema: Any) -> Any:
        """What a reference leads to."""
        return _resolved(self.schemas, schema)[0]


def calls() -> list[Call]:
    """All of the product."""
    return [call for document in documents() for call in _calls(document)]


def public_calls() -> list[Call]:
    """Those for strangers on booking pages, and those that own a link."""
    return [call for call in calls() if call.path.startswith("/api/public/")]


def _calls(document: Mapping[str, Any]) -> Iterator[Call]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            taken = told.get("parameters", ())
            content = told.get("requestBody", {}).get("content", {})
            query = (one for one in taken if one["in"] == "query")
            yield Call(
                method.upper(),
                path,
                content.get("application/json", {}).get("schema"),
                tuple(found for one in query for found in _fields(schemas, one["schema"], (one["name"],))),
                any(one["name"] == "Idempotency-Key" for one in taken),
                schemas,
            )


def _fields(schemas: Mapping[str, Any], schema: Any, way: tuple[str | int, ...]) -> Iterator[Field]:
    told, is_strict = _resolved(schemas, schema)
    kind = _kind(told, way)
    if way:
        yield Field(way, kind, told.get("maxLength"), is_strict)
    if kind == "money":
        return
    for name, inner in told.get("properties", {}).items():
        yield from _fields(schemas, inner, (*way, name))
    if kind == "list" and "items" in told:
        yield from _fields(schemas, told["items"], (*way, 0))


def _resolved(schemas: Mapping[str, Any], schema: Any) -> tuple[Any, bool]:
    """The schema that is meant, and whether nothing else is allowed, but for null."""
    if "$ref" in schema:
        return _resolved(schemas, schemas[schema["$ref"].rsplit("/", 1)[-1]])
    ways = [one for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())) if one.get("type") != "null"]
    if ways:
        found, is_strict = _resolved(schemas, ways[0])
        return found, is_strict and len(ways) == 1
    return schema, "type" in schema or "enum" in schema or "const" in schema


def _kind(told: Any, way: tuple[str | int, ...]) -> Kind:
    if {"amount", "currency"} == told.get("properties", {}).keys():
        return "money"
    if way and way[-1] == "timezone":
        return "zone"
    return _BY_FORMAT.get(told.get("format", "")) or _BY_TYPE[told.get("type", "string")]
