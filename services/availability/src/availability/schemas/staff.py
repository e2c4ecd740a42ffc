"""What JSON comes in about staff."""

from typing import Annotated, Any

from pydantic import Field

from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, Color, Email, Flag, Name, Phone, Word

DEFAULT_COLOR = "#2b6cb0"

Specializations = Annotated[list[Name], Field(max_length=50)]


class NewStaffMember(Body):
    """Somebody who can be booked."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    color: Color = DEFAULT_COLOR
    title: Word | None = None
    specializations: Specializations = []
    active: Flag = True

    def fields(self) -> dict[str, Any]:
        """All fields."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class StaffChanges(ChangesBody):
    """What is to be different. Null clears email, phone and title, and is refused for everything else."""

    name: Sent[Name] = None
    email: Email | None = None
    phone: Phone | None = None
    color: Sent[Color] = None
    title: Word | None = None
    specializations: Sent[Specializations] = None
    active: Sent[Flag] = None
