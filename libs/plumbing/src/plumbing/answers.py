"""What is sent back for a request: bytes made once, so that they can be kept and sent again."""

from collections.abc import Mapping
from typing import Any, Self

import orjson
from pydantic import BaseModel
from starlette.responses import Response

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"


class Answer(Response):
    """A response whose body is already encoded; `fields` are its own headers, besides the usual ones."""

    def __init__(self, status: int, body: bytes, fields: Mapping[str, str], media_type: str | None = JSON) -> None:
        super().__init__(content=body, status_code=status, headers=dict(fields), media_type=media_type)
        self.fields = dict(fields)

    @classmethod
    def of(cls, body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Self:
        """Encode a model, a JSON-able value, or None for an empty body."""
        if body is None:
            return cls(status, b"", headers or {}, media_type=None)
        return cls(status, encode(body), headers or {})


def encode(body: Any) -> bytes:
    """JSON in UTF-8: a pydantic model by its own rules, all else by orjson."""
    return body.__pydantic_serializer__.to_json(body) if isinstance(body, BaseModel) else orjson.dumps(body)
