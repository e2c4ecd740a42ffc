"""Settings of this service process."""

from pydantic import SecretStr

from plumbing.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service process needs, and the way to accounts."""

    accounts_url: str
    """Where accounts answers `/internal/businesses`."""
    service_private_key: SecretStr
    """The Ed25519 private key (JWK in JSON) with which this service signs its calls; its `kid` is `availability`."""
