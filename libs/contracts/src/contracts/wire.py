"""The base of everything that travels as JSON: camelCase keys, UTC instants with `Z`, no undeclared field."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel


def rfc3339(instant: datetime) -> str:
    """`2026-11-24T09:00:00Z`; fractions of a second only where there are any."""
    in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return in_utc.isoformat().removesuffix("+00:00") + "Z"


Instant = Annotated[AwareDatetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]
"""A moment. Read with any offset (never without one), written in UTC with `Z`."""


class Wire(BaseModel):
    """A frozen value on the wire. Producers refuse undeclared fields; consumers parse with `extra="ignore"`."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
    )
