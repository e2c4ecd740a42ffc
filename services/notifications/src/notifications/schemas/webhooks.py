"""Endpoints of a business's own systems, and what is delivered to them, in JSON."""

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from contracts.ids import EventId, WebhookDeliveryId, WebhookEndpointId
from contracts.wire import Instant, Wire
from notifications.domain.addresses import may_be_public
from notifications.domain.webhooks import OFFERED, Delivery, DeliveryState, Endpoint
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, Flag, When, Word

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError("is not an address") from error
    if (
        not value.isascii()
        or not value.isprintable()
        or " " in value
        or not host
        or "@" in parts.netloc
        or parts.fragment
    ):
        raise ValueError("must be an address such as https://example.com/hooks, without a user or a fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOCAL):
        raise ValueError("must start with https://")
    if not may_be_public(host, loopback=True):
        raise ValueError("must not be an address of a private network")
    return value


def _offered(value: str) -> str:
    if value not in OFFERED:
        raise ValueError("is not offered")
    return value


def _sorted(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


Url = Annotated[str, StringConstraints(min_length=10, max_length=2000), AfterValidator(_address)]
Type = Annotated[str, AfterValidator(_offered)]
Types = Annotated[tuple[Type, ...], Field(max_length=len(OFFERED)), AfterValidator(_sorted)]


class NewEndpoint(Body):
    """Where to send what: `events` are types, and none is all that are offered."""

    url: Url
    description: Word = ""
    events: Types = ()


class EndpointChanges(ChangesBody):
    """What is to be different."""

    url: Sent[Url] = None
    description: Sent[Word] = None
    events: Sent[Types] = None
    enabled: Sent[Flag] = None


class EndpointOut(Wire):
    """An endpoint. `disabledReason`: `failing` or `gone` when the product has switched it off.

    `oldSecretUntil`: until then the secret before this one signs, too.
    """

    id: WebhookEndpointId
    url: str
    description: str
    events: list[str]
    enabled: bool
    disabled_reason: str | None
    failing_since: Instant | None
    old_secret_until: Instant | None
    created_at: Instant
    revision: int

    @classmethod
    def of(cls, endpoint: Endpoint) -> Self:
        """As it is now, without its secret."""
        given = cls.model_fields.keys() - {"events", "secret"}
        return cls(events=list(endpoint.events), **{name: getattr(endpoint, name) for name in given})


class EndpointMade(EndpointOut):
    """An endpoint with its new secret, which is shown this once.

    In an answer that is given again for an Idempotency-Key it is null: make another then.
    """

    secret: str | None = None

    def with_secret(self, secret: str) -> Self:
        """The same, to be shown once."""
        return self.model_copy(update={"secret": secret})


class DeliveryOut(Wire):
    """One event for one endpoint. `eventId` is what was sent as `webhook-id`; the rest is of the last try.

    `reason`: why it failed or waits. `response`: the first 1,024 bytes of what the endpoint said.
    """

    id: WebhookDeliveryId
    event_id: EventId
    type: str
    state: DeliveryState
    reason: str | None
    attempts: int
    next_try_at: Instant | None
    tried_at: Instant | None
    status: int | None
    duration_ms: int | None
    response: str | None
    created_at: Instant
    revision: int

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """As it is now."""
        waits = delivery.state is DeliveryState.WAITING
        given = cls.model_fields.keys() - {"next_try_at"}
        next_try_at = delivery.due_at if waits else None
        return cls(next_try_at=next_try_at, **{name: getattr(delivery, name) for name in given})


class ReplaySince(Body):
    """Send again all that have failed of what happened since."""

    since: When


class Replayed(Wire):
    """How many are sent again."""

    replayed: int
