"""Hours of a season: other weekly hours on some dates, of some staff or of everybody."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from availability.domain import Business, SavedSeason, Season, SeasonBlock, refuse_overlaps, seasons_meet
from availability.queries.standing import Dates, outside_of_hours
from availability.tables import present_staff, season_of, season_row, seasons, staff
from availability.use_cases.closures import refuse_wrong_dates
from availability.use_cases.tell_hours import tell_other_hours
from availability.use_cases.versions import bump
from contracts.ids import SeasonId, StaffId, uuid7
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.problems import FieldError, Invalid, NotFound
from plumbing.revisions import refuse_stale
from scheduling.hours import Block

_LOCK = "seasons"


async def add_season(tx: Tx, business: Business, fields: Mapping[str, Any], *, now: datetime) -> SavedSeason:
    """A new season.

    Raises Invalid when its dates, blocks or staff are wrong, or another season of the same staff is on its dates.
    """
    await _lock(tx, business)
    made = Season(
        **_stored(fields),
        id=SeasonId(uuid7()),
        business_id=business.id,
        created_at=now,
        updated_at=now,
        revision=1,
    )
    await _refuse_wrong(tx, business, made, fields)
    tx.insert(seasons, season_row(made))
    await _tell(tx, business, [made])
    return SavedSeason.with_conflicts(made, await _outside(tx, business, [made], now))


async def edit_season(
    tx: Tx,
    business: Business,
    season_id: SeasonId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> SavedSeason:
    """The season with these fields changed, or as it is when nothing differs.

    Raises NotFound, StaleRevision, and Invalid as for a new one.
    """
    before = await _locked(tx, business, season_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=_stored(changes))
    if after == before:
        return SavedSeason.with_conflicts(before, await _outside(tx, business, [before], now))
    await _refuse_wrong(tx, business, after, changes)
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    tx.update(seasons, {"business_id": business.id, "id": season_id}, season_row(after))
    await _tell(tx, business, [before, after])
    return SavedSeason.with_conflicts(after, await _outside(tx, business, [before, after], now))


async def remove_season(tx: Tx, business: Business, season_id: SeasonId, *, expected: int | None = None) -> None:
    """Let the usual hours count again on its dates. Raises NotFound and StaleRevision."""
    before = await _locked(tx, business, season_id)
    refuse_stale(expected, before.revision, before)
    await tx.execute(delete(seasons).filter_by(business_id=business.id, id=season_id))
    await _tell(tx, business, [before])


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as a season has them: its blocks as people write them, and its staff once each."""
    stored = dict(fields)
    if "blocks" in stored:
        stored["blocks"] = [SeasonBlock.of(block) for block in stored["blocks"]]
    if stored.get("staff_ids") is not None:
        stored["staff_ids"] = sorted(set(stored["staff_ids"]))
    return stored


async def _lock(tx: Tx, business: Business) -> None:
    """One change of seasons at a time: whether two of them meet can be asked of what is committed only."""
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{_LOCK}:{business.id}", 0))))


async def _locked(tx: Tx, business: Business, season_id: SeasonId) -> Season:
    await _lock(tx, business)
    row = await tx.row(select(seasons).filter_by(business_id=business.id, id=season_id))
    if row is None:
        raise NotFound
    return season_of(row)


async def _refuse_wrong(tx: Tx, business: Business, season: Season, sent: Mapping[str, Any]) -> None:
    refuse_wrong_dates(season.start_date, season.end_date)
    blocks: Sequence[Block] = [block.block() for block in season.blocks]
    refuse_overlaps(blocks)
    if sent.get("staff_ids") is not None:
        await _refuse_unknown(tx, business, sent["staff_ids"])
    others = await tx.rows(select(seasons).where(seasons.c.business_id == business.id, seasons.c.id != season.id))
    for other in map(season_of, others):
        if seasons_meet(season, other):
            raise Invalid.at("/startDate", f"overlaps the season {other.name}, {other.start_date} to {other.end_date}")


async def _refuse_unknown(tx: Tx, business: Business, staff_ids: Sequence[StaffId]) -> None:
    rows = await tx.rows(present_staff.where(staff.c.business_id == business.id, staff.c.id.in_(staff_ids)))
    known = {row["id"] for row in rows}
    unknown = [position for position, one in enumerate(staff_ids) if one not in known]
    if unknown:
        detail = "names nothing of this business"
        raise Invalid([FieldError(pointer=f"/staffIds/{position}", detail=detail) for position in unknown])


async def _tell(tx: Tx, business: Business, changed: Sequence[Season]) -> None:
    """Tell whose hours are others now."""
    await tell_other_hours(tx, business.id, _whose(changed))
    await bump(tx, business.id)


async def _outside(tx: Tx, business: Business, changed: Sequence[Season], now: datetime) -> list[ConflictDetails]:
    dates = [Dates(one.start_date, one.end_date) for one in changed]
    return await outside_of_hours(tx, business, _whose(changed), dates, now)


def _whose(changed: Sequence[Season]) -> set[StaffId] | None:
    staff_ids: set[StaffId] = set()
    for season in changed:
        if season.staff_ids is None:
            return None
        staff_ids.update(season.staff_ids)
    return staff_ids
