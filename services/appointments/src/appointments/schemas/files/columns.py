"""The columns of files: what each kind of import understands, and under which names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ImportKind(StrEnum):
    """What a file is about."""

    SERVICES = "services"
    STAFF = "staff"
    CUSTOMERS = "customers"
    APPOINTMENTS = "appointments"
    TIME_OFF = "timeOff"


@dataclass(frozen=True, slots=True)
class Columns:
    """Column to the names under which it is known besides its own; of each of `needed` one has to be there."""

    names: Mapping[str, Sequence[str]]
    needed: Sequence[Sequence[str]]

    def named(self, header: str) -> str | None:
        """The column that a header means; None for one that is not understood."""
        wanted = _plain(header)
        return next((name for name in self.names if wanted in {_plain(one) for one in (name, *self.names[name])}), None)


_NAME = ("full name",)
_EMAIL = ("email address", "e-mail", "mail")
_PHONE = ("phone number", "telephone", "mobile", "mobile number", "cell")
_NOTES = ("note", "comment", "comments")

COLUMNS: Mapping[ImportKind, Columns] = {
    ImportKind.SERVICES: Columns(
        {
            "id": ("service id",),
            "name": ("service", "service name", "title"),
            "description": (),
            "category": ("group",),
            "color": ("colour",),
            "durationMinutes": ("duration", "minutes", "length", "duration (min)"),
            "bufferBeforeMinutes": ("buffer before",),
            "bufferAfterMinutes": ("buffer after", "buffer"),
            "slotIntervalMinutes": ("slot interval", "interval"),
            "price": ("amount", "cost"),
            "currency": (),
            "deposit": (),
            "minNoticeMinutes": ("minimum notice", "notice"),
            "maxAdvanceDays": ("maximum advance", "advance days"),
            "capacity": ("seats",),
            "staff": ("staff members", "employees", "staff ids"),
            "active": ("enabled",),
        },
        [("name", "id")],
    ),
    ImportKind.STAFF: Columns(
        {
            "id": ("staff id",),
            "name": (*_NAME, "staff", "staff name", "employee"),
            "email": _EMAIL,
            "phone": _PHONE,
            "color": ("colour",),
            "title": ("job title", "position"),
            "specializations": ("specialisations", "skills"),
            "active": ("enabled",),
        },
        [("name", "id")],
    ),
    ImportKind.CUSTOMERS: Columns(
        {
            "id": ("customer id", "client id"),
            "name": (*_NAME, "customer", "customer name", "client", "client name"),
            "email": _EMAIL,
            "phone": _PHONE,
            "locale": ("language",),
            "notes": _NOTES,
            "blocked": (),
        },
        [("name",)],
    ),
    ImportKind.APPOINTMENTS: Columns(
        {
            "id": ("appointment id",),
            "start": ("start time", "starts", "begins", "from"),
            "end": ("end time", "ends", "until", "to"),
            "date": ("day", "start date"),
            "time": ("hour",),
            "durationMinutes": ("duration", "minutes", "length", "duration (min)"),
            "service": ("service name", "treatment"),
            "serviceId": (),
            "staff": ("staff name", "staff member", "employee", "with"),
            "staffId": (),
            "customer": ("customer name", "client", "client name", "name"),
            "customerId": ("client id",),
            "email": (*_EMAIL, "customer email", "client email"),
            "phone": (*_PHONE, "customer phone", "client phone"),
            "status": ("state",),
            "notes": _NOTES,
        },
        [("start", "date"), ("service", "serviceId")],
    ),
    ImportKind.TIME_OFF: Columns(
        {
            "staff": ("staff name", "staff member", "employee", "name"),
            "staffId": (),
            "start": ("start time", "starts", "begins", "from", "start date"),
            "end": ("end time", "ends", "until", "to", "end date"),
            "reason": ("title", "summary", *_NOTES),
        },
        [("start",), ("end",)],
    ),
}


def _plain(header: str) -> str:
    """Letters and digits alone: `Start time`, `start_time` and `startTime` are the same."""
    return "".join(character for character in header.casefold() if character.isalnum())
