"""Webhooks: the endpoints of a business's own systems, what they may be told, and how a delivery goes.

The times are those of Standard Webhooks (standardwebhooks.com, "Deliverability and reliability").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from contracts.accounts import BusinessChanged
from contracts.appointments import (
    AppointmentCreated,
    AppointmentDeleted,
    AppointmentUpdated,
    CustomerErased,
    WaitingListOffered,
)
from contracts.availability import StaffChanged
from contracts.booking import PaymentFailed, PaymentRefunded, PaymentSucceeded
from contracts.ids import BusinessId, EventId, WebhookDeliveryId, WebhookEndpointId
from contracts.notifications import MessageFailed
from plumbing.problems import Problem

OFFERED = frozenset(
    kind.type
    for kind in (
        *(AppointmentCreated, AppointmentUpdated, AppointmentDeleted),
        *(PaymentSucceeded, PaymentFailed, PaymentRefunded),
        *(BusinessChanged, CustomerErased, MessageFailed, StaffChanged, WaitingListOffered),
    )
)
"""The only events that leave the product. An invitation and a code carry secrets, and never do."""

TEST_TYPE = "webhook.test"
"""What an endpoint gets when somebody presses the button, and never otherwise."""

WEBHOOK_LADDER = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""How long after the try before it each try is made: nine more tries, over 75 hours."""

JITTER = 0.1
"""A wait is up to so much of itself longer, so that what failed together does not come back together."""

OFF_AFTER = timedelta(days=3)
"""An endpoint that has answered nothing well for so long is switched off."""

RESTS_AFTER = 5
"""So many tries in a row without an answer, and an endpoint is left in peace."""

REST = timedelta(seconds=30)
"""So long; then one delivery shows whether it is there again."""

OLD_SECRET_SIGNS = timedelta(days=1)
"""So long the secret before the present one signs, too."""

DELIVERIES_KEPT = timedelta(days=30)
"""So long what was sent can be looked up, and sent again; then it is deleted."""

MOST_ENDPOINTS = 20
"""Of one business."""

MOST_BYTES = 20_480
"""No payload is larger."""

GONE = HTTPStatus.GONE.value
"""An endpoint that answers this wants nothing any more."""


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up."""


class EndpointOff(Problem):
    """This endpoint is switched off."""

    status = HTTPStatus.CONFLICT


class TooManyEndpoints(Problem):
    """A business can have twenty endpoints at most."""

    status = HTTPStatus.CONFLICT


class DeliveryErased(Problem):
    """What this delivery said is not kept any more: it was about somebody who has asked to be forgotten."""

    status = HTTPStatus.CONFLICT


class DeliveryWaiting(Problem):
    """This delivery is still on its way."""

    status = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a business wants to be told of what: no `events` are all. `disabled_reason`: why the product put it off.

    `failing_since`: when it last began to take nothing. `silences`: how many tries in a row had no answer.
    """

    business_id: BusinessId
    id: WebhookEndpointId
    url: str
    description: str
    events: tuple[str, ...]
    enabled: bool
    disabled_reason: str | None
    failing_since: datetime | None
    silences: int
    rests_until: datetime | None
    secret: str
    old_secret: str | None
    old_secret_until: datetime | None
    created_at: datetime
    revision: int

    def secrets(self, *, at: datetime) -> tuple[str, ...]:
        """What is signed with now, the present one first."""
        if self.old_secret is None or self.old_secret_until is None or at >= self.old_secret_until:
            return (self.secret,)
        return (self.secret, self.old_secret)

    def room(self, most: int, *, at: datetime) -> int:
        """How many deliveries may be tried now: none while it rests, and one after that."""
        if self.rests_until is None:
            return most
        return 1 if at >= self.rests_until else 0

    def health_after(self, reaction: "Reaction", *, at: datetime) -> Mapping[str, Any]:
        """`failing_since`, `silences` and `rests_until` after a try."""
        silences = self.silences + 1 if reaction.status is None else 0
        return {
            "failing_since": None if reaction.is_well else self.failing_since or at,
            "silences": silences,
            "rests_until": at + REST if silences >= RESTS_AFTER else None,
        }


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one endpoint, and what came of the last try. `payload` is null once it is erased."""

    business_id: BusinessId
    id: WebhookDeliveryId
    endpoint_id: WebhookEndpointId
    event_id: EventId
    type: str
    payload: str | None
    state: DeliveryState
    reason: str | None
    due_at: datetime
    attempts: int
    tried_at: datetime | None
    status: int | None
    duration_ms: int | None
    response: str | None
    created_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Reaction:
    """What an endpoint did: its status (none without an answer), how long it took, and the first of what it said."""

    status: int | None
    reason: str | None
    duration_ms: int
    response: str = ""

    @property
    def is_well(self) -> bool:
        """Whether it took the delivery."""
        return self.reason is None

    def noted(self) -> Mapping[str, Any]:
        """As it is kept."""
        return {"status": self.status, "duration_ms": self.duration_ms, "response": self.response}
