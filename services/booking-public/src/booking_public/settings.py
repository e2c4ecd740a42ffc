"""Settings of this service process."""

from typing import Annotated, Literal, Self

from pydantic import Field, FilePath, SecretStr, model_validator

from plumbing.settings import Environment, ServiceSettings


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
    stripe_webhook_secrets: SecretStr | None = None
    """What Stripe signs its webhooks with, separated by commas: two while one is replaced by the other."""
    stripe_api_base: str | None = None
    """Another address of Stripe's API, for a stand-in; Stripe's own without it."""
    stripe_script_path: Annotated[str, Field(pattern=r"^/[a-z0-9./-]+$")] | None = None
    """Where a stand-in for Stripe.js is on our own host; Stripe's own without it."""

    captcha: Literal["on", "off"] = "on"
    """`off` says on purpose that production has no captcha; with keys there is one all the same."""
    hcaptcha_verify_url: str = "https://api.hcaptcha.com/siteverify"
    """Where hCaptcha verifies what a guest has solved."""
    guest_attempts_per_contact: Annotated[int, Field(ge=1)] = 10
    """So often the same email address or phone number may try to book in an hour."""
    guest_attempts_per_network: Annotated[int, Field(ge=1)] = 100
    """So often a network (/24, /64) may try to hold or book at one business in an hour."""
    guest_attempts_per_page: Annotated[int, Field(ge=1)] = 120
    """So often guests may try to hold or book on one page in a minute."""
    guest_attempts_per_business: Annotated[int, Field(ge=1)] = 300
    """So often guests may try to hold or book at one business in a minute."""
    guest_holds_per_contact: Annotated[int, Field(ge=1)] = 2
    """So many times the same email address or phone number may keep without having paid."""
    guest_holds_per_network: Annotated[int, Field(ge=1)] = 3
    """So many times a network (/24, /64) may keep at one business without having paid."""

    guest_held_percent: Annotated[int, Field(ge=1, le=100)] = 20
    """So much of a business's next 14 days guests who have proven and paid nothing may keep, together."""

    wizard_manifest: FilePath | None = None
    """Vite's manifest of the booking wizard; without it a page says how to book by phone or email."""

    @model_validator(mode="after")
    def _captcha_in_production(self) -> Self:
        keys = [self.hcaptcha_site_key, self.hcaptcha_secret]
        if any(keys) and not all(keys):
            raise ValueError("HCAPTCHA_SITE_KEY and HCAPTCHA_SECRET go together")
        if self.env is Environment.PRODUCTION and not any(keys) and self.captcha == "on":
            raise ValueError("set HCAPTCHA_SITE_KEY and HCAPTCHA_SECRET, or CAPTCHA=off to do without a captcha")
        return self

    @model_validator(mode="after")
    def _no_deposit_without_its_webhook(self) -> Self:
        if self.stripe_secret_key and not self.webhook_secrets():
            raise ValueError("STRIPE_WEBHOOK_SECRETS is needed with STRIPE_SECRET_KEY")
        return self

    @property
    def public_url(self) -> str:
        """What every address that is given away begins with: the first of the public origins."""
        return self.public_origins[0].rstrip("/")

    def webhook_secrets(self) -> list[str]:
        """All of Stripe's that count now."""
        kept = self.stripe_webhook_secrets.get_secret_value() if self.stripe_webhook_secrets else ""
        return [secret.strip() for secret in kept.split(",") if secret.strip()]
