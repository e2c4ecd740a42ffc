"""Which fields of a request name something, read from the OpenAPI documents of the services."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NAMES = re.compile(r"[a-z]Ids?$")
_PARAMETER = re.compile(r"{[^}]+}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names something: `place` is its pointer in the body, or `?` and its name in the query."""

    operation: str
    place: str

    def __str__(self) -> str:
        return f"{self.operation} {self.place}"

    @property
    def field(self) -> str:
        """Its name: of one thing, whether one is named or many."""
        return re.split(r"[/?]", self.place)[-1].removesuffix("s")

    @property
    def is_list(self) -> bool:
        """Whether it names many."""
        return self.place.endswith("s")


def references(document: dict[str, Any]) -> Iterator[Reference]:
    """All of them, in the document's order."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            name = f"{method.upper()} {_PARAMETER.sub('{}', path)}"
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query" and _NAMES.search(parameter["name"]):
                    yield Reference(name, f"?{parameter['name']}")
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield from (Reference(name, place) for place in _places(document, content["schema"]))


def _places(document: dict[str, Any], schema: dict[str, Any], at: str = "") -> Iterator[str]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _places(document, part, at)
    if "items" in schema:
        yield from _places(document, schema["items"], f"{at}/0")
    for name, inner in schema.get("properties", {}).items():
        if _NAMES.search(name):
            yield f"{at}/{name}"
        yield from _places(document, inner, f"{at}/{name}")
