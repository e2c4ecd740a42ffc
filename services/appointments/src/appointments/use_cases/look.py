"""What a booking has to know under its locks, in one statement: who is in the way, and who the customer is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from appointments.domain import LONGEST_CLAIM, Window
from appointments.use_cases.expire import expire_in_the_way
from contracts.appointments import CustomerDetails
from contracts.ids import AppointmentId, BookableId, CustomerId, OwnerId, StaffId
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.session import Row

# The bounds on start_at follow from the longest claim; they are there because row-level security keeps operators on
# ranges out of index conditions. A customer is known by email, else by phone.
_LOOK = """
SELECT * FROM (
    SELECT bookable_id, owner_id, lower(during) AS starts_at, upper(during) AS ends_at,
        coalesce(expires_at <= clock_timestamp(), false) AS expired
    FROM claims
    WHERE business_id = $1 AND bookable_id = ANY ($2::uuid[]) AND start_at > $3 AND start_at < $4
        AND during && tstzrange($5, $6) AND owner_id <> $7
) AS busy FULL JOIN (
    SELECT id, name, email, phone, bool_or(blocked) OVER () AS blocked FROM (
        SELECT 1 AS rank, id, name, email, phone, blocked FROM customers WHERE business_id = $1 AND email = $8
        UNION ALL
        SELECT 2, id, name, email, phone, blocked FROM customers WHERE business_id = $1 AND phone = $9
    ) AS known ORDER BY rank LIMIT 1
) AS customer ON true
ORDER BY starts_at, bookable_id
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """By what a customer is known: email in lower case, phone in E.164."""

    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Busy:
    """A live claim of another owner."""

    bookable_id: BookableId
    owner_id: OwnerId
    start: datetime
    end: datetime

    @property
    def staff_conflict(self) -> ConflictDetails:
        """What it means to somebody who wants that staff member."""
        return ConflictDetails(
            kind="staffBusy",
            detail="The staff member is busy.",
            start=self.start,
            end=self.end,
            staff_id=StaffId(self.bookable_id),
            appointment_id=AppointmentId(self.owner_id),
        )

    def resource_conflict(self, kind: str | None = None) -> ConflictDetails:
        """What it means to somebody who wants a unit of that kind."""
        return too_few(kind).model_copy(
            update={"start": self.start, "end": self.end, "appointment_id": AppointmentId(self.owner_id)}
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """Who is in the way, by start; the customer with the contact, if there is one; whether one with it is blocked."""

    busy: Sequence[Busy]
    customer: CustomerDetails | None
    is_blocked: bool = False


def too_few(kind: str | None) -> ConflictDetails:
    """There are not as many units of that kind as are needed."""
    detail = "A resource is in use then." if kind is None else f"Too few of these are free then: {kind}."
    return ConflictDetails(kind="resourceBusy", detail=detail, resource_kind=kind)


async def look(tx: Tx, window: Window, bookables: Sequence[BookableId], contact: Contact | None = None) -> Seen:
    """The live claims of others on these locked bookables that share time with the window, and the customer.

    What has expired is not in the way: it is ended here, by the database's clock.
    """
    rows = await _rows(tx, window, bookables, contact or Contact())
    if any(row["expired"] for row in rows):
        await expire_in_the_way(tx, window, bookables)
        rows = await _rows(tx, window, bookables, contact or Contact())
    return Seen([_busy(row) for row in rows if row["owner_id"] is not None], _customer(rows), _is_blocked(rows))


async def peek(tx: Tx, window: Window, bookables: Sequence[BookableId], contact: Contact | None = None) -> Seen:
    """The same without locks: what it shows may be otherwise a moment later. Nothing is ended: it is left out."""
    rows = await _rows(tx, window, bookables, contact or Contact())
    busy = [_busy(row) for row in rows if row["owner_id"] and not row["expired"]]
    return Seen(busy, _customer(rows), _is_blocked(rows))


async def _rows(tx: Tx, window: Window, bookables: Sequence[BookableId], contact: Contact) -> Sequence[Row]:
    return await tx.fetch(
        _LOOK,
        window.business_id,
        bookables,
        window.lower - LONGEST_CLAIM,
        window.upper + LONGEST_CLAIM,
        window.lower,
        window.upper,
        window.owner_id,
        contact.email,
        contact.phone,
    )


def _busy(row: Row) -> Busy:
    return Busy(row["bookable_id"], row["owner_id"], row["starts_at"], row["ends_at"])


def _customer(rows: Sequence[Row]) -> CustomerDetails | None:
    if not rows or rows[0]["id"] is None:
        return None
    row = rows[0]
    return CustomerDetails.model_construct(
        id=CustomerId(row["id"]), name=row["name"], email=row["email"], phone=row["phone"]
    )


def _is_blocked(rows: Sequence[Row]) -> bool:
    return bool(rows and rows[0]["blocked"])
