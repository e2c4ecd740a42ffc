"""Applying imports and undoing them, row by row: whoever dies over it has done each row wholly or not at all."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from appointments.clients import CatalogueRows, Offers
from appointments.domain import ImportState
from appointments.schemas.customer_cells import customer_changes, new_customer
from appointments.schemas.import_cells import AppointmentCells
from appointments.use_cases.add_customer import add_customer
from appointments.use_cases.edit_customer import edit_customer
from appointments.use_cases.imports.customers import BOOKED, undo_customer
from appointments.use_cases.imports.events import remember_events
from appointments.use_cases.imports.foresee import refusals
from appointments.use_cases.imports.keep import finish, forget_imports
from appointments.use_cases.imports.work import (
    OF_ACTION,
    Pending,
    Result,
    Work,
    is_pending,
    let_go,
    note,
    pending,
    take_work,
)
from appointments.use_cases.imports.write import booked_with, import_appointment, undo_appointment
from contracts.ids import BusinessId, CustomerId, uuid7
from contracts.imports import AddedThing, CatalogueKind, CatalogueRow, RowProblem, RowsQuestion, UndoQuestion
from contracts.offers import OfferAnswer
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import Problem, ServiceUnavailable
from plumbing.sqlstates import Contended

log = logging.getLogger("imports")

BUDGET = timedelta(seconds=5)
"""After so long a run ends, so that the process can, and other imports have their turn."""

KEPT, KEPT_UNUSED = timedelta(days=90), timedelta(days=7)
"""For so long an import can be looked at and undone; and one that was checked only, applied."""

_BATCH = 50
_TRIES = 5
_OURS = RowProblem(column=None, detail="could not be written, by a fault of ours; it has been recorded")

type Write = Callable[[Tx], Awaitable[Result]]


async def purge(uow: UnitOfWork) -> None:
    """Forget imports that are older than they have to be."""
    now = utc_now()
    async with uow.across_businesses() as tx:
        await forget_imports(tx, before=now - KEPT, unused_before=now - KEPT_UNUSED)


class Undo(Protocol):
    """Takes back what a row has added; else says why it is left."""

    async def __call__(
        self, tx: Tx, business_id: BusinessId, entity_id: UUID, revision: int, /, *, now: datetime
    ) -> str | None:
        """None once it is gone."""
        ...


class ImportWork:
    """The job: does what imports have left to do, one after the other."""

    def __init__(self, offers: Offers, catalogue: CatalogueRows) -> None:
        self._offers = offers
        self._catalogue = catalogue

    async def __call__(self, uow: UnitOfWork) -> None:
        """Work for a while. Raises ServiceUnavailable when somebody who is needed is not there: it goes on later."""
        until = utc_now() + BUDGET
        while utc_now() < until:
            async with uow.across_businesses() as tx:
                work = await take_work(tx)
            if work is None:
                return
            await self._work(uow, work)

    async def _work(self, uow: UnitOfWork, work: Work) -> None:
        """Some rows of it, or its end; then anybody may go on.

        When somebody who is needed is not there, it is held for a while, and others have their turn.
        """
        async with uow(work.business_id) as tx:
            rows = await pending(tx, work, _BATCH)
            if not rows:
                await finish(tx, work.business_id, work.id, now=utc_now())
                return
        await self._step_of(work)(uow, work, rows)
        async with uow(work.business_id) as tx:
            await let_go(tx, work)

    def _step_of(self, work: Work) -> Callable[[UnitOfWork, Work, Sequence[Pending]], Awaitable[None]]:
        steps = {
            ("customers", ImportState.APPLYING): _apply_customers,
            ("customers", ImportState.UNDOING): _undo_customers,
            ("appointments", ImportState.APPLYING): self._apply_appointments,
            ("appointments", ImportState.UNDOING): _undo_appointments,
        }
        catalogue = self._undo_catalogue if work.state is ImportState.UNDOING else self._apply_catalogue
        return steps.get((work.kind, work.state), catalogue)

    async def _apply_appointments(self, uow: UnitOfWork, work: Work, rows: Sequence[Pending]) -> None:
        wanted = [AppointmentCells.model_validate(row.cells) for row in rows]
        answers = await self._offers.ask_each([one.question(work.business_id) for one in wanted])
        for row, cells, answer in zip(rows, wanted, answers, strict=True):
            await _each(uow, work, row, _booking(work, row, cells, answer))

    async def _apply_catalogue(self, uow: UnitOfWork, work: Work, rows: Sequence[Pending]) -> None:
        """Rows that come to availability again, because we died before we noted it, are written once all the same."""
        sent = [
            CatalogueRow(number=row.number, cells=row.cells, **_ids_of(row, row.entity_id))
            for row in rows
            if row.entity_id is not None
        ]
        question = RowsQuestion(business_id=work.business_id, kind=_KINDS[work.kind], rows=sent)
        fates = await self._catalogue.apply(question)
        await reach("imports.after_catalogue")
        results = [
            Result(fate.number, OF_ACTION[fate.action], fate.problems, fate.entity_id, fate.revision) for fate in fates
        ]
        answered = {one.number for one in results}
        results += [Result(row.number, "failed", [_OURS]) for row in rows if row.number not in answered]
        async with uow(work.business_id) as tx:
            await remember_events(tx, work.business_id, _events_in(rows, results))
            await note(tx, work, results, now=utc_now())

    async def _undo_catalogue(self, uow: UnitOfWork, work: Work, rows: Sequence[Pending]) -> None:
        async with uow(work.business_id) as tx:
            booked = await booked_with(tx, work.business_id, [row.entity_id for row in rows if row.entity_id])
        things = [
            AddedThing(entity_id=row.entity_id, revision=row.revision)
            for row in rows
            if row.entity_id is not None and row.revision is not None and row.entity_id not in booked
        ]
        question = UndoQuestion(business_id=work.business_id, kind=_KINDS[work.kind], things=things)
        fates: dict[UUID | None, str | None] = dict.fromkeys(booked, BOOKED)
        fates |= {fate.entity_id: fate.left for fate in await self._catalogue.undo(question)}
        results = [
            _undone(row, fates[row.entity_id]) if row.entity_id in fates else Result(row.number, "kept", [_OURS])
            for row in rows
        ]
        async with uow(work.business_id) as tx:
            await note(tx, work, results, now=utc_now())


_KINDS: Mapping[str, CatalogueKind] = {"services": "services", "staff": "staff", "timeOff": "timeOff"}


def _ids_of(row: Pending, entity_id: UUID) -> dict[str, UUID]:
    """The id that it is to have, or that of what it is about."""
    return {"new_id": entity_id} if row.action == "add" else {"new_id": uuid7(), "known_id": entity_id}


def _events_in(rows: Sequence[Pending], results: Sequence[Result]) -> dict[tuple[UUID, str], UUID]:
    """Whose event of a calendar is which time off now."""
    uids = {row.number: (UUID(row.cells["staffId"]), row.cells["uid"]) for row in rows if "uid" in row.cells}
    return {uids[one.number]: one.entity_id for one in results if one.number in uids and one.entity_id is not None}


async def _apply_customers(uow: UnitOfWork, work: Work, rows: Sequence[Pending]) -> None:
    for row in rows:
        await _each(uow, work, row, _keeping(work, row))


async def _undo_customers(uow: UnitOfWork, work: Work, rows: Sequence[Pending]) -> None:
    for row in rows:
        await _each(uow, work, row, _undoing(work, row, undo_customer))


async def _undo_appointments(uow: UnitOfWork, work: Work, rows: Sequence[Pending]) -> None:
    async def undo(
        tx: Tx, business_id: BusinessId, appointment_id: UUID, revision: int, *, now: datetime
    ) -> str | None:
        return await undo_appointment(tx, business_id, appointment_id, revision, by=work.by, now=now)

    for row in rows:
        await _each(uow, work, row, _undoing(work, row, undo))


def _keeping(work: Work, row: Pending) -> Write:
    """Add or change the customer of a row."""

    async def write(tx: Tx) -> Result:
        if row.entity_id is None:
            added = await add_customer(tx, work.business_id, new_customer(row.cells), None, now=utc_now())
            return Result(row.number, "added", (), added.id, added.revision)
        changes, customer_id = customer_changes(row.cells), CustomerId(row.entity_id)
        after = await edit_customer(tx, work.business_id, customer_id, changes, None, by=work.by, now=utc_now())
        return Result(row.number, "updated", (), after.id, after.revision)

    return write


def _booking(work: Work, row: Pending, cells: AppointmentCells, answer: OfferAnswer | None) -> Write:
    """Book what a row says, as it was offered just now."""

    async def write(tx: Tx) -> Result:
        if answer is None:
            raise ServiceUnavailable
        if answer.offer is None:
            return Result(row.number, "failed", refusals(answer))
        made = await import_appointment(tx, answer.offer, cells.booking, final=cells.final, by=work.by, now=utc_now())
        return Result(row.number, "added", (), made.id, made.revision)

    return write


def _undoing(work: Work, row: Pending, undo: Undo) -> Write:
    async def write(tx: Tx) -> Result:
        if row.entity_id is None or row.revision is None:
            raise ValueError("a row that added something knows what")
        return _undone(row, await undo(tx, work.business_id, row.entity_id, row.revision, now=utc_now()))

    return write


def _undone(row: Pending, left: str | None) -> Result:
    if left is None:
        return Result(row.number, "removed")
    return Result(row.number, "kept", [RowProblem(column=None, detail=left)])


async def _each(uow: UnitOfWork, work: Work, row: Pending, write: Write) -> None:
    """One row in one transaction, with the note of it: what is refused is noted, and stops no other row."""
    try:
        await _tried(uow, work, row, write)
    except Contended as problem:  # it lost every race: others need not wait for it
        await _note_failed(uow, work, row, problems_of(problem))
    except ServiceUnavailable:
        raise
    except Problem as problem:
        await _note_failed(uow, work, row, problems_of(problem))
    except Exception:
        log.exception("a row could not be written")
        await _note_failed(uow, work, row, [_OURS])
    await reach("imports.after_row")


async def _tried(uow: UnitOfWork, work: Work, row: Pending, write: Write) -> None:
    """Another try for what lost a race inside the database. Raises Contended when it lost all of them."""
    for attempt in range(_TRIES):
        try:
            async with uow(work.business_id) as tx:
                if await is_pending(tx, work, row.number):
                    await note(tx, work, [await write(tx)], now=utc_now())
                return
        except Contended:
            if attempt == _TRIES - 1:
                raise


async def _note_failed(uow: UnitOfWork, work: Work, row: Pending, problems: Sequence[RowProblem]) -> None:
    outcome = "kept" if work.state is ImportState.UNDOING else "failed"
    async with uow(work.business_id) as tx:
        await note(tx, work, [Result(row.number, outcome, problems)], now=utc_now())


def problems_of(problem: Problem) -> list[RowProblem]:
    """What a problem says about a row."""
    conflicts = problem.fields.get("conflicts", [])
    if conflicts:
        return [RowProblem(column="start", detail=conflict["detail"]) for conflict in conflicts]
    fields = problem.fields.get("errors", [])
    found = [RowProblem(column=field["pointer"].split("/")[1], detail=field["detail"]) for field in fields]
    return found or [RowProblem(column=None, detail=problem.detail)]
