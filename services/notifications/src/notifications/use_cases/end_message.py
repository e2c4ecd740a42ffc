"""What becomes of a message after a try: sent, put off, given up or left out; and another life for one given up."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from contracts.ids import BusinessId, MessageId
from contracts.notifications import FailedMessage, MessageFailed
from notifications.domain import Message, MessageNotFailed, MessageOver, State
from notifications.domain.deliveries import Receipt
from notifications.domain.kinds import SECRET_KINDS
from notifications.tables import message_of, messages
from plumbing.db import Tx
from plumbing.problems import NotFound


async def note_sent(
    tx: Tx, message: Message, *, to: str, subject: str | None, text: str, receipt: Receipt, at: datetime
) -> None:
    """The provider took it. Of a secret nothing is kept but that it was sent."""
    said = {"subject": subject, "body": text} if message.kind not in SECRET_KINDS else {}
    provider = {"provider_id": receipt.provider_id, "provider_said": receipt.said}
    await _end(tx, message, State.SENT, None, at, recipient=to, **said, **provider)


async def put_off(tx: Tx, message: Message, reason: str, said: str, *, until: datetime) -> None:
    """Another try, then."""
    await _set(tx, message, due_at=until, reason=reason, provider_said=said)


async def hand_back(tx: Tx, message: Message, *, at: datetime) -> None:
    """As if it had not been taken: it is due, and was not tried."""
    await _set(tx, message, due_at=at, attempts=message.attempts - 1)


async def give_up(tx: Tx, message: Message, reason: str, said: str, *, at: datetime) -> None:
    """Nobody gets it: the owner is told."""
    if not await _end(tx, message, State.FAILED, reason, at, provider_said=said):
        return
    tx.emit(
        MessageFailed(
            business_id=message.business_id,
            revision=message.revision + 1,
            message=FailedMessage(
                id=message.id,
                appointment_id=message.appointment_id,
                kind=message.kind.value,
                channel=message.channel.value,
                audience=message.audience.value,
                reason=reason,
                attempts=message.attempts,
            ),
        )
    )


async def leave_out(tx: Tx, message: Message, reason: str, *, at: datetime) -> None:
    """It is not sent, on purpose."""
    await _end(tx, message, State.SKIPPED, reason, at)


async def retry_message(tx: Tx, business_id: BusinessId, message_id: MessageId, *, now: datetime) -> Message:
    """Send one that was given up again, from the first try on. Raises NotFound, MessageNotFailed and MessageOver."""
    own = (messages.c.business_id == business_id) & (messages.c.id == message_id)
    row = await tx.row(select(messages).where(own).with_for_update())
    if row is None:
        raise NotFound
    message = message_of(row)
    if message.state is not State.FAILED:
        raise MessageNotFailed
    if now >= message.expires_at or message.kind in SECRET_KINDS:
        raise MessageOver
    again: dict[str, Any] = {
        "state": State.WAITING.value,
        "attempts": 0,
        "due_at": now,
        "reason": None,
        "ended_at": None,
    }
    changed = update(messages).where(own).values(**again, revision=message.revision + 1).returning(messages)
    return message_of((await tx.execute(changed)).mappings().one())


async def _end(tx: Tx, message: Message, state: State, reason: str | None, at: datetime, **more: Any) -> bool:
    if message.kind in SECRET_KINDS:
        more["payload"] = {}
    ended = {"state": state.value, "reason": reason, "ended_at": at, "revision": message.revision + 1}
    return await _set(tx, message, **ended, **more)


async def _set(tx: Tx, message: Message, **values: Any) -> bool:
    """Only while it waits: what another process has ended meanwhile stays as it is."""
    m = messages.c
    own = (m.business_id == message.business_id) & (m.id == message.id) & (m.state == State.WAITING.value)
    result = await tx.execute(update(messages).where(own).values(**values))
    return bool(result.rowcount)
