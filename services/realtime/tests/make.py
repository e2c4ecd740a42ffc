"""What the tests of realtime are arranged with: messages as others cause them."""

from collections.abc import Hashable

from contracts.envelope import Head
from contracts.ids import BusinessId, EventId, MessageId, uuid7
from contracts.notifications import FailedMessage, MessageFailed
from plumbing.clock import utc_now
from realtime.domain.messages import Message


def a_message(subject: Hashable = "one", revision: int = 1, *, size: int = 100) -> Message:
    """A message about something, about so many bytes long."""
    head = b'{"type":"appointment.updated","sequence":'
    tail = b',"revision":' + str(revision).encode() + b',"data":"'
    return Message(
        "appointment.updated", subject, revision, head, tail + b"x" * (size - len(head) - len(tail) - 2) + b'"}'
    )


def a_failed_message(audience: str) -> bytes:
    """The envelope that tells of a message that nobody gets."""
    message = FailedMessage(
        id=MessageId(uuid7()),
        appointment_id=None,
        kind="booked",
        channel="email",
        audience=audience,
        reason="refused",
        attempts=7,
    )
    event = MessageFailed(business_id=BusinessId(uuid7()), revision=1, message=message)
    return Head.of(event, event_id=EventId(uuid7()), at=utc_now()).around(event).encode()
