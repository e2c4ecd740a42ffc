"""Settings of this service process."""

from plumbing.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service process needs, and the way to the services behind the booking pages."""

    availability_url: str
    """Where availability answers `/internal/catalogue`."""
    appointments_url: str
    """Where appointments answers `/internal/bookings`."""
