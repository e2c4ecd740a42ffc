"""The tables of this service, and how their rows become what the domain speaks of."""

from booking_public.tables.bookings import attempts, booking_of, bookings, captcha_proofs, guest_holds
from booking_public.tables.codes import booking_codes
from booking_public.tables.constraints import CONSTRAINTS
from booking_public.tables.copies import business_of, businesses_copy, catalogue_copy
from booking_public.tables.metadata import metadata
from booking_public.tables.pages import booking_pages, every_page, page_of, page_row, page_slugs, present_pages
from booking_public.tables.payments import deposits, payments, refunds, stripe_events
from booking_public.tables.versions import versions
from booking_public.tables.waiting import guest_links, guest_waits, wait_of

__all__ = [
    "CONSTRAINTS",
    "attempts",
    "booking_codes",
    "booking_of",
    "booking_pages",
    "bookings",
    "business_of",
    "businesses_copy",
    "captcha_proofs",
    "catalogue_copy",
    "deposits",
    "every_page",
    "guest_holds",
    "guest_links",
    "guest_waits",
    "metadata",
    "page_of",
    "page_row",
    "page_slugs",
    "payments",
    "present_pages",
    "refunds",
    "stripe_events",
    "versions",
    "wait_of",
]
