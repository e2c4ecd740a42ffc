"""What comes in as cells of a file about appointments, and what of it is kept until it is written."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import Field, TypeAdapter

from appointments.domain import LONGEST_CLAIM
from appointments.schemas.files.row import Cells, Unreadable, uuid_or_none
from appointments.use_cases.book import Booking
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.series.wall_time import instant_of, wall_of
from contracts.appointments import Status
from contracts.ids import BusinessId, CustomerId, ServiceId, StaffId
from contracts.imports import CatalogueAnswer, NamedService, NamedStaff
from contracts.offers import Allowance, OfferRequest
from contracts.wire import Wire
from plumbing.schemas import FIRST_YEAR, LAST_YEAR, Email, Name, Phone, Text, When

_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d{1,2}:\d\d)(:\d\d)?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap]m)?", re.ASCII)
_DONE = frozenset({Status.COMPLETED, Status.NO_SHOW})

_name, _email, _phone, _text, _when = (TypeAdapter[Any](kind) for kind in (Name, Email, Phone, Text, When))


class CustomerCells(Wire):
    """A customer, as a row of a file has them."""

    id: UUID | None = None
    name: Name
    email: Email | None = None
    phone: Phone | None = None


class AppointmentCells(Wire):
    """An appointment, as a row of a file has it, its names understood."""

    id: UUID | None = None
    service_id: ServiceId
    staff_id: StaffId | None = None
    start: When
    end: When | None = None
    customer_id: CustomerId | None = None
    customer: CustomerCells | None = None
    notes: Text = ""
    status: Status = Status.CONFIRMED
    allow: list[Allowance] = Field(default_factory=list[Allowance])

    @property
    def final(self) -> Status | None:
        """What it becomes once it is booked, when it is over already."""
        return self.status if self.status in _DONE else None

    @property
    def booking(self) -> Booking:
        """What is booked besides the time."""
        who = self.customer and NewCustomer(self.customer.name, self.customer.email, self.customer.phone)
        return Booking(self.customer_id or who, self.notes, Status.CONFIRMED if self.final else self.status)

    def question(self, business_id: BusinessId) -> OfferRequest:
        """What availability is asked."""
        return OfferRequest(
            business_id=business_id,
            service_id=self.service_id,
            staff_id=self.staff_id,
            start=self.start,
            end=self.end,
            allow=frozenset(self.allow),
        )


def appointment_cells(
    cells: Mapping[str, str], catalogue: CatalogueAnswer, allow: Sequence[Allowance] = ()
) -> AppointmentCells:
    """A row about an appointment; local times are by the clock of the business. Raises Unreadable."""
    row = Cells(cells)
    service = _service(row, catalogue.services)
    staff = _staff(row, catalogue.staff)
    start = _start(row, catalogue.timezone)
    end = row.read("end", lambda text: _instant(text, catalogue.timezone, start)) or _end_after(row, start)
    customer = _customer(row, "customer", "customerId")
    notes = row.read("notes", _text.validate_python) or ""
    status = row.read("status", _status) or Status.CONFIRMED
    _check_length(row, start, end)
    if row.problems or service is None or start is None:
        raise Unreadable(row.problems)
    return AppointmentCells(
        id=row.read("id", uuid_or_none),
        service_id=service,
        staff_id=staff,
        start=start,
        end=end,
        customer_id=CustomerId(customer.id) if customer and customer.id else None,
        customer=customer,
        notes=notes,
        status=status,
        allow=list(allow),
    )


def staff_of(row: Cells, staff: Sequence[NamedStaff]) -> StaffId | None:
    """Whom the row names, by id, email or name; problems are collected."""
    return _staff(row, staff)


def instant_in(row: Cells, column: str, zone: str) -> datetime | None:
    """A moment with an offset, or by the clock of the zone; problems are collected."""
    return row.read(column, lambda text: _instant(text, zone))


def _customer(row: Cells, name: str, id_column: str) -> CustomerCells | None:
    """None when nobody is named; then there must be no contact either."""
    email, phone = row.read("email", _email.validate_python), row.read("phone", _phone.validate_python)
    known = row.read(id_column, uuid_or_none)
    called = row.read(name, _name.validate_python) if row.text(name).strip() else None
    if called is None:
        if (email or phone) and not row.problems:
            row.refuse(name, "is missing: somebody has this contact")
        return None
    return CustomerCells(id=known, name=called, email=email, phone=phone)


def _service(row: Cells, services: Sequence[NamedService]) -> ServiceId | None:
    wanted = row.text("serviceId").strip().lower()
    by_id = [one.id for one in services if str(one.id) == wanted]
    name = row.text("service")
    by_name = [one.id for one in services if name and _same(one.name, name)]
    if by_id or len(by_name) == 1:
        return (by_id or by_name)[0]
    if not wanted and not name.strip():
        row.refuse("service", "is missing")
    elif by_name:
        row.refuse("service", "is the name of several services; say which by serviceId")
    else:
        row.refuse("service" if name else "serviceId", "names nothing of this business")
    return None


def _staff(row: Cells, staff: Sequence[NamedStaff]) -> StaffId | None:
    wanted, name = row.text("staffId").strip().lower(), row.text("staff")
    by_id = [one.id for one in staff if str(one.id) == wanted]
    by_name = [one.id for one in staff if name and (_same(one.name, name) or one.email == name.strip().lower())]
    if by_id or len(by_name) == 1:
        return (by_id or by_name)[0]
    if by_name:
        row.refuse("staff", "is the name of several of the staff; say who by staffId")
    elif wanted or name.strip():
        row.refuse("staff" if name else "staffId", "names nothing of this business")
    return None


def _start(row: Cells, zone: str) -> datetime | None:
    """From `start`, or from `date` and `time`."""
    if row.text("start"):
        return row.read("start", lambda text: _instant(text, zone))
    if not row.text("date") or not row.text("time"):
        row.refuse("start" if not row.text("date") else "time", "is missing")
        return None
    day = row.text("date").strip()
    return row.read("time", lambda text: _instant(f"{day} {_clock(text)}", zone))


def _end_after(row: Cells, start: datetime | None) -> datetime | None:
    minutes = row.read("durationMinutes", _minutes)
    return start + timedelta(minutes=minutes) if start and minutes else None


def _check_length(row: Cells, start: datetime | None, end: datetime | None) -> None:
    if start is None or end is None:
        return
    if end <= start:
        row.refuse("end", "must be after the start")
    elif end - start > LONGEST_CLAIM:
        row.refuse("end", "is more than 48 hours after the start")


def _instant(text: str, zone: str, start: datetime | None = None) -> datetime:
    """With an offset, or by the clock of the zone; an end may be a time alone, on the date of the start."""
    text = text.strip()
    if start is not None and _CLOCK.fullmatch(text.lower()):
        text = f"{wall_of(start, zone).date()} {_clock(text)}"
    local = _LOCAL.fullmatch(text)
    if local is None:
        return _when.validate_python(text)
    if local[2] is None:
        raise ValueError("must have a time of day")
    wall = datetime.fromisoformat(f"{local[1]}T{local[2]:0>5}{local[3] or ''}")
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise ValueError(f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    instant = _when.validate_python(instant_of(wall, zone))
    if wall_of(instant, zone) != wall:
        raise ValueError("does not exist: the clocks are put forward then")
    return instant


def _clock(text: str) -> str:
    """`14:30` of `2:30 pm` too."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError("must be a time of day such as 14:30")
    hour = int(found[1])
    if found[3] is not None:
        if not 1 <= hour <= 12:
            raise ValueError("must be a time of day such as 2:30 pm")
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02}:{found[2]}"


def _minutes(text: str) -> int:
    bare = text.strip().removesuffix(".0")
    if not bare.isascii() or not bare.isdecimal() or not 1 <= int(bare[:6]) <= 2880:
        raise ValueError("must be a number of minutes, at most 2880")
    return int(bare)


def _status(text: str) -> Status:
    word = text.strip().upper().replace("-", "_").replace(" ", "_")
    word = {"CANCELED": "CANCELLED", "NOSHOW": "NO_SHOW", "DONE": "COMPLETED"}.get(word, word)
    if word not in Status:
        raise ValueError(f"is none of {', '.join(Status)}")
    return Status(word)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
