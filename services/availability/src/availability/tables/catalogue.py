"""Services, staff and resources, and how their rows become what the domain speaks of."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from availability.domain import Resource, Service, StaffMember
from availability.tables.metadata import metadata, number
from contracts.availability import Deposit, ResourceNeed
from contracts.money import Money
from plumbing.columns import moment

staff = Table(
    "staff",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("color", Text, nullable=False),
    Column("title", Text),
    Column("specializations", ARRAY(Text), nullable=False),
    Column("active", Boolean, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    moment("archived_at", nullable=True),
    Column("revision", Integer, nullable=False),
    Column("hours_revision", Integer, nullable=False),
    Column("time_changes", Integer, nullable=False, server_default="0"),
    CheckConstraint("revision >= 1 AND hours_revision >= 1", name="revision"),
)

services = Table(
    "services",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("category", Text),
    Column("color", Text, nullable=False),
    number("duration_minutes"),
    number("buffer_before_minutes"),
    number("buffer_after_minutes"),
    number("slot_interval_minutes"),
    Column("price_amount", BigInteger, nullable=False),
    Column("price_currency", Text, nullable=False),
    Column("deposit_kind", Text, nullable=False),
    Column("deposit_amount", BigInteger),
    Column("deposit_percent", SmallInteger),
    Column("min_notice_minutes", Integer, nullable=False),
    number("max_advance_days"),
    number("capacity"),
    Column("active", Boolean, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    moment("archived_at", nullable=True),
    Column("revision", Integer, nullable=False),
    CheckConstraint("duration_minutes BETWEEN 5 AND 1440", name="duration"),
    CheckConstraint(
        "buffer_before_minutes BETWEEN 0 AND 480 AND buffer_after_minutes BETWEEN 0 AND 480", name="buffers"
    ),
    CheckConstraint("slot_interval_minutes BETWEEN 5 AND 240", name="slot_interval"),
    CheckConstraint("price_amount >= 0", name="price"),
    CheckConstraint(
        """
        CASE deposit_kind
            WHEN 'none' THEN deposit_amount IS NULL AND deposit_percent IS NULL
            WHEN 'full' THEN deposit_amount IS NULL AND deposit_percent IS NULL
            WHEN 'fixed' THEN deposit_amount BETWEEN 0 AND price_amount AND deposit_percent IS NULL
            WHEN 'percent' THEN deposit_amount IS NULL AND deposit_percent BETWEEN 1 AND 100
            ELSE false
        END IS TRUE
        """,
        name="deposit",
    ),
    CheckConstraint("min_notice_minutes BETWEEN 0 AND 525600", name="notice"),
    CheckConstraint("max_advance_days BETWEEN 0 AND 730", name="horizon"),
    CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity"),
    CheckConstraint("revision >= 1", name="revision"),
)

staff_services = Table(
    "staff_services",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("service_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    ForeignKeyConstraint(["business_id", "service_id"], ["services.business_id", "services.id"]),
    ForeignKeyConstraint(["business_id", "staff_id"], ["staff.business_id", "staff.id"]),
    Index("ix_staff_services_business_id_staff_id", "business_id", "staff_id"),
)

service_resources = Table(
    "service_resources",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("service_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    number("quantity"),
    ForeignKeyConstraint(["business_id", "service_id"], ["services.business_id", "services.id"]),
    CheckConstraint("quantity >= 1", name="quantity"),
)

resources = Table(
    "resources",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    moment("archived_at", nullable=True),
    Column("revision", Integer, nullable=False),
    Index("ix_resources_business_id_kind", "business_id", "kind"),
    CheckConstraint("revision >= 1", name="revision"),
)

_SERVICE_COLUMNS = tuple(name for name in Service.model_fields if name in services.c)
_STAFF_COLUMNS = tuple(name for name in StaffMember.model_fields if name in staff.c)
_RESOURCE_COLUMNS = tuple(name for name in Resource.model_fields if name in resources.c)

_staff_of_service = select(staff_services.c.staff_id).filter_by(
    business_id=services.c.business_id, service_id=services.c.id
)
_needs_of_service = select(
    func.jsonb_object_agg(service_resources.c.kind, service_resources.c.quantity, type_=JSONB)
).filter_by(business_id=services.c.business_id, service_id=services.c.id)
every_service = select(
    services,
    func.array(
        _staff_of_service.order_by(staff_services.c.staff_id).correlate(services).scalar_subquery(),
        type_=ARRAY(Uuid),
    ).label("staff_ids"),
    _needs_of_service.correlate(services).scalar_subquery().label("resource_needs"),
)
"""The rows that `service_of` reads, archived ones included."""
present_services = every_service.where(services.c.archived_at.is_(None))

every_staff_member = select(staff)
"""The rows that `staff_member_of` reads, archived ones included."""
present_staff = every_staff_member.where(staff.c.archived_at.is_(None))

every_resource = select(resources)
"""The rows that `resource_of` reads, archived ones included."""
present_resources = every_resource.where(resources.c.archived_at.is_(None))


def service_of(row: RowMapping) -> Service:
    """The service in a row of `every_service`; it was checked when it was stored, and is not again."""
    plain = {name: row[name] for name in _SERVICE_COLUMNS}
    currency, amount = row["price_currency"], row["deposit_amount"]
    needs = sorted((row["resource_needs"] or {}).items())
    return Service.model_construct(
        **plain,
        price=Money.model_construct(amount=row["price_amount"], currency=currency),
        deposit=Deposit.model_construct(
            kind=row["deposit_kind"],
            amount=None if amount is None else Money.model_construct(amount=amount, currency=currency),
            percent=row["deposit_percent"],
        ),
        resource_needs=[ResourceNeed.model_construct(kind=kind, quantity=quantity) for kind, quantity in needs],
        staff_ids=row["staff_ids"],
        archived=row["archived_at"] is not None,
    )


def service_row(service: Service) -> dict[str, Any]:
    """The row in which a service is stored; who offers it and what it needs have tables of their own."""
    amount = service.deposit.amount
    return {
        **{name: getattr(service, name) for name in _SERVICE_COLUMNS},
        "price_amount": service.price.amount,
        "price_currency": service.price.currency,
        "deposit_kind": service.deposit.kind,
        "deposit_amount": amount.amount if amount else None,
        "deposit_percent": service.deposit.percent,
        "archived_at": service.updated_at if service.archived else None,
    }


def staff_member_of(row: RowMapping) -> StaffMember:
    """The staff member in a row of `every_staff_member`; it was checked when it was stored, and is not again."""
    return StaffMember.model_construct(
        **{name: row[name] for name in _STAFF_COLUMNS}, archived=row["archived_at"] is not None
    )


def staff_row(member: StaffMember) -> dict[str, Any]:
    """The row in which a staff member is stored, but for the revision of the hours."""
    return {
        **{name: getattr(member, name) for name in _STAFF_COLUMNS},
        "archived_at": member.updated_at if member.archived else None,
    }


def resource_of(row: RowMapping) -> Resource:
    """The unit in a row of `every_resource`; it was checked when it was stored, and is not again."""
    return Resource.model_construct(
        **{name: row[name] for name in _RESOURCE_COLUMNS}, archived=row["archived_at"] is not None
    )


def resource_row(resource: Resource) -> dict[str, Any]:
    """The row in which a unit is stored."""
    return {
        **{name: getattr(resource, name) for name in _RESOURCE_COLUMNS},
        "archived_at": resource.updated_at if resource.archived else None,
    }
