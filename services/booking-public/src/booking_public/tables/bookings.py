"""Attempts of guests to book, the times that they hold, and what keeps them from doing so without end."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from booking_public.domain.bookings import Booking, BookingState, Guest, GuestHold, HoldState, Terms
from booking_public.tables.metadata import metadata
from contracts.bookings import Held
from contracts.money import Money
from plumbing.columns import moment

_UNPAID = "state IN ('received', 'held', 'awaitingPayment', 'awaitingCode')"

guest_holds = Table(
    "guest_holds",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("page_id", Uuid, nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("service_id", Uuid, nullable=False),
    Column("staff_id", Uuid),
    moment("start_at"),
    moment("end_at", nullable=True),
    Column("address", LargeBinary, nullable=False),
    Column("held", JSONB(none_as_null=True)),
    Column("refusal", JSONB(none_as_null=True)),
    moment("expires_at"),
    moment("created_at"),
    UniqueConstraint("business_id", "key_hash"),
    UniqueConstraint("token_hash"),
    CheckConstraint("state IN ('received', 'held', 'used', 'ended', 'refused')", name="state"),
    Index(
        "ix_guest_holds_business_id_address",
        "business_id",
        "address",
        postgresql_where=text("state IN ('received', 'held')"),
    ),
    Index("ix_guest_holds_created_at", "created_at"),
)

bookings = Table(
    "bookings",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("page_id", Uuid, nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("manage_hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("service_id", Uuid, nullable=False),
    Column("staff_id", Uuid),
    moment("start_at"),
    moment("end_at", nullable=True),
    Column("hold_id", Uuid, nullable=False),
    Column("spare_id", Uuid, nullable=False),
    Column("appointment_id", Uuid),
    Column("customer", JSONB(none_as_null=True)),
    Column("customer_id", Uuid),
    Column("notes", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("quoted_price", JSONB(none_as_null=True)),
    Column("price", JSONB(none_as_null=True)),
    Column("deposit", JSONB(none_as_null=True)),
    Column("terms", JSONB(none_as_null=True), nullable=False),
    Column("contacts", ARRAY(LargeBinary), nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("is_unproven", Boolean, nullable=False),
    Column("answer", JSONB(none_as_null=True)),
    Column("lost", JSONB(none_as_null=True)),
    moment("expires_at", nullable=True),
    moment("paying_back_since", nullable=True),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("business_id", "key_hash"),
    UniqueConstraint("business_id", "hold_id"),
    UniqueConstraint("manage_hash"),
    CheckConstraint(
        "state IN ('received', 'held', 'awaitingPayment', 'awaitingCode', 'unpaid', 'confirmed', 'failed')",
        name="state",
    ),
    Index("ix_bookings_business_id_address", "business_id", "address", postgresql_where=text(_UNPAID)),
    Index("ix_bookings_contacts", "contacts", postgresql_using="gin", postgresql_where=text(_UNPAID)),
    Index("ix_bookings_business_id_appointment_id", "business_id", "appointment_id"),
    Index("ix_bookings_business_id_spare_id", "business_id", "spare_id"),
    Index(
        "ix_bookings_business_id_customer_id",
        "business_id",
        "customer_id",
        postgresql_where=text("customer_id IS NOT NULL"),
    ),
    Index("ix_bookings_updated_at", "updated_at", postgresql_where=text(_UNPAID)),
    Index(
        "ix_bookings_paying_back_since",
        "paying_back_since",
        postgresql_where=text("paying_back_since IS NOT NULL"),
    ),
    Index("ix_bookings_created_at", "created_at", postgresql_where=text("answer IS NOT NULL")),
)
"""`customer` is kept only until the attempt has ended, `answer` as long as an Idempotency-Key counts. `customer_id` is
who it is at appointments, once they are known there. `lost`: why it could not be had again when it was paid too late.

`paying_back_since`: its guest cancels, and what they paid is not on its way back yet.
"""

attempts = Table(
    "attempts",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("began_at", DateTime(timezone=True), primary_key=True),
    Column("count", Integer, nullable=False),
    Index("ix_attempts_began_at", "began_at"),
)
"""How often somebody has tried since the beginning of an hour or minute."""

captcha_proofs = Table(
    "captcha_proofs",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    moment("used_at"),
    Index("ix_captcha_proofs_used_at", "used_at"),
)
"""Each proves one attempt."""

_BOOKING = (
    "business_id id page_id service_id staff_id start_at hold_id spare_id appointment_id notes timezone locale"
    " is_unproven answer lost expires_at fingerprint salt"
).split()
_HOLD = "business_id id page_id service_id staff_id start_at refusal expires_at fingerprint salt".split()


def booking_of(row: RowMapping) -> Booking:
    """The attempt in a row of `bookings`."""
    return Booking(
        **{name: row[name] for name in _BOOKING},
        state=BookingState(row["state"]),
        customer=None if row["customer"] is None else Guest.model_validate(row["customer"]),
        quoted_price=_money(row["quoted_price"]),
        price=_money(row["price"]),
        deposit=_money(row["deposit"]),
        terms=Terms.model_validate(row["terms"]),
    )


def hold_of(row: RowMapping) -> GuestHold:
    """The hold in a row of `guest_holds`."""
    held = None if row["held"] is None else Held.model_validate(row["held"])
    return GuestHold(**{name: row[name] for name in _HOLD}, state=HoldState(row["state"]), held=held)


def _money(value: Any) -> Money | None:
    return None if value is None else Money.model_validate(value)
