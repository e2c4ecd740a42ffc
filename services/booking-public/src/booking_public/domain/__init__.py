"""What a booking page is, and the problems that a client can meet."""

from booking_public.domain.colors import contrast_with_white, text_on
from booking_public.domain.guards import Guards
from booking_public.domain.pages import (
    ALIAS_LIFE,
    MOST_ALIASES,
    RESERVED_SLUGS,
    BookingPage,
    Business,
    SlugTaken,
)

__all__ = [
    "ALIAS_LIFE",
    "MOST_ALIASES",
    "RESERVED_SLUGS",
    "BookingPage",
    "Business",
    "Guards",
    "SlugTaken",
    "contrast_with_white",
    "text_on",
]
