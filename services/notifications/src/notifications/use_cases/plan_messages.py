"""Noting what somebody is to be told: each intent once, however often its event arrives."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from contracts.ids import MessageId, uuid7
from notifications.domain import Audience, Channel, Kind, KnownAppointment, Message, Preferences
from notifications.domain.kinds import CHANNELS
from notifications.queries.known import known_business, preferences, staff_email
from notifications.tables import message_row, messages
from plumbing.db import Tx


async def note(tx: Tx, intents: Sequence[tuple[Message, str]], *, now: datetime) -> None:
    """Store messages that are to be sent, each with what it is about; those that are there already stay as they are."""
    if not intents:
        return
    rows = [{**message_row(message, of), "created_at": now} for message, of in intents]
    await tx.execute(
        insert(messages).values(rows).on_conflict_do_nothing(index_elements=["business_id", "intent"]),
    )


async def tell_guest(tx: Tx, kind: Kind, known: KnownAppointment, *, of: str, now: datetime, **more: Any) -> None:
    """Note what a guest is to be told of an appointment, by every channel for which they left an address."""
    wanted = await preferences(tx, known.details.business_id)
    built = [
        _about(known, kind, channel, Audience.GUEST, now, **more) for channel in guest_channels(kind, known, wanted)
    ]
    await note(tx, [(message, of) for message in built], now=now)


async def tell_business(tx: Tx, kind: Kind, known: KnownAppointment, *, of: str, now: datetime, **more: Any) -> None:
    """Note what the business is to be told: at the address that it named, and whoever gives the service at theirs."""
    details = known.details
    wanted = await preferences(tx, details.business_id)
    if not wanted.wants(kind, Channel.EMAIL):
        return
    business = await known_business(tx, details.business_id)
    contact = wanted.notify_email or (business.contact_email if business else None)
    member = await staff_email(tx, details.business_id, details.staff_id)
    audiences = [Audience.CONTACT] if contact else []
    if member and member != contact:
        audiences.append(Audience.STAFF)
    built = [_about(known, kind, Channel.EMAIL, audience, now, **more) for audience in audiences]
    await note(tx, [(message, of) for message in built], now=now)


def guest_channels(kind: Kind, known: KnownAppointment, wanted: Preferences) -> Iterator[Channel]:
    """The channels that the kind can go by, the business wants, and the guest can be reached by."""
    customer = known.details.customer
    for channel in Channel:
        address = customer and (customer.email if channel is Channel.EMAIL else customer.phone)
        if address and channel in CHANNELS[kind] and wanted.wants(kind, channel):
            yield channel


def about(known: KnownAppointment) -> str:
    """What a message about this revision of an appointment is about."""
    return f"{known.details.id} {known.details.revision}"


def _about(
    known: KnownAppointment, kind: Kind, channel: Channel, audience: Audience, now: datetime, **more: Any
) -> Message:
    details = known.details
    fields: dict[str, Any] = {"due_at": now, "expires_at": details.start, **more}
    return Message(
        business_id=details.business_id,
        id=MessageId(uuid7()),
        kind=kind,
        channel=channel,
        audience=audience,
        appointment_id=details.id,
        appointment_revision=details.revision,
        customer_id=details.customer_id,
        staff_id=details.staff_id,
        start_at=details.start,
        **fields,
    )
