"""Deposits, the ledger of every movement, refunds, and what webhooks said."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from booking_public.domain.payments import Deposit, Movement, MovementKind, PaymentState, Refund, RefundState
from booking_public.tables.metadata import metadata
from contracts.money import Money
from plumbing.columns import moment

deposits = Table(
    "deposits",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False),
    Column("appointment_id", Uuid, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("provider_id", Text),
    Column("client_secret", Text),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("asked_again", Integer, nullable=False, server_default="0"),
    Column("told", Boolean, nullable=False, server_default="false"),
    Column("authorised", BigInteger, nullable=False, server_default="0"),
    Column("captured", BigInteger, nullable=False, server_default="0"),
    Column("refunded", BigInteger, nullable=False, server_default="0"),
    Column("disputed", Boolean, nullable=False, server_default="false"),
    Column("failure", Text),
    moment("expires_at"),
    moment("created_at"),
    moment("updated_at"),
    moment("looked_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("business_id", "booking_id"),
    UniqueConstraint("provider_id"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("state IN ('open', 'action', 'processing', 'authorised', 'captured', 'cancelled')", name="state"),
    CheckConstraint("captured >= 0 AND refunded >= 0 AND refunded <= captured", name="conserved"),
    Index("ix_deposits_business_id_appointment_id", "business_id", "appointment_id"),
    Index("ix_deposits_looked_at", "looked_at", postgresql_where=text("NOT told")),
)
"""One for each booking that has to pay one; the ledger below says how it came to be what it is.

`told`: the booking flow knows how it ended.
"""

payments = Table(
    "payments",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("movement_id", Uuid, nullable=False),
    Column("deposit_id", Uuid, nullable=False),
    Column("appointment_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("provider_id", Text, nullable=False),
    moment("at"),
    ForeignKeyConstraint(["business_id", "deposit_id"], ["deposits.business_id", "deposits.id"]),
    UniqueConstraint("business_id", "kind", "provider_id", "status"),
    CheckConstraint("amount >= 0", name="amount"),
    Index("ix_payments_business_id_appointment_id", "business_id", "appointment_id"),
    Index("ix_payments_business_id_movement_id_id", "business_id", "movement_id", "id"),
)
"""Lines are only added: a refund or dispute that goes on gets another one of the same movement, with its new status."""

refunds = Table(
    "refunds",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("deposit_id", Uuid, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("reason", Text),
    Column("state", Text, nullable=False),
    Column("provider_id", Text),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("request_key", Text),
    Column("asked_by", Text, nullable=False),
    moment("created_at"),
    moment("looked_at"),
    ForeignKeyConstraint(["business_id", "deposit_id"], ["deposits.business_id", "deposits.id"]),
    UniqueConstraint("business_id", "request_key"),
    UniqueConstraint("provider_id"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("state IN ('asked', 'pending', 'succeeded', 'failed')", name="state"),
    Index("ix_refunds_business_id_deposit_id", "business_id", "deposit_id"),
    Index("ix_refunds_looked_at", "looked_at", postgresql_where=text("state IN ('asked', 'pending')")),
)

stripe_events = Table(
    "stripe_events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("business_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("intent_id", Text),
    moment("received_at"),
    moment("next_at"),
    moment("processed_at", nullable=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_stripe_events_next_at", "next_at", postgresql_where=text("processed_at IS NULL")),
    Index("ix_stripe_events_received_at", "received_at"),
)
"""That something happened, never what: for that the object itself is asked for. `business_id` is never known here."""

_DEPOSIT = (
    "business_id id booking_id appointment_id amount currency provider_id client_secret attempt asked_again authorised"
    " captured refunded disputed failure expires_at created_at revision"
).split()
_REFUND = "business_id id deposit_id amount currency reason provider_id attempt request_key".split()


def deposit_of(row: RowMapping) -> Deposit:
    """The deposit in a row of `deposits`."""
    return Deposit(**{name: row[name] for name in _DEPOSIT}, state=PaymentState(row["state"]))


def refund_of(row: RowMapping) -> Refund:
    """The refund in a row of `refunds`."""
    return Refund(**{name: row[name] for name in _REFUND}, state=RefundState(row["state"]))


def movement_of(row: RowMapping) -> Movement:
    """The movement in a row of `payments` with `appointment_id_now`: the one that its deposit is for by now."""
    return Movement(
        id=row["movement_id"],
        deposit_id=row["deposit_id"],
        appointment_id=row["appointment_id_now"],
        kind=MovementKind(row["kind"]),
        amount=Money(amount=row["amount"], currency=row["currency"]),
        status=row["status"],
        at=row["at"],
    )
