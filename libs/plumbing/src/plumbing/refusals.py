"""Requests that cannot be accepted: what is wrong with which field, said in the names and words of the client."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

from plumbing.problems import BadRequest, FieldError, Invalid, NotFound, Problem
from plumbing.words import words

type Location = Sequence[str | int]


def refusal(error: RequestValidationError, route: object) -> Problem:
    """Every field that cannot be accepted, by JSON pointer; a body that is no JSON at all is a BadRequest.

    `route` is the request's: it tells how the fields of the body are called in JSON.
    """
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return BadRequest("The body is not valid JSON.")
    if any(item["loc"][0] == "path" for item in found):
        return NotFound()
    kind = _body_of(route)
    return Invalid([_field_error(item, error.body, kind) for item in found])


def _field_error(item: Mapping[str, Any], body: Any, kind: Any) -> FieldError:
    where: Location = item["loc"][1:]
    if item["loc"][0] != "body":
        return FieldError(pointer=_pointer(where), detail=words(item))
    if not where and item["type"] == "missing":
        return FieldError(pointer="", detail="must be a JSON object")
    return FieldError(pointer=_pointer(list(_names(where, body, kind, item["type"]))), detail=words(item))


def _names(where: Location, body: Any, kind: Any, what: str) -> Iterator[str | int]:
    """The way to a value, without the steps that are Python's: names of fields, and of the branches of a union."""
    models = _models(kind)
    for part in where:
        alias, inner = _field(models, part)
        if isinstance(body, Mapping) and (part in body or alias in body or alias is not None or what == "missing"):
            yield part if part in body or alias is None else alias
        elif isinstance(body, Sequence) and not isinstance(body, str) and isinstance(part, int):
            yield part
        else:
            continue
        body, models = _within(body, part, alias), inner


def _within(body: Any, part: str | int, alias: str | None) -> Any:
    if isinstance(body, Mapping):
        return body.get(part, body.get(alias))
    return body[part] if isinstance(part, int) and part < len(body) else None


def _field(models: Sequence[type[BaseModel]], part: str | int) -> tuple[str | None, Sequence[type[BaseModel]]]:
    """How the field is called in JSON, None when it is none; and what it may hold. A list is like its items."""
    if isinstance(part, int):
        return None, models
    for model in models:
        for name, field in model.model_fields.items():
            if part in {name, field.alias}:
                return field.alias or name, _models(field.annotation)
    return None, models


def _models(kind: Any) -> Sequence[type[BaseModel]]:
    """The models that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for part in get_args(kind) for model in _models(part)]


def _body_of(route: object) -> Any:
    field = getattr(route, "body_field", None)
    return None if field is None else field.field_info.annotation


def _pointer(where: Location) -> str:
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in where]
    return "/" + "/".join(parts) if parts else ""
