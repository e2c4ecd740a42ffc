"""Events of notifications: what could not be told to somebody."""

from typing import ClassVar, Literal
from uuid import UUID

from contracts.envelope import Event
from contracts.ids import AppointmentId, MessageId
from contracts.wire import Wire

Channel = Literal["email", "sms", "whatsapp"]
"""How somebody is told."""


class FailedMessage(Wire):
    """A message that nobody gets: of which kind, by which channel, to whom (a word, never an address), and why.

    `audience`: `guest`, `contact` (the business), `staff` (whoever gives the service) or `invited`.
    """

    id: MessageId
    appointment_id: AppointmentId | None
    kind: str
    channel: Channel
    audience: str
    reason: str
    attempts: int


class MessageFailed(Event):
    """A message was given up: every try failed, its time has passed, or its address takes none."""

    type: ClassVar[str] = "message.failed"
    source: ClassVar[str] = "notifications"

    message: FailedMessage

    @property
    def subject(self) -> UUID:
        """The message."""
        return self.message.id
