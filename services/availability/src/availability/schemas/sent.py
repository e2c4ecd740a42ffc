"""Bodies that change what they send: a field that is absent stays, null clears a field that may be null."""

from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator
from pydantic.json_schema import SkipJsonSchema

from plumbing.schemas import Body

T = TypeVar("T")


def _not_null(value: Any) -> Any:
    if value is None:
        raise ValueError("must not be null; leave it out to keep it as it is")
    return value


Sent = Annotated[T | SkipJsonSchema[None], BeforeValidator(_not_null)]
"""A field of a change that may be absent (then it is None here) and must not be null."""


class ChangesBody(Body):
    """Only what was sent counts."""

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}
