"""Booking pages and their slugs, and how the rows become what the domain speaks of."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    Table,
    Text,
    Uuid,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from booking_public.domain import BookingPage
from booking_public.tables.metadata import metadata
from contracts.booking import IntakeQuestion, RefundPolicy, SlugAlias, Theme
from plumbing.columns import moment

booking_pages = Table(
    "booking_pages",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("slug", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("policy_text", Text, nullable=False),
    Column("confirmation_text", Text, nullable=False),
    Column("service_ids", ARRAY(Uuid)),
    Column("staff_ids", ARRAY(Uuid)),
    Column("confirmation", Text, nullable=False),
    Column("cancel_window_minutes", Integer, nullable=False),
    Column("reschedule_window_minutes", Integer, nullable=False),
    Column("refund_policy", JSONB, nullable=False),
    Column("theme", JSONB, nullable=False),
    Column("intake_questions", JSONB, nullable=False),
    Column("embed_origins", ARRAY(Text), nullable=False),
    Column("locale", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("indexed", Boolean, nullable=False, server_default=text("true")),
    moment("created_at"),
    moment("updated_at"),
    moment("archived_at", nullable=True),
    Column("revision", Integer, nullable=False),
    CheckConstraint("confirmation IN ('manual', 'automatic')", name="confirmation"),
    CheckConstraint(
        "cancel_window_minutes BETWEEN 0 AND 525600 AND reschedule_window_minutes BETWEEN 0 AND 525600", name="windows"
    ),
    CheckConstraint("revision >= 1", name="revision"),
)

page_slugs = Table(
    "page_slugs",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    Column("page_id", Uuid, nullable=False),
    moment("until", nullable=True),
    ForeignKeyConstraint(["business_id", "page_id"], ["booking_pages.business_id", "booking_pages.id"]),
    CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$'", name="slug"),
    Index("ix_page_slugs_business_id_page_id", "business_id", "page_id"),
    Index("ix_page_slugs_until", "until", postgresql_where=text("until IS NOT NULL")),
)
"""A slug is one page's of all businesses: its present one, or until `until` one that was given up."""

_PLAIN = (
    "business_id id slug title description policy_text confirmation_text service_ids staff_ids confirmation "
    "cancel_window_minutes reschedule_window_minutes embed_origins locale active indexed created_at updated_at revision"
).split()

_aliases = (
    select(func.jsonb_object_agg(page_slugs.c.slug, page_slugs.c.until, type_=JSONB))
    .where(
        page_slugs.c.business_id == booking_pages.c.business_id,
        page_slugs.c.page_id == booking_pages.c.id,
        page_slugs.c.until.is_not(None),
        page_slugs.c.slug != booking_pages.c.slug,  # a removed page keeps its last one, which leads nowhere
    )
    .correlate(booking_pages)
)
every_page = select(booking_pages, _aliases.scalar_subquery().label("aliases"))
"""The rows that `page_of` reads, archived ones included."""
present_pages = every_page.where(booking_pages.c.archived_at.is_(None))


def page_of(row: RowMapping) -> BookingPage:
    """The booking page in a row of `every_page`; it was checked when it was stored."""
    aliases = [
        SlugAlias.model_validate({"slug": slug, "until": until})
        for slug, until in sorted((row["aliases"] or {}).items())
    ]
    return BookingPage.model_construct(
        **{name: row[name] for name in _PLAIN},
        aliases=aliases,
        refund_policy=RefundPolicy.model_validate(row["refund_policy"]),
        theme=Theme.model_validate(row["theme"]),
        intake_questions=[IntakeQuestion.model_validate(question) for question in row["intake_questions"]],
        archived=row["archived_at"] is not None,
    )


def page_row(page: BookingPage) -> dict[str, Any]:
    """The row in which a booking page is stored; its slugs have a table of their own."""
    return {
        **{name: getattr(page, name) for name in _PLAIN},
        "refund_policy": page.refund_policy.model_dump(mode="json"),
        "theme": page.theme.model_dump(mode="json"),
        "intake_questions": [question.model_dump(mode="json") for question in page.intake_questions],
        "archived_at": page.updated_at if page.archived else None,
    }
