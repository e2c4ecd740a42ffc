"""A message that is due, looked at once more: is it still true, to whom does it go, and with which words?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from sqlalchemy import func, select, update

from notifications.domain import (
    Audience,
    Business,
    Channel,
    Kind,
    KnownAppointment,
    Message,
    Preferences,
    State,
    Template,
)
from notifications.domain.deliveries import NotYet
from notifications.domain.kinds import SECRET_KINDS, locale_of
from notifications.domain.messages import untrue
from notifications.domain.templates import TemplateKey
from notifications.queries.known import known_appointment, known_business, preferences, series_starts, staff_email
from notifications.queries.templates import own_template
from notifications.tables import messages
from plumbing.db import Tx

A_DAY = timedelta(days=1)
_MOST_REPEATS = 11


class Ended(Exception):
    """The message is not sent, now or later: `state` and `reason` say what becomes of it."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TextLimits:
    """Whom SMS and WhatsApp messages are sent to, and how many a day."""

    countries: frozenset[str]
    per_number_and_day: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a message is written from."""

    message: Message
    to: str
    locale: str
    business: Business
    wanted: Preferences
    known: KnownAppointment | None
    own: Template | None
    repeats: Sequence[datetime]


async def prepare(tx: Tx, message: Message, limits: TextLimits, *, locale: str | None, at: datetime) -> Prepared:
    """Look again. Raises Ended, and NotYet. `locale` is the guest's, where somebody knows it."""
    if at >= message.expires_at:
        raise Ended(State.FAILED, "over")
    business = await known_business(tx, message.business_id)
    known = await _appointment(tx, message)
    is_direct = message.kind in SECRET_KINDS
    if business is None or (known is None and message.appointment_id is not None and not is_direct):
        raise NotYet("notHeardOf")
    if reason := untrue(message, known):
        raise Ended(State.SKIPPED, reason)
    wanted = await preferences(tx, message.business_id)
    to = message.recipient if is_direct else await _address(tx, message, known, business, wanted)
    if to is None:
        raise Ended(State.SKIPPED, "noAddress")
    if message.channel is not Channel.EMAIL:
        await _take_turn(tx, message, to, limits, at)
    locale = message.payload.get("locale") or locale
    spoken = locale_of(locale or business.locale) if message.audience is Audience.GUEST else locale_of(business.locale)
    own = await own_template(tx, message.business_id, TemplateKey(message.kind, message.channel, spoken))
    return Prepared(message, to, spoken, business, wanted, known, own, await _repeats(tx, message, known))


async def _appointment(tx: Tx, message: Message) -> KnownAppointment | None:
    if message.appointment_id is None:
        return None
    return await known_appointment(tx, message.business_id, message.appointment_id)


async def _address(
    tx: Tx, message: Message, known: KnownAppointment | None, business: Business, wanted: Preferences
) -> str | None:
    """Where they are reached now, whatever it was when this was planned."""
    if message.audience is Audience.CONTACT:
        return wanted.notify_email or business.contact_email
    if known is None:
        return None
    if message.audience is Audience.STAFF:
        return await staff_email(tx, message.business_id, message.staff_id or known.details.staff_id)
    customer = known.details.customer
    if customer is None:
        return None
    return customer.email if message.channel is Channel.EMAIL else customer.phone


async def _take_turn(tx: Tx, message: Message, number: str, limits: TextLimits, at: datetime) -> None:
    """Numbers cost money: only those of some countries, and only so many a day. Counted under a lock on the number."""
    if _country(number) not in limits.countries:
        raise Ended(State.FAILED, "countryNotAllowed")
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"text {number}", 0))))
    m = messages.c
    sent = (m.recipient == number) & (m.channel == message.channel.value) & (m.tried_at > at - A_DAY)
    counts = m.state.in_((State.WAITING.value, State.SENT.value))
    if await tx.scalar(select(func.count()).where(sent, counts, m.id != message.id)) >= limits.per_number_and_day:
        raise Ended(State.FAILED, "tooManyToday")
    own = (m.business_id == message.business_id) & (m.id == message.id)
    await tx.execute(update(messages).where(own).values(recipient=number))


def _country(number: str) -> str | None:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return None


async def _repeats(tx: Tx, message: Message, known: KnownAppointment | None) -> Sequence[datetime]:
    series_id = known.details.series_id if known else None
    if known is None or series_id is None or message.kind not in {Kind.BOOKED, Kind.STAFF_BOOKED}:
        return ()
    return await series_starts(tx, message.business_id, series_id, but=known.details.id, most=_MOST_REPEATS)
