"""Sending what is due: taken for a while, looked at again, handed over, and noted, each in a transaction of its own.

Between the hand-over and the note a process may die: then the message is sent once more when its lease is over, and so
at most once too often. Nothing is ever lost: what is not noted as sent is tried again. A process that is told to end
hands back what has not left, for the next one to send at once.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from jinja2 import TemplateError
from sqlalchemy import select, tuple_, update

from contracts.manage_links import ManageLinkAnswer
from notifications.clients.channels import Attachment, Outgoing, Way
from notifications.clients.manage_links import ManageLinks
from notifications.domain import Audience, Channel, Kind, Message, State
from notifications.domain.deliveries import NotDelivered, NotYet, Receipt, Refused, SwitchedOff
from notifications.domain.kinds import SECRET_KINDS
from notifications.domain.messages import LEASE, next_try
from notifications.domain.templates import TemplateKey
from notifications.tables import message_of, messages
from notifications.use_cases.departures import Departures, HeldBack
from notifications.use_cases.end_message import give_up, hand_back, leave_out, note_sent, put_off
from notifications.use_cases.prepare import Ended, Prepared, TextLimits, prepare
from notifications.use_cases.writing.defaults import default
from notifications.use_cases.writing.invite import invite, method_of
from notifications.use_cases.writing.letters import Written, write
from notifications.use_cases.writing.occasion import Occasion
from plumbing.batches import taken
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import ServiceUnavailable

log = structlog.get_logger("messages")

AT_ONCE = 8
"""So many of a channel at once, and no more are taken: one that waited for its turn could outlast its lease."""

_TRIES_FOR_A_LINK = 2
"""So often a message waits for booking-public to say the guest's link; then it goes without."""

NO_LINK = ManageLinkAnswer()
_FOR_CALENDARS = frozenset({Kind.BOOKED, Kind.CONFIRMED, Kind.RESCHEDULED, Kind.CANCELLED, Kind.EXPIRED})


@dataclass(frozen=True, slots=True)
class Sender:
    """What messages leave by; `mail_from` is whom a calendar is told to answer where a business has no address."""

    uow: UnitOfWork
    ways: Sequence[Way]
    links: ManageLinks
    limits: TextLimits
    mail_from: str
    departures: Departures = field(default_factory=Departures)

    def stop(self) -> None:
        """Send nothing more; what has left is still waited for."""
        self.departures.end()

    async def send_due(self, *, at: datetime) -> int:
        """Send what is due; how many messages were tried. Raises ServiceUnavailable when that cannot be noted."""
        if self.departures.are_over:
            return 0
        begun = [(message, way) for way in self.ways for message in await self._take(way, at)]
        ended = await asyncio.gather(*(self._try(message, way, at) for message, way in begun), return_exceptions=True)
        for failure in ended:
            if failure is not None:
                raise failure
        return len(begun)

    async def _take(self, way: Way, at: datetime) -> list[Message]:
        """The oldest that are due, for this process alone until the lease is over."""
        room = way.breaker.room(AT_ONCE, at=at)
        if not room:
            return []
        m = messages.c
        due = (m.state == State.WAITING.value) & (m.due_at <= at) & (m.channel == way.channel.value)
        some = select(m.business_id, m.id).where(due).order_by(m.due_at).limit(room)
        async with self.uow.across_businesses() as tx:
            rows = await tx.execute(
                update(messages)
                .where(tuple_(m.business_id, m.id).in_(taken(some)))
                .values(due_at=at + LEASE, attempts=m.attempts + 1, tried_at=at)
                .returning(messages)
            )
            return [message_of(row) for row in rows.mappings().all()]

    async def _try(self, message: Message, way: Way, at: datetime) -> None:
        """One try, whatever comes of it: what is wrong with one message holds up no other."""
        try:
            await self._send(message, way, at)
        except HeldBack:
            await self._hand_back(message, at)
        except Ended as end:
            await self._end(message, end, at)
        except NotDelivered as why:
            await self._note_why(message, way, why, at)
        except Exception:
            log.exception("message not sent", id=str(message.id), kind=message.kind.value)
            await self._put_off(message, NotDelivered("error"), at)

    async def _note_why(self, message: Message, way: Way, why: NotDelivered, at: datetime) -> None:
        match why:
            case SwitchedOff():
                await self._end(message, Ended(State.SKIPPED, why.reason), at)
            case NotYet():
                await self._put_off(message, why, at)
            case Refused():
                way.breaker.answered()
                await self._give_up(message, why, at)
            case _:
                way.breaker.silent(at=at)
                await self._put_off(message, why, at)

    async def _send(self, message: Message, way: Way, at: datetime) -> None:
        async with self.departures.departure() as leaves:
            link = await self._link(message)
            async with self.uow.across_businesses() as tx:
                prepared = await prepare(tx, message, self.limits, locale=link.locale, at=at)
            written = _written(prepared, link)
            await reach("notifications.before_send")
            receipt = await way.provider.send(self._outgoing(prepared, written), leaves)
        await reach("notifications.after_send")
        way.breaker.answered()
        await self._note_sent(prepared, written, receipt, at)

    async def _link(self, message: Message) -> ManageLinkAnswer:
        """None for who is no guest. Raises NotYet as long as there is time to wait for an answer."""
        is_managed = message.audience is Audience.GUEST and message.kind not in SECRET_KINDS
        if not is_managed or message.appointment_id is None:
            return NO_LINK
        try:
            return await self.links.link(message.business_id, message.appointment_id)
        except ServiceUnavailable as error:
            if message.attempts <= _TRIES_FOR_A_LINK:
                raise NotYet("noLink") from error
            return NO_LINK

    def _outgoing(self, prepared: Prepared, written: Written) -> Outgoing:
        business, wanted = prepared.business, prepared.wanted
        reply_to = wanted.reply_to or business.contact_email
        return Outgoing(
            id=str(prepared.message.id),
            to=prepared.to,
            text=written.text,
            locale=prepared.locale,
            subject=written.subject,
            html=written.html,
            invite=_invite(prepared, organizer=reply_to or self.mail_from),
            sender_name=wanted.sender_name or business.name,
            reply_to=reply_to,
        )

    async def _note_sent(self, prepared: Prepared, written: Written, receipt: Receipt, at: datetime) -> None:
        async with self.uow.across_businesses() as tx:
            await note_sent(
                tx,
                prepared.message,
                to=prepared.to,
                subject=written.subject,
                text=written.text,
                receipt=receipt,
                at=at,
            )

    async def _hand_back(self, message: Message, at: datetime) -> None:
        async with self.uow.across_businesses() as tx:
            await hand_back(tx, message, at=at)

    async def _put_off(self, message: Message, why: NotDelivered, at: datetime) -> None:
        """The next rung of the ladder, if the message is still of use then; else it is given up."""
        until = next_try(message.attempts, at=at)
        if until is None or until >= message.expires_at:
            await self._give_up(message, why, at)
            return
        async with self.uow.across_businesses() as tx:
            await put_off(tx, message, why.reason, why.said, until=until)

    async def _give_up(self, message: Message, why: NotDelivered, at: datetime) -> None:
        async with self.uow.across_businesses() as tx:
            await give_up(tx, message, why.reason, why.said, at=at)

    async def _end(self, message: Message, end: Ended, at: datetime) -> None:
        async with self.uow.across_businesses() as tx:
            if end.state is State.FAILED:
                await give_up(tx, message, end.reason, "", at=at)
            else:
                await leave_out(tx, message, end.reason, at=at)


def _written(prepared: Prepared, link: ManageLinkAnswer) -> Written:
    """In the business's own words; in the product's, should its own not work any more after an update."""
    message, known = prepared.message, prepared.known
    occasion = Occasion(
        kind=message.kind,
        locale=prepared.locale,
        business=prepared.business,
        appointment=known.details if known else None,
        payload=message.payload,
        manage_url=link.url,
        repeats=prepared.repeats,
    )
    if prepared.own is not None:
        try:
            return write(prepared.own, occasion)
        except (ValueError, TemplateError):
            log.warning("a template of a business does not work any more", kind=message.kind.value)
    return write(default(TemplateKey(message.kind, message.channel, prepared.locale)), occasion)


def _invite(prepared: Prepared, *, organizer: str) -> Attachment | None:
    message, known = prepared.message, prepared.known
    fits = message.channel is Channel.EMAIL and message.audience is Audience.GUEST and message.kind in _FOR_CALENDARS
    if known is None or not fits:
        return None
    content = invite(known, prepared.business, organizer=organizer, attendee=prepared.to)
    return Attachment(content, method_of(known))
