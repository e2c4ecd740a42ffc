"""Where the operator's command finds the databases and the broker: the environment, never a default."""

import os
from enum import StrEnum

import typer


class Service(StrEnum):
    """The services, in the order in which they are started."""

    ACCOUNTS = "accounts"
    AVAILABILITY = "availability"
    APPOINTMENTS = "appointments"
    BOOKING_PUBLIC = "booking-public"
    NOTIFICATIONS = "notifications"
    REALTIME = "realtime"

    @property
    def identifier(self) -> str:
        """Its name where a hyphen cannot be: of its package, its database and its roles."""
        return self.value.replace("-", "_")

    @property
    def variable(self) -> str:
        """What the names of its environment variables begin with."""
        return self.identifier.upper()

    @property
    def keeps_something(self) -> bool:
        """Whether it has a database, an outbox and a queue; realtime only passes on."""
        return self is not Service.REALTIME


KEEPING = tuple(service for service in Service if service.keeps_something)
"""Those that have a database."""


def database_url(service: Service) -> str:
    """The runtime role's URL, from `<SERVICE>_DATABASE_URL`."""
    return _required(f"{service.variable}_DATABASE_URL")


def owner_url(service: Service) -> str:
    """The owner role's URL, from `<SERVICE>_MIGRATION_DATABASE_URL`."""
    return _required(f"{service.variable}_MIGRATION_DATABASE_URL")


def amqp_url() -> str:
    """The broker, from `AMQP_URL`."""
    return _required("AMQP_URL")


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise typer.BadParameter(f"set {name} (see docs/how-to/operate.md)", param_hint="environment")
    return value
