"""Messages in JSON."""

from typing import Literal, Self

from contracts.ids import AppointmentId, MessageId
from contracts.wire import Instant, Wire
from notifications.domain import Audience, Channel, Kind
from notifications.queries.messages import Listed

Status = Literal["waiting", "sent", "failed", "skipped"]


class MessageOut(Wire):
    """What somebody was told, or is to be told. `nextTryAt` while it waits; `text` once it was sent, and no secret.

    `reason`: why it failed, was skipped or waits. `providerSaid`: in the words of whoever delivers it.
    """

    id: MessageId
    appointment_id: AppointmentId | None
    kind: Kind
    channel: Channel
    audience: Audience
    recipient: str | None
    status: Status
    reason: str | None
    subject: str | None
    text: str | None
    attempts: int
    provider_id: str | None
    provider_said: str | None
    created_at: Instant
    next_try_at: Instant | None
    expires_at: Instant
    sent_at: Instant | None
    revision: int

    @classmethod
    def of(cls, found: Listed) -> Self:
        """As it is now."""
        message = found.message
        status: Status = message.state.value
        return cls(
            id=message.id,
            appointment_id=message.appointment_id,
            kind=message.kind,
            channel=message.channel,
            audience=message.audience,
            recipient=message.recipient,
            status=status,
            reason=message.reason,
            subject=found.subject,
            text=found.text,
            attempts=message.attempts,
            provider_id=found.provider_id,
            provider_said=found.provider_said,
            created_at=found.created_at,
            next_try_at=message.due_at if status == "waiting" else None,
            expires_at=message.expires_at,
            sent_at=found.ended_at if status == "sent" else None,
            revision=message.revision,
        )
