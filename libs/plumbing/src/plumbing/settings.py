"""Settings of a service process: typed, frozen, from the environment, refused at start with words to act on."""

import sys
from enum import StrEnum
from typing import Annotated, NoReturn, Self

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from plumbing import failpoints

SETTINGS_UNUSABLE = 78
"""Exit code of a process that cannot start with its settings (EX_CONFIG of sysexits.h)."""


class Environment(StrEnum):
    """Where the process runs; production refuses conveniences."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    TEST = "test"


def _starts_with(*schemes: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(schemes):
            raise ValueError(f"must start with {' or '.join(schemes)}")
        return value

    return AfterValidator(check)


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


PostgresUrl = Annotated[SecretStr, _starts_with("postgresql://")]
AmqpUrl = Annotated[SecretStr, _starts_with("amqp://", "amqps://")]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""A list of words, separated by commas in the environment."""


class ProcessSettings(BaseSettings):
    """What every process needs, also one without a database. Each field is a variable of the same name, upper case."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    env: Environment = Environment.PRODUCTION
    """`production`, `development` or `test`."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int
    """The port to listen on."""
    amqp_url: AmqpUrl
    """The RabbitMQ virtual host that carries the events."""
    jwks_url: str
    """Where the public keys of access tokens are: accounts' `/.well-known/jwks.json`."""
    accounts_url: str
    """Where accounts answers `/internal`: which access tokens were taken back, which API keys there are."""
    service_private_key: SecretStr
    """The Ed25519 private key (JWK in JSON) that signs this service's calls; its `kid` is the service's name."""
    public_origins: Names
    """Origins from which a browser may act with its cookie, such as `https://book.example.com`."""
    log_level: str = "INFO"
    """`DEBUG`, `INFO`, `WARNING` or `ERROR`."""
    otel_exporter_otlp_endpoint: str | None = None
    """OTLP/HTTP collector for traces; none are sent without it."""

    @model_validator(mode="after")
    def _no_failpoints_in_production(self) -> Self:
        if failpoints.from_environment() and self.env is Environment.PRODUCTION:
            raise ValueError(f"{failpoints.VARIABLE} is for tests; it is refused in production")
        return self

    @classmethod
    def load(cls) -> Self:
        """Read the environment, or end the process with a readable list of what is missing or wrong."""
        try:
            return cls()  # pyright: ignore[reportCallIssue]  # the fields come from the environment
        except ValidationError as error:
            _refuse(cls.__module__.split(".")[0], error)


class ServiceSettings(ProcessSettings):
    """What every service process needs that keeps something."""

    database_url: PostgresUrl
    """This service's database, as its runtime role (never the owner of the tables)."""
    database_pool_size: int = 10
    """Connections that one process keeps to its database."""
    trusted_service_keys: str = '{"keys": []}'
    """JWKS of the services that may call `/internal`; a key's `kid` is the service's name."""


def _refuse(service: str, error: ValidationError) -> NoReturn:
    lines = [f"{service} cannot start with these settings:"]
    for item in error.errors(include_input=False, include_url=False):
        name = str(item["loc"][0]).upper() if item["loc"] else "settings"
        lines.append(f"  {name}: {_in_words(item['type'], item['msg'])}")
    lines.append("They are described in docs/reference/settings.md.")
    sys.stderr.write("\n".join(lines) + "\n")
    sys.exit(SETTINGS_UNUSABLE)


def _in_words(kind: str, message: str) -> str:
    return "is not set" if kind == "missing" else message.removeprefix("Value error, ")
