"""Bodies that change what they send: a field that is absent stays, null clears a field that may be null."""

from types import NoneType
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BeforeValidator, GetCoreSchemaHandler

from plumbing.schemas import Body

T = TypeVar("T")


def _not_null(value: Any) -> Any:
    if value is None:
        raise ValueError("must not be null; leave it out to keep it as it is")
    return value


class _NotNull:
    """Of a type that may be None only the other half is checked and described: by its own name in the pointers."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        inner: Any = next(one for one in get_args(source) if one is not NoneType)
        return handler.generate_schema(Annotated[inner, BeforeValidator(_not_null)])


Sent = Annotated[T | None, _NotNull()]
"""A field of a change that may be absent (then it is None here) and must not be null."""


class ChangesBody(Body):
    """Only what was sent counts."""

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}
