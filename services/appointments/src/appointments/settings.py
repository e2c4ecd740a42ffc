"""Settings of this service process."""

from typing import Annotated

from pydantic import Field

from plumbing.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service process needs, and the way to availability."""

    availability_url: str
    """Where availability answers `/internal/offers`."""
    waiting_offer_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    """For how long a seat or a time is kept for the first on the waiting list who is offered it."""
