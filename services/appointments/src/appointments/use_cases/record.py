"""Writing an appointment: its row, its activity and its events together, so that they cannot disagree."""

from typing import Any

import orjson
from sqlalchemy import update

from appointments.domain import change_between, claims_of
from appointments.tables import appointment_activity, appointments, details_of, present_appointments, row_of
from contracts.appointments import (
    AppointmentCreated,
    AppointmentDeleted,
    AppointmentDetails,
    AppointmentUpdated,
    Change,
    ClaimDetails,
    ClaimsChanged,
)
from contracts.ids import AppointmentId, BusinessId, OwnerId
from contracts.offers import OfferBasis
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import NotFound
from plumbing.sqlstates import Contended

_NOT_A_CHANGE = {"revision", "updated_at", "customer"}


async def locked_row(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> AppointmentDetails:
    """The appointment, locked until the transaction ends. NotFound when there is none, or it is deleted."""
    row = await tx.row(
        present_appointments.where(
            appointments.c.business_id == business_id, appointments.c.id == appointment_id
        ).with_for_update(of=appointments)
    )
    if row is None:
        raise NotFound
    return details_of(row)


def add(
    tx: Tx, appointment: AppointmentDetails, by: Actor, *, basis: OfferBasis | None = None, imported: bool = False
) -> None:
    """Store a new appointment, with that by which its time was offered."""
    tx.insert(appointments, row_of(appointment))
    record(tx, appointment, Change.CREATED, by, basis=basis, imported=imported)


async def rewrite(
    tx: Tx,
    before: AppointmentDetails,
    after: AppointmentDetails,
    by: Actor,
    *,
    change: Change | None = None,
    cause: str | None = None,
    basis: OfferBasis | None = None,
    asked_by_customer: bool = False,
) -> None:
    """Store a changed appointment in place of the one that was read under a lock; Contended if it is another by now."""
    await _replace(tx, before, row_of(after))
    what, by_customer = change or change_between(before, after), asked_by_customer
    record(tx, after, what, by, before=before, cause=cause, basis=basis, asked_by_customer=by_customer)


async def remove(tx: Tx, before: AppointmentDetails, after: AppointmentDetails, by: Actor) -> None:
    """Hide an appointment for good; its activity stays."""
    values = {"deleted_at": after.updated_at, "updated_at": after.updated_at, "revision": after.revision}
    await _replace(tx, before, values)
    record(tx, after, Change.DELETED, by, before=before)


def record(
    tx: Tx,
    after: AppointmentDetails,
    change: Change,
    by: Actor,
    *,
    before: AppointmentDetails | None = None,
    cause: str | None = None,
    basis: OfferBasis | None = None,
    imported: bool = False,
    asked_by_customer: bool = False,
) -> None:
    """Tell what happened: one activity row, the appointment's event, and its claims when they are others now."""
    was, now = _differences(before, after, change)
    tx.insert(
        appointment_activity,
        {
            "business_id": after.business_id,
            "appointment_id": after.id,
            "revision": after.revision,
            "at": after.updated_at,
            "actor": _actor(by),
            "change": change.value,
            "before": _json(was),
            "after": _json(now),
            "cause": cause,
        },
    )
    _tell(tx, after, change, was, imported=imported, asked_by_customer=asked_by_customer)
    claims = [] if change is Change.DELETED else claims_of(after)
    if claims != (claims_of(before) if before else []):
        tell_claims(tx, after, claims, basis)


def tell_again(tx: Tx, appointment: AppointmentDetails, *, deleted: bool) -> None:
    """Tell an appointment and its claims as they are, at their revision: news only to whoever does not have it."""
    _tell(tx, appointment, Change.DELETED if deleted else Change.DETAILS, None)
    tell_claims(tx, appointment, [] if deleted else claims_of(appointment))


def tell_claims(tx: Tx, owner: AppointmentDetails, claims: list[ClaimDetails], basis: OfferBasis | None = None) -> None:
    """Tell which time an appointment takes now, and by what it was offered if that is news."""
    tx.emit(
        ClaimsChanged(
            business_id=owner.business_id,
            revision=owner.revision,
            owner_id=OwnerId(owner.id),
            claims=claims,
            basis=basis,
        )
    )


def _tell(
    tx: Tx,
    after: AppointmentDetails,
    change: Change,
    was: dict[str, Any] | None,
    *,
    imported: bool = False,
    asked_by_customer: bool = False,
) -> None:
    common: dict[str, Any] = {"business_id": after.business_id, "revision": after.revision, "appointment": after}
    if change is Change.CREATED:
        tx.emit(AppointmentCreated(**common, imported=imported))
    elif change is Change.DELETED:
        tx.emit(AppointmentDeleted(**common))
    else:
        asked = asked_by_customer and change is Change.CANCELLED
        tx.emit(AppointmentUpdated(**common, change=change, before=was or {}, asked_by_customer=asked))


async def _replace(tx: Tx, before: AppointmentDetails, values: dict[str, Any]) -> None:
    """Compare and swap: the row must still be at the revision that was read."""
    result = await tx.execute(
        update(appointments)
        .where(
            appointments.c.business_id == before.business_id,
            appointments.c.id == before.id,
            appointments.c.revision == before.revision,
        )
        .values(values)
    )
    if result.rowcount != 1:
        raise Contended


def _differences(
    before: AppointmentDetails | None, after: AppointmentDetails, change: Change
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """What was and what is: whole for an appointment that came or went, else the changed fields alone."""
    was = _document(before) if before else None
    now = None if change is Change.DELETED else _document(after)
    if was is None or now is None:
        return was, now
    changed = [field for field, value in now.items() if was[field] != value]
    return {field: was[field] for field in changed}, {field: now[field] for field in changed}


def _document(appointment: AppointmentDetails) -> dict[str, Any]:
    """The fields as JSON; the customer is there by id, because people's details may be erased and activity may not."""
    return appointment.model_dump(mode="json", exclude=_NOT_A_CHANGE)


def _actor(actor: Actor) -> str:
    return orjson.dumps({"kind": actor.kind, "id": actor.id, "name": actor.name}).decode()


def _json(document: dict[str, Any] | None) -> str | None:
    return None if document is None else orjson.dumps(document).decode()
