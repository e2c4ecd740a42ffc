"""Settings of this service process."""

from plumbing.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service process needs, and the way to availability."""

    availability_url: str
    """Where availability answers `/internal/offers`."""
