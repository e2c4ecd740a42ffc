"""What comes in to be imported, and what is said of it."""

from typing import Annotated, Any

from fastapi import UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from appointments.queries.imports import ImportDetails, ImportRow
from appointments.schemas.files.columns import ImportKind
from contracts.ids import StaffId
from contracts.offers import Allowance


def _file(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError("must be a file, in multipart/form-data")
    return value


File = Annotated[UploadFile, BeforeValidator(_file), WithJsonSchema({"type": "string", "format": "binary"})]
"""A file, as a part of a form."""


class NewImportForm(BaseModel):
    """A file, what it is about, and how it is to be taken.

    `allow`: what appointments may knowingly pass by. `staffId`: whose time off it is.
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", arbitrary_types_allowed=True)

    kind: ImportKind
    file: File
    allow: Annotated[list[Allowance], Field(max_length=10)] = []
    staff_id: StaffId | None = None


class ImportWithRows(ImportDetails):
    """An import and rows of it, a page or all of them."""

    rows: list[ImportRow]
    next_cursor: str | None = None
