"""What a booking page names: services and staff that have to be of its business."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from booking_public.queries.catalogue import Named, known_of
from contracts.ids import BusinessId
from plumbing.db import Tx
from plumbing.problems import FieldError, Invalid


def named_in(fields: Mapping[str, Any]) -> Named:
    """The services and staff in fields of a page."""
    services = [*(fields.get("service_ids") or ()), *_asked_about(fields)]
    return Named(frozenset(services), frozenset(fields.get("staff_ids") or ()))


async def refuse_unknown(tx: Tx, business_id: BusinessId, fields: Mapping[str, Any]) -> None:
    """Raise Invalid for every named id that is nothing of the business, or was archived."""
    known = await known_of(tx, business_id, named_in(fields))
    errors = [
        *_unknown("/serviceIds", fields.get("service_ids") or (), known.services),
        *_unknown("/staffIds", fields.get("staff_ids") or (), known.staff),
        *(
            _error(f"/intakeQuestions/{position}/serviceId")
            for position, question in enumerate(fields.get("intake_questions") or ())
            if question.service_id is not None and question.service_id not in known.services
        ),
    ]
    if errors:
        raise Invalid(errors)


def each_once(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields, in which nothing is named twice; the order stays, because guests see it."""
    named = {name: fields.get(name) for name in ("service_ids", "staff_ids")}
    return {**fields, **{name: list(dict.fromkeys(ids)) for name, ids in named.items() if ids is not None}}


def _asked_about(fields: Mapping[str, Any]) -> Iterator[UUID]:
    questions = fields.get("intake_questions") or ()
    return (question.service_id for question in questions if question.service_id is not None)


def _unknown(pointer: str, named: Collection[UUID], known: Collection[UUID]) -> list[FieldError]:
    return [_error(f"{pointer}/{position}") for position, each in enumerate(named) if each not in known]


def _error(pointer: str) -> FieldError:
    return FieldError(pointer=pointer, detail="names nothing of this business")
