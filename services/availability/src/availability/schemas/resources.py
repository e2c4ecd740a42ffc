"""What JSON comes in about rooms and machines."""

from typing import Any

from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, Flag, Name


class NewResource(Body):
    """One unit. Services need so many units of a `kind`, whichever they are."""

    name: Name
    kind: Name
    active: Flag = True

    def fields(self) -> dict[str, Any]:
        """All fields."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class ResourceChanges(ChangesBody):
    """What is to be different. Null is refused."""

    name: Sent[Name] = None
    kind: Sent[Name] = None
    active: Sent[Flag] = None
