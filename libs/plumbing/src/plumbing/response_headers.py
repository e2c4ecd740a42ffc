"""Which headers an answer has, in an OpenAPI document: read off what the paths say of each other."""

from typing import Any

_TEXT = {"type": "string"}
_ETAG = {"description": "The revision, to be sent as `If-Match` with a change.", "schema": _TEXT}
_LOCATION = {"description": "The path of what was made.", "schema": _TEXT}
_STALE = "412"


def describe(paths: dict[str, Any]) -> None:
    """Add `ETag` where a change of the same path may be stale, and `Location` where what is made can be read."""
    readable = {path.rsplit("/", 1)[0] for path, item in paths.items() if path.endswith("}") and "get" in item}
    for path, item in paths.items():
        if any(_STALE in operation["responses"] for operation in item.values()):
            for method in item.keys() & {"get", "put"}:
                _add(item[method], "200", "ETag", _ETAG)
        if "post" in item and path in readable:
            _add(item["post"], "201", "Location", _LOCATION)


def _add(operation: dict[str, Any], status: str, name: str, header: dict[str, Any]) -> None:
    if status in operation["responses"]:
        operation["responses"][status].setdefault("headers", {})[name] = header
