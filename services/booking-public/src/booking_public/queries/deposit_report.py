"""Reads: what was taken of deposits and given back, by date."""

from datetime import date, datetime

from sqlalchemy import Date, RowMapping, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from booking_public.domain.payments import MovementKind, RefundState
from booking_public.tables.payments import payments
from contracts.ids import BusinessId
from contracts.money import Money
from contracts.wire import Wire
from plumbing.db import Tx

_TAKEN, _GIVEN_BACK = MovementKind.CAPTURED.value, MovementKind.REFUNDED.value


class DepositDay(Wire):
    """What was taken of deposits on a date, and what of them arrived back at guests' cards."""

    date: date
    taken: Money
    given_back: Money


class DepositReport(Wire):
    """The dates of a range on which money moved, in `timezone`; one line for each currency."""

    timezone: str
    days: list[DepositDay]


async def deposit_report(
    tx: Tx, business_id: BusinessId, start: datetime, end: datetime, timezone: str
) -> DepositReport:
    """One statement, however many deposits there are. A refund counts as it is now: one that failed does not."""
    c = payments.c
    newest = (
        select(c.kind, c.amount, c.currency, c.status, c.at)
        .ext(distinct_on(c.movement_id))
        .where(c.business_id == business_id, c.kind.in_([_TAKEN, _GIVEN_BACK]), c.at >= start)
        .order_by(c.movement_id, c.id.desc())
        .subquery()
        .c
    )
    on = cast(func.timezone(timezone, newest.at), Date).label("date")
    counted = select(
        on,
        newest.currency,
        func.coalesce(func.sum(newest.amount).filter(newest.kind == _TAKEN), 0).label("taken"),
        func.coalesce(func.sum(newest.amount).filter(newest.kind == _GIVEN_BACK), 0).label("given_back"),
    ).where(newest.status == RefundState.SUCCEEDED.value, newest.at < end)
    rows = await tx.rows(counted.group_by(on, newest.currency).order_by(on, newest.currency))
    return DepositReport(timezone=timezone, days=[_day(row) for row in rows])


def _day(row: RowMapping) -> DepositDay:
    taken, given_back = (Money(amount=int(row[name]), currency=row["currency"]) for name in ("taken", "given_back"))
    return DepositDay(date=row["date"], taken=taken, given_back=given_back)
