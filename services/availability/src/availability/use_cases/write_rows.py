"""Writing what was planned for a row of an imported file, and taking back what such rows have added."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from availability.domain import Business, HasAppointments
from availability.tables import staff
from availability.use_cases.add_service import add_service
from availability.use_cases.add_staff import add_staff_member
from availability.use_cases.archive_service import archive_service
from availability.use_cases.archive_staff import archive_staff_member
from availability.use_cases.change_time_off import Whose, add_time_off, edit_time_off, remove_time_off
from availability.use_cases.edit_service import edit_service
from availability.use_cases.edit_staff import edit_staff_member
from availability.use_cases.plan_rows import Plan
from contracts.ids import BusinessId, ServiceId, StaffId, TimeOffId
from contracts.imports import AddedThing, CatalogueKind, RowProblem, UndoFate
from plumbing.db import Tx
from plumbing.problems import NotFound, StaleRevision

CHANGED = "was changed since"
GONE = "is gone already"
HAS_APPOINTMENTS = "has appointments"


class HoursWereSet(Exception):
    """This staff member has got hours."""


async def write_row(tx: Tx, business: Business, kind: CatalogueKind, plan: Plan, *, now: datetime) -> Plan:
    """Add or change what the plan says; the plan with the revision that it has now. Raises as adding and editing do."""
    if kind == "timeOff":
        return await _write_time_off(tx, business, plan, now)
    write = _WRITERS[kind, plan.action]
    return replace(plan, revision=await write(tx, business.id, plan, now))


async def undo_row(tx: Tx, business: Business, kind: CatalogueKind, thing: AddedThing, *, now: datetime) -> UndoFate:
    """Archive or remove what was added, if it still is what it was then."""
    try:
        if kind == "timeOff":
            time_off_id = TimeOffId(thing.entity_id)
            await remove_time_off(tx, business, time_off_id, whose=Whose(), now=now, expected=thing.revision)
        else:
            await _UNDOERS[kind](tx, business.id, thing, now)
    except NotFound:
        return UndoFate(entity_id=thing.entity_id, left=GONE)
    except (StaleRevision, HoursWereSet):
        return UndoFate(entity_id=thing.entity_id, left=CHANGED)
    except HasAppointments:
        return UndoFate(entity_id=thing.entity_id, left=HAS_APPOINTMENTS)
    return UndoFate(entity_id=thing.entity_id)


async def _add_service(tx: Tx, business_id: BusinessId, plan: Plan, now: datetime) -> int:
    service_id = ServiceId(plan.entity_id)
    return (await add_service(tx, business_id, plan.values, now=now, service_id=service_id)).revision


async def _add_staff_member(tx: Tx, business_id: BusinessId, plan: Plan, now: datetime) -> int:
    staff_id = StaffId(plan.entity_id)
    return (await add_staff_member(tx, business_id, plan.values, now=now, staff_id=staff_id)).revision


async def _edit_service(tx: Tx, business_id: BusinessId, plan: Plan, now: datetime) -> int:
    return (await edit_service(tx, business_id, ServiceId(plan.entity_id), plan.values, now=now)).revision


async def _edit_staff_member(tx: Tx, business_id: BusinessId, plan: Plan, now: datetime) -> int:
    return (await edit_staff_member(tx, business_id, StaffId(plan.entity_id), plan.values, now=now)).revision


async def _write_time_off(tx: Tx, business: Business, plan: Plan, now: datetime) -> Plan:
    """With a word on the appointments that it is in the way of."""
    time_off_id, whose = TimeOffId(plan.entity_id), Whose()
    if plan.action == "add":
        saved = await add_time_off(tx, business, plan.values, whose=whose, now=now, time_off_id=time_off_id)
    else:
        saved = await edit_time_off(tx, business, time_off_id, plan.values, whose=whose, now=now)
    count = len(saved.conflicts)
    words = "an appointment, which stands" if count == 1 else f"{count} appointments, which stand"
    told = [RowProblem(column=None, detail=f"overlaps {words}")] if count else []
    return replace(plan, revision=saved.revision, problems=told)


async def _undo_service(tx: Tx, business_id: BusinessId, thing: AddedThing, now: datetime) -> None:
    await archive_service(tx, business_id, ServiceId(thing.entity_id), now=now, expected=thing.revision)


async def _undo_staff_member(tx: Tx, business_id: BusinessId, thing: AddedThing, now: datetime) -> None:
    """Somebody who has got hours meanwhile was changed, too."""
    staff_id = StaffId(thing.entity_id)
    own = (staff.c.business_id == business_id) & (staff.c.id == staff_id)
    if (await tx.scalar(select(staff.c.hours_revision).where(own).with_for_update()) or 1) > 1:
        raise HoursWereSet
    await archive_staff_member(tx, business_id, staff_id, now=now, expected=thing.revision)


Writer = Callable[[Tx, BusinessId, Plan, datetime], Awaitable[int]]
Undoer = Callable[[Tx, BusinessId, AddedThing, datetime], Awaitable[None]]

_WRITERS: Mapping[tuple[str, str], Writer] = {
    ("services", "add"): _add_service,
    ("services", "update"): _edit_service,
    ("staff", "add"): _add_staff_member,
    ("staff", "update"): _edit_staff_member,
}
_UNDOERS: Mapping[str, Undoer] = {"services": _undo_service, "staff": _undo_staff_member}
