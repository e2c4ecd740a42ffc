"""Settings of this service process."""

from pydantic import SecretStr

from plumbing.settings import ServiceSettings


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
