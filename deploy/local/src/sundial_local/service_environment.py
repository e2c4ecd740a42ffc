"""The environment of a service process: nothing of ours reaches it but what is named here."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from sundial.secrets import CALLERS
from sundial_local.kept_secrets import Secrets
from sundial_local.layout import Service, wizard_manifest
from sundial_local.ports import LOOPBACK

PASSED_ON = ("PATH", "LANG", "LOG_LEVEL", "OTEL_EXPORTER_OTLP_ENDPOINT", "FAILPOINT")

LOOSE = {
    "CAPTCHA": "off",
    "GUEST_ATTEMPTS_PER_CONTACT": "10000",
    "GUEST_ATTEMPTS_PER_NETWORK": "100000",
    "GUEST_ATTEMPTS_PER_PAGE": "2000",
    "GUEST_ATTEMPTS_PER_BUSINESS": "5000",
    "GUEST_HOLDS_PER_CONTACT": "1000",
    "GUEST_HOLDS_PER_NETWORK": "10000",
    "GUEST_HELD_PERCENT": "100",
}
"""On one machine everybody comes from one address."""

MANY_SOCKETS = {
    "SOCKETS_PER_USER": "5000",
    "SOCKETS_PER_BUSINESS": "10000",
    "SOCKETS_PER_NETWORK": "10000",
    "DRAIN_SECONDS": "1",
}
"""And nobody waits for long until all have ended."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """Where the parts find each other."""

    gateway_port: int
    amqp_url: str
    database_urls: Mapping[Service, str]
    ports: Mapping[Service, int]
    secrets: Secrets
    stripe_url: str
    inbox: Mapping[str, str]
    """What notifications is told, so that everything that it sends arrives in the inbox."""

    def environment(self, service: Service) -> dict[str, str]:
        """Everything that a process of the service is told, but its own port."""
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        accounts, availability, appointments, booking_public = (
            f"http://{LOOPBACK}:{self.ports[each]}"
            for each in (Service.ACCOUNTS, Service.AVAILABILITY, Service.APPOINTMENTS, Service.BOOKING_PUBLIC)
        )
        return passed | {
            "ENV": "development",
            "HOST": LOOPBACK,
            "PYTHONTZPATH": "",  # time zones come from the locked package, not from the machine
            "PYTHONUNBUFFERED": "1",
            "AMQP_URL": self.amqp_url,
            "JWKS_URL": f"{accounts}/.well-known/jwks.json",
            "PUBLIC_ORIGINS": f"http://localhost:{self.gateway_port},http://127.0.0.1:{self.gateway_port}",
            "ACCOUNTS_URL": accounts,
            "AVAILABILITY_URL": availability,
            "APPOINTMENTS_URL": appointments,
            "BOOKING_PUBLIC_URL": booking_public,
            "TRUSTED_SERVICE_KEYS": self.secrets.public_keys(*CALLERS.get(service, [])),
            **({"DATABASE_URL": self.database_urls[service]} if service.keeps_something else {}),
            **self._private(service),
        }

    def _private(self, service: Service) -> dict[str, str]:
        """The keys that this service alone has."""
        if service is Service.ACCOUNTS:
            return {"SIGNING_KEYS": self.secrets.signing_keys()}
        signed = {"SERVICE_PRIVATE_KEY": self.secrets.private_key(service)}
        if service is Service.BOOKING_PUBLIC:
            stripe = {"STRIPE_API_BASE": self.stripe_url, "STRIPE_SCRIPT_PATH": "/dev/stripe/v3.js"}
            return signed | self.secrets.stripe() | stripe | LOOSE | _wizard()
        if service is Service.NOTIFICATIONS:
            return signed | dict(self.inbox) | {"SMS_PER_NUMBER_AND_DAY": "1000", "WEBHOOKS_TO_LOOPBACK": "true"}
        if service is Service.REALTIME:
            return signed | MANY_SOCKETS
        return signed


def _wizard() -> dict[str, str]:
    """Booking pages are taken over by the wizard where it is built."""
    manifest = wizard_manifest()
    return {"WIZARD_MANIFEST": str(manifest)} if manifest else {}
