"""One OpenAPI document of all services, as the gateway shows it: only what can be reached from outside."""

import json
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]

_INTERNAL = "/internal/"


class NameTwice(Exception):
    """Two services give one name to two different things."""


def merge(documents: Mapping[str, Document], *, version: str) -> Document:
    """Raises NameTwice for a path, or for a schema that is not the same in both services."""
    paths: Document = {}
    schemas: Document = {}
    for document in documents.values():
        _add(paths, {path: item for path, item in document["paths"].items() if not path.startswith(_INTERNAL)})
        _add(schemas, document["components"]["schemas"])
    used = _reachable(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sundial", "summary": "Calendar and booking that cannot double-book.", "version": version},
        "paths": paths,
        "components": {"schemas": {name: schema for name, schema in schemas.items() if name in used}},
    }


def _add(known: Document, more: Document) -> None:
    for name, value in more.items():
        if known.setdefault(name, value) != value:
            raise NameTwice(name)


def _reachable(paths: Document, schemas: Document) -> set[str]:
    """The schemas that the paths speak of, directly or not."""
    found: set[str] = set()
    waiting: list[Any] = [paths]
    while waiting:
        for name in _named(waiting.pop()) - found:
            found.add(name)
            waiting.append(schemas[name])
    return found


def _named(value: Any) -> set[str]:
    text = json.dumps(value)
    start = '"#/components/schemas/'
    return {part.partition('"')[0] for part in text.split(start)[1:]}
