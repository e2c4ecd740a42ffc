"""Messages, read: what was sent to whom, and what was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, exists, select

from contracts.ids import AppointmentId, BusinessId, MessageId, StaffId
from notifications.domain import Audience, Message, State
from notifications.tables import message_of, messages
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: `staff_id` sees what is about their own appointments, and nobody but an owner sees invitations."""

    business_id: BusinessId
    sees_all: bool
    sees_invitations: bool
    staff_id: StaffId | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A message, with what was said in it."""

    message: Message
    subject: str | None
    text: str | None
    provider_id: str | None
    provider_said: str | None
    created_at: datetime
    ended_at: datetime | None


async def message_page(
    tx: Tx,
    reader: Reader,
    *,
    appointment_id: AppointmentId | None,
    state: State | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Listed]:
    """The newest first; of one appointment, of one state, or all."""
    m = messages.c
    some = _seen_by(reader)
    if appointment_id is not None:
        some &= m.appointment_id == appointment_id
    if state is not None:
        some &= m.state == state.value
    if after is not None:
        some &= m.id < after
    return [listed(row) for row in await tx.rows(select(messages).where(some).order_by(m.id.desc()).limit(limit))]


async def one_message(tx: Tx, reader: Reader, message_id: MessageId) -> Listed | None:
    """One message; None when there is none that they may see."""
    row = await tx.row(select(messages).where(_seen_by(reader), messages.c.id == message_id))
    return listed(row) if row else None


async def was_told(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> bool:
    """Whether anybody was, or is about to be, told of an appointment; of what was imported nobody is."""
    m = messages.c
    return bool(
        await tx.scalar(select(exists().where(m.business_id == business_id, m.appointment_id == appointment_id)))
    )


def listed(row: RowMapping) -> Listed:
    """The message in a row of `messages`, with what was said in it."""
    return Listed(
        message=message_of(row),
        subject=row["subject"],
        text=row["body"],
        provider_id=row["provider_id"],
        provider_said=row["provider_said"],
        created_at=row["created_at"],
        ended_at=row["ended_at"],
    )


def _seen_by(reader: Reader) -> ColumnElement[Any]:
    m = messages.c
    some = m.business_id == reader.business_id
    if not reader.sees_all:
        some &= m.staff_id == reader.staff_id
    if not reader.sees_invitations:
        some &= m.audience != Audience.INVITED.value
    return some
