"""Getting in line for a guest: as somebody of the business would, by what their booking page offers."""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from appointments.domain import NOT_FOR_GUESTS, Consent, Editor, NotBookable
from appointments.queries.waiting_list import WaitingDetails, waiting
from appointments.tables import customers, sessions
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.hold import GUEST
from appointments.use_cases.store_customer import keep_consent
from appointments.use_cases.wait import Wish, wait_for_seat, wait_for_time
from contracts.ids import BusinessId, CustomerId
from contracts.waiting import WaitRequest
from plumbing.db import Tx
from plumbing.problems import Invalid


async def wait_for_guest(tx: Tx, wanted: WaitRequest, *, offer_lasts: timedelta, now: datetime) -> WaitingDetails:
    """The wish, new or made before under its id.

    Raises Invalid for a session that is none, is over or is not on the page; NotBookable for who is blocked; SeatsLeft,
    AlreadyInSession and AlreadyWaiting.
    """
    before = await waiting(tx, wanted.business_id, wanted.id)
    if before is not None:
        return before
    customer = NewCustomer(wanted.customer.name, wanted.customer.email, wanted.customer.phone)
    await _refuse_blocked(tx, wanted.business_id, customer)
    wish = Wish(
        wanted.business_id,
        wanted.service_id,
        wanted.staff_id,
        customer,
        offer_lasts,
        staff_ids=wanted.staff_ids,
        id=wanted.id,
    )
    made = await _in_line(tx, wish, wanted, now)
    if wanted.customer.marketing_text is not None:
        given = Consent(given=True, at=now, text=wanted.customer.marketing_text)
        keep_consent(tx, wanted.business_id, CustomerId(made.customer.id), given)
    return made


async def _in_line(tx: Tx, wish: Wish, wanted: WaitRequest, now: datetime) -> WaitingDetails:
    if wanted.session_id is not None:
        await _refuse_not_on_page(tx, wanted, now)
        return await wait_for_seat(tx, wish, wanted.session_id, editor=Editor(GUEST), now=now)
    if wanted.from_at is None or wanted.to_at is None:
        raise Invalid.at("/sessionId", "must be sent when from and to are not")
    return await wait_for_time(tx, wish, (wanted.from_at, wanted.to_at), now=now)


async def _refuse_not_on_page(tx: Tx, wanted: WaitRequest, now: datetime) -> None:
    c = sessions.c
    own = select(c.staff_id).where(c.business_id == wanted.business_id, c.id == wanted.session_id, c.start_at > now)
    staff_id = await tx.scalar(own)
    if staff_id is None or (wanted.staff_ids is not None and staff_id not in wanted.staff_ids):
        raise Invalid.at("/sessionId", "is not offered here")


async def _refuse_blocked(tx: Tx, business_id: BusinessId, customer: NewCustomer) -> None:
    c = customers.c
    contact = [column == value for column, value in ((c.email, customer.email), (c.phone, customer.phone)) if value]
    blocked = select(exists().where(c.business_id == business_id, c.blocked, or_(*contact)))
    if contact and await tx.scalar(blocked):
        raise NotBookable([NOT_FOR_GUESTS])
