"""What the product answers to, read from its own OpenAPI document."""

import re
from dataclasses import dataclass
from typing import Any

from docs.generate.openapi import SERVICES, application

_METHODS = ("get", "post", "put", "delete", "patch")
_PARAMETER = re.compile(r"{[^}]+}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; `path` has `{}` where an id stands."""

    method: str
    path: str
    responses: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_public(self) -> bool:
        """Whether it is for strangers, who show no sign-in but name a page, a secret or a signature."""
        return self.path.startswith(("/api/public/", "/api/webhooks/", "/api/feeds/{}.ics"))

    @property
    def names_something(self) -> bool:
        """Whether there is the id of something in the path that belongs to a business."""
        return "{}" in self.path and not self.is_public


def documents() -> list[dict[str, Any]]:
    """The OpenAPI document of each service as it is now, without what other services ask."""
    read = [application(service).openapi() for service in SERVICES]
    for document in read:
        document["paths"] = {path: item for path, item in document["paths"].items() if not _is_internal(path)}
    return read


def _is_internal(path: str) -> bool:
    return path.startswith("/internal/")


def operations(document: dict[str, Any]) -> list[Operation]:
    """All of them, in the document's order."""
    return [
        Operation(method.upper(), _PARAMETER.sub("{}", path), frozenset(item[method]["responses"]))
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
    ]
