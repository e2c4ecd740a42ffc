"""What a broken constraint means to a client."""

from booking_public.domain import SlugTaken
from plumbing.sqlstates import Constraints

CONSTRAINTS: Constraints = {"pk_page_slugs": SlugTaken}
