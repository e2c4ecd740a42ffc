"""What is sent to an address that the event itself names: an invitation, a code, an offer from the line."""

from datetime import datetime

from contracts.accounts import InvitationCreated
from contracts.appointments import WaitingListOffered
from contracts.booking import BookingCodeRequested
from contracts.ids import MessageId, uuid7
from notifications.domain import Audience, Channel, Kind, KnownAppointment, Message
from notifications.use_cases.plan_messages import note, tell_guest
from plumbing.db import Tx
from plumbing.failpoints import reach


async def tell_invitation(tx: Tx, event: InvitationCreated, *, now: datetime) -> None:
    """Somebody was invited: their link is kept until it is sent, and no longer."""
    await reach("notifications.invited")
    message = Message(
        business_id=event.business_id,
        id=MessageId(uuid7()),
        kind=Kind.INVITATION,
        channel=Channel.EMAIL,
        audience=Audience.INVITED,
        due_at=now,
        expires_at=event.expires_at,
        recipient=event.email,
        payload={
            "role": event.role,
            "acceptUrl": event.accept_url,
            "validUntil": event.expires_at.isoformat(),
        },
    )
    await note(tx, [(message, f"{event.invitation_id} {event.revision}")], now=now)


async def tell_code(tx: Tx, event: BookingCodeRequested, *, now: datetime) -> None:
    """A guest has to show that an address is theirs: the code is kept until it is sent, and no longer."""
    message = Message(
        business_id=event.business_id,
        id=MessageId(uuid7()),
        kind=Kind.VERIFICATION_CODE,
        channel=Channel.EMAIL,
        audience=Audience.GUEST,
        due_at=now,
        expires_at=event.expires_at,
        appointment_id=event.appointment_id,
        recipient=event.email,
        payload={"code": event.code, "locale": event.locale, "validUntil": event.expires_at.isoformat()},
    )
    await note(tx, [(message, f"{event.booking_id} {event.revision}")], now=now)


async def tell_offer(tx: Tx, event: WaitingListOffered, *, now: datetime) -> None:
    """The first in line is offered a time, and has so long to take it."""
    known = KnownAppointment(event.appointment, deleted=False)
    payload = {"validUntil": event.expires_at.isoformat()}
    of = f"{event.waiting_id} {event.revision}"
    await tell_guest(tx, Kind.WAITING_LIST_OFFER, known, of=of, now=now, payload=payload, expires_at=event.expires_at)
