"""Settings of this service process."""

from plumbing.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service process needs."""
