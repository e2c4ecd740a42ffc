"""Closing the business on some dates, and opening it again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from availability.domain import Business, Closure, Imported, SavedClosure
from availability.queries.public_holidays import Holiday
from availability.queries.standing import Dates, outside_of_hours
from availability.tables import closure_of, closure_row, closures
from availability.use_cases.tell_hours import tell_other_hours
from availability.use_cases.versions import bump
from contracts.ids import ClosureId, uuid7
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.problems import Invalid, NotFound
from plumbing.revisions import refuse_stale

MOST_DAYS = 732
"""Two years: one that is closed for longer is none."""


async def add_closure(tx: Tx, business: Business, fields: Mapping[str, Any], *, now: datetime) -> SavedClosure:
    """Close on these dates. Raises Invalid when they end before they start."""
    made = _made(business, {"estimated": False, **fields}, now)
    _refuse_wrong_dates(made)
    tx.insert(closures, closure_row(made))
    return SavedClosure.with_conflicts(made, await _conflicts(tx, business, [made], now))


async def edit_closure(
    tx: Tx,
    business: Business,
    closure_id: ClosureId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> SavedClosure:
    """The closure with these fields changed, or as it is when nothing differs. Other dates are no longer estimated.

    Raises NotFound, StaleRevision, and Invalid when it would end before it starts.
    """
    before = await _locked(tx, business, closure_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(changes))
    if after == before:
        return SavedClosure.with_conflicts(before, await _closed_for(tx, business, [before], now))
    _refuse_wrong_dates(after)
    same_dates = (before.start_date, before.end_date) == (after.start_date, after.end_date)
    more = {"estimated": before.estimated and same_dates, "updated_at": now, "revision": before.revision + 1}
    after = after.model_copy(update=more)
    tx.update(closures, {"business_id": business.id, "id": closure_id}, closure_row(after))
    return SavedClosure.with_conflicts(after, await _conflicts(tx, business, [after], now))


async def remove_closure(
    tx: Tx, business: Business, closure_id: ClosureId, *, now: datetime, expected: int | None = None
) -> None:
    """Open again on its dates. Raises NotFound and StaleRevision."""
    before = await _locked(tx, business, closure_id)
    refuse_stale(expected, before.revision, before)
    await tx.execute(delete(closures).filter_by(business_id=business.id, id=closure_id))
    await _tell(tx, business)


async def import_closures(tx: Tx, business: Business, holidays: Sequence[Holiday], *, now: datetime) -> Imported:
    """Close on these holidays, but for those that were imported before, whatever became of them since."""
    made = {holiday.key: _made(business, holiday.fields(), now) for holiday in holidays}
    rows = [{**closure_row(closure), "imported": key} for key, closure in made.items()]
    if not rows:
        return Imported(items=[], known=0, conflicts=[])
    adding = insert(closures).values(rows).on_conflict_do_nothing(index_elements=["business_id", "imported"])
    added = {row["id"] for row in await tx.rows(adding.returning(closures.c.id))}
    items = [closure for closure in made.values() if closure.id in added]
    conflicts = await _conflicts(tx, business, items, now) if items else []
    return Imported(items=items, known=len(made) - len(items), conflicts=conflicts)


def _made(business: Business, fields: Mapping[str, Any], now: datetime) -> Closure:
    return Closure(
        **fields,
        id=ClosureId(uuid7()),
        business_id=business.id,
        created_at=now,
        updated_at=now,
        revision=1,
    )


async def _locked(tx: Tx, business: Business, closure_id: ClosureId) -> Closure:
    row = await tx.row(select(closures).filter_by(business_id=business.id, id=closure_id).with_for_update())
    if row is None:
        raise NotFound
    return closure_of(row)


async def _conflicts(tx: Tx, business: Business, made: Sequence[Closure], now: datetime) -> list[ConflictDetails]:
    """Tell that everybody's hours are others now, and find what stands on the dates of these closures."""
    await _tell(tx, business)
    return await _closed_for(tx, business, made, now)


async def _tell(tx: Tx, business: Business) -> None:
    await tell_other_hours(tx, business.id, None)
    await bump(tx, business.id)


async def _closed_for(tx: Tx, business: Business, made: Sequence[Closure], now: datetime) -> list[ConflictDetails]:
    spans = [Dates(one.start_date, one.end_date) for one in made]
    return await outside_of_hours(tx, business, None, spans, now)


def _refuse_wrong_dates(closure: Closure) -> None:
    refuse_wrong_dates(closure.start_date, closure.end_date)


def refuse_wrong_dates(start: date, end: date) -> None:
    """Raise Invalid when a range of dates ends before it starts, or is longer than two years."""
    if end < start:
        raise Invalid.at("/endDate", "must not be before startDate")
    if (end - start).days >= MOST_DAYS:
        raise Invalid.at("/endDate", f"must be less than {MOST_DAYS} days after startDate")
