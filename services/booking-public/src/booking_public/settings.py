"""Settings of this service process."""

from typing import Annotated, Self

from pydantic import BeforeValidator, SecretStr, model_validator
from pydantic_settings import NoDecode

from plumbing.settings import ServiceSettings


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class Settings(ServiceSettings):
    """What every service process needs, and the way to the services behind the booking pages."""

    availability_url: str
    """Where availability answers `/internal/catalogue`."""
    appointments_url: str
    """Where appointments answers `/internal/bookings`."""
    hcaptcha_site_key: str | None = None
    """What hCaptcha's widget is given on the booking pages. Without it and the secret there is no captcha."""
    hcaptcha_secret: SecretStr | None = None
    """What hCaptcha's verification is asked with."""
    stripe_publishable_key: str | None = None
    """What Stripe.js is given on the booking pages. Without it and the secret key no deposits are taken."""
    stripe_secret_key: SecretStr | None = None
    """What Stripe's API is asked with."""
    stripe_webhook_secrets: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split)] = ()
    """What Stripe signs its webhooks with, separated by commas: two while one is replaced by the other."""
    stripe_api_base: str | None = None
    """Another address of Stripe's API, for a stand-in; Stripe's own without it."""

    @model_validator(mode="after")
    def _no_deposit_without_its_webhook(self) -> Self:
        if self.stripe_secret_key and not self.stripe_webhook_secrets:
            raise ValueError("STRIPE_WEBHOOK_SECRETS is needed with STRIPE_SECRET_KEY")
        return self
