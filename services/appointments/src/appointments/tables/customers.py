"""Who appointments are for, what they agreed to, and who was merged into whom."""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    select,
    text,
    true,
)

from appointments.domain import Consent, Customer
from appointments.tables.metadata import metadata
from plumbing.columns import moment

_SEARCHABLE = "' ' || searchable(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))"

customers = Table(
    "customers",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    Column("locale", Text),
    Column("notes", Text, nullable=False, server_default=""),
    Column("blocked", Boolean, nullable=False, server_default=text("false")),
    moment("erased_at", nullable=True),
    Column("search", Text, Computed(_SEARCHABLE, persisted=True), nullable=False),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint(r"phone ~ '^\+[1-9][0-9]{1,14}$'", name="phone_e164"),
    UniqueConstraint("business_id", "email"),
    UniqueConstraint("business_id", "phone"),
    Index("ix_customers_business_id_search_id", "business_id", "search", "id"),
    Index(
        "ix_customers_business_id_search",
        "business_id",
        "search",
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    ),
)

customer_consents = Table(
    "customer_consents",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("given", Boolean, nullable=False),
    moment("at"),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["business_id", "customer_id"], ["customers.business_id", "customers.id"]),
)
"""What a customer was asked about marketing, and what they said; the last one counts."""

customer_merges = Table(
    "customer_merges",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("into_id", Uuid, nullable=False),
    moment("at"),
    ForeignKeyConstraint(["business_id", "into_id"], ["customers.business_id", "customers.id"]),
    Index("ix_customer_merges_business_id_into_id", "business_id", "into_id"),
)
"""Ids that once named a customer, and whom they name now."""

_last_consent = (
    select(customer_consents.c.given, customer_consents.c.at, customer_consents.c.text)
    .where(
        customer_consents.c.business_id == customers.c.business_id,
        customer_consents.c.customer_id == customers.c.id,
    )
    .order_by(customer_consents.c.at.desc(), customer_consents.c.id.desc())
    .limit(1)
    .lateral("consent")
)
every_customer = select(
    customers,
    _last_consent.c.given.label("consent_given"),
    _last_consent.c.at.label("consent_at"),
    _last_consent.c.text.label("consent_text"),
).outerjoin_from(customers, _last_consent, true())
"""The rows that `customer_of` reads, erased ones included."""

_COLUMNS = tuple(name for name in Customer.model_fields if name in customers.c)


def customer_of(row: RowMapping) -> Customer:
    """The customer in a row of `every_customer`; it was checked when it was stored, and is not again."""
    plain: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    consent = (
        None
        if row["consent_at"] is None
        else Consent.model_construct(given=row["consent_given"], at=row["consent_at"], text=row["consent_text"])
    )
    return Customer.model_construct(**plain, marketing_consent=consent, erased=row["erased_at"] is not None)
