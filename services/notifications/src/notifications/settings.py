"""Settings of this service process."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from plumbing.schemas import Email
from plumbing.settings import Environment, Names, ServiceSettings

GULF = ("AE", "SA", "KW", "QA", "BH", "OM")


class Security(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    """Begun in the clear, and refused when it cannot be encrypted (port 587)."""
    TLS = "tls"
    """Encrypted from the first byte (port 465)."""
    NONE = "none"
    """Not at all: for a mail server on the same machine."""


def _countries(values: tuple[str, ...]) -> tuple[str, ...]:
    if not all(len(each) == 2 and each.isascii() and each.isupper() for each in values):
        raise ValueError("must be countries of ISO 3166, such as AE,SA")
    return values


class Settings(ServiceSettings):
    """What every service process needs, and the ways by which people are told."""

    booking_public_url: str
    """Where booking-public answers `/internal/manage-links`: the links by which guests see and change a booking."""
    smtp_host: str | None = None
    """The mail server. Without it no email is sent."""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    """The port of the mail server."""
    smtp_security: Security = Security.STARTTLS
    """`starttls`, `tls` or `none`."""
    smtp_username: str | None = None
    """Who signs in at the mail server; nobody without it."""
    smtp_password: SecretStr | None = None
    """With which password."""
    mail_from: Email | None = None
    """The address that every email comes from; needed with SMTP_HOST."""
    mail: Literal["on", "off"] = "on"
    """`off` says on purpose that production sends no email."""
    twilio_account_sid: str | None = None
    """The account at Twilio. Without it no SMS and no WhatsApp message is sent."""
    twilio_auth_token: SecretStr | None = None
    """What Twilio's API is asked with."""
    twilio_sms_from: str | None = None
    """The number, or the name, that every SMS comes from. Without it no SMS is sent."""
    twilio_whatsapp_from: str | None = None
    """The number that every WhatsApp message comes from. Without it none is sent."""
    twilio_api_base: str | None = None
    """Another address of Twilio's API, for a stand-in; Twilio's own without it."""
    sms_countries: Annotated[Names, AfterValidator(_countries)] = GULF
    """The countries (ISO 3166) to whose numbers SMS and WhatsApp messages are sent; no others are."""
    sms_per_number_and_day: Annotated[int, Field(ge=1)] = 3
    """So many SMS, and so many WhatsApp messages, a number gets in 24 hours at most, of all businesses together."""
    webhooks_to_loopback: bool = False
    """Webhooks may go to this machine itself, and by plain http: for development and tests, refused in production."""

    @model_validator(mode="after")
    def _mail_in_production(self) -> Self:
        if self.smtp_host and not self.mail_from:
            raise ValueError("MAIL_FROM is needed with SMTP_HOST")
        if self.env is Environment.PRODUCTION and not self.smtp_host and self.mail == "on":
            raise ValueError("set SMTP_HOST and MAIL_FROM, or MAIL=off to do without email")
        if self.env is Environment.PRODUCTION and self.smtp_password and self.smtp_security is Security.NONE:
            raise ValueError("SMTP_PASSWORD would be sent in the clear: set SMTP_SECURITY to starttls or tls")
        return self

    @model_validator(mode="after")
    def _no_webhooks_to_itself_in_production(self) -> Self:
        if self.webhooks_to_loopback and self.env is Environment.PRODUCTION:
            raise ValueError("WEBHOOKS_TO_LOOPBACK is for development and tests; it is refused in production")
        return self

    @model_validator(mode="after")
    def _twilio_whole(self) -> Self:
        if bool(self.twilio_account_sid) != bool(self.twilio_auth_token):
            raise ValueError("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN go together")
        return self
