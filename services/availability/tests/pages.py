"""Booking pages, as booking-public tells them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.booking import BookingPageChanged, BookingPageDetails, RefundPolicy, SlugAlias, Theme
from contracts.ids import BookingPageId, BusinessId, uuid7


def page_changed(
    business_id: UUID,
    slug: str,
    *,
    page_id: UUID | None = None,
    revision: int = 1,
    aliases: dict[str, datetime] | None = None,
    **changed: Any,
) -> BookingPageChanged:
    """What is told of a page that offers everything, unless something else is said."""
    fields: dict[str, Any] = {
        "id": BookingPageId(page_id or uuid7()),
        "slug": slug,
        "aliases": [SlugAlias(slug=each, until=until) for each, until in (aliases or {}).items()],
        "title": "Studio",
        "description": "",
        "policy_text": "",
        "confirmation_text": "",
        "service_ids": None,
        "staff_ids": None,
        "confirmation": "automatic",
        "cancel_window_minutes": 0,
        "reschedule_window_minutes": 0,
        "refund_policy": RefundPolicy(),
        "theme": Theme(accent="#2f855a"),
        "intake_questions": [],
        "embed_origins": [],
        "locale": "en",
        "active": True,
        "archived": False,
    }
    page = BookingPageDetails(**{**fields, **changed})
    return BookingPageChanged(business_id=BusinessId(business_id), revision=revision, page=page)
