"""What appointments asks when it imports services and staff: the catalogue, a dry run, the writing, the taking back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response

from availability.domain import AddedBefore, Business, HasAppointments, TimeOff, refuse_wrong_times
from availability.queries.everything import Everything, everything, time_off_like
from availability.schemas.import_rows import (
    Unreadable,
    new_service,
    new_staff_member,
    new_time_off,
    service_changes,
    staff_changes,
    start_of,
    time_off_changes,
)
from availability.use_cases.business import ensure_business, refresh_business
from availability.use_cases.plan_rows import (
    Ambiguous,
    Plan,
    difference,
    service_meant,
    staff_member_meant,
    time_off_meant,
)
from availability.use_cases.write_rows import undo_row, write_row
from contracts.ids import BusinessId
from contracts.imports import (
    CatalogueAnswer,
    CatalogueQuestion,
    CatalogueRow,
    NamedService,
    NamedStaff,
    RowProblem,
    RowsAnswer,
    RowsQuestion,
    UndoAnswer,
    UndoFate,
    UndoQuestion,
)
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotAllowed, NotFound, NotSignedIn, Problem, ServiceUnavailable, StaleRevision
from plumbing.service_tokens import CallingService
from plumbing.sqlstates import Contended
from plumbing.web import problems

MOST_BYTES = 16 * 1024 * 1024
"""All rows of a file are checked at once, because one may be about the same thing as another."""

_ANSWERED = (NotSignedIn, ServiceUnavailable)
# What a row is refused for is told by the row; only what is not expected of any comes as an answer.
_WRITING = (*_ANSWERED, AddedBefore, HasAppointments, Invalid, NotAllowed, NotFound, StaleRevision)

_TWICE = RowProblem(column=None, detail="is about the same as another row of this file")
_AMBIGUOUS = RowProblem(column="name", detail="is the name of several; say which by id")

router = APIRouter(prefix="/internal/imports", tags=["internal"], route_class=EdgeRoute)


@dataclass(frozen=True, slots=True)
class _Present:
    """What the rows are compared with."""

    business: Business
    catalogue: Everything
    time_off: Sequence[TimeOff] = ()


@router.post("/catalogue", response_model=CatalogueAnswer, responses=problems(*_ANSWERED))
async def read_catalogue(body: CatalogueQuestion, request: Request, caller: CallingService) -> Response:
    """The business, and what its files may name."""
    present = await _present(request, body.business_id, fresh=False)
    return Answer.of(
        CatalogueAnswer(
            name=present.business.name,
            timezone=present.business.timezone,
            currency=present.business.currency,
            services=[NamedService(id=one.id, name=one.name) for one in present.catalogue.services],
            staff=[NamedStaff(id=one.id, name=one.name, email=one.email) for one in present.catalogue.staff],
        )
    )


@router.post(
    "/check",
    response_model=RowsAnswer,
    responses=problems(*_ANSWERED),
    max_body_size=MOST_BYTES,
)
async def check_rows(body: RowsQuestion, request: Request, caller: CallingService) -> Response:
    """What would become of these rows; nothing is written."""
    present = await _present_for(request, body)
    return Answer.of(RowsAnswer(rows=[plan.fate for plan in _each_once(present, body)]))


@router.post(
    "/apply",
    response_model=RowsAnswer,
    responses=problems(*_WRITING),
    max_body_size=MOST_BYTES,
)
async def apply_rows(body: RowsQuestion, request: Request, caller: CallingService) -> Response:
    """Write these rows, each for itself. Rows that come again change nothing."""
    present = await _present_for(request, body)
    plans = [await _written(request, present, body, plan) for plan in _each_once(present, body)]
    return Answer.of(RowsAnswer(rows=[plan.fate for plan in plans]))


@router.post("/undo", response_model=UndoAnswer, responses=problems(*_WRITING))
async def undo_rows(body: UndoQuestion, request: Request, caller: CallingService) -> Response:
    """Take back what such rows have added, where it still is as it was then."""
    state = request.app.state
    business = await ensure_business(state.uow, state.businesses, body.business_id)
    left: list[UndoFate] = []
    for thing in body.things:
        async with state.uow(body.business_id) as tx:
            left.append(await undo_row(tx, business, body.kind, thing, now=utc_now()))
    return Answer.of(UndoAnswer(things=left))


async def _present(request: Request, business_id: BusinessId, *, fresh: bool) -> _Present:
    """`fresh`: as accounts has it now, because the owner may have changed the currency a moment ago."""
    state = request.app.state
    know = refresh_business if fresh else ensure_business
    business = await know(state.uow, state.businesses, business_id)
    async with state.uow(business_id) as tx:
        return _Present(business, await everything(tx, business_id))


async def _present_for(request: Request, body: RowsQuestion) -> _Present:
    """The catalogue, and the time off that the rows may be about."""
    present = await _present(request, body.business_id, fresh=True)
    if body.kind != "timeOff":
        return present
    ids = [one for row in body.rows for one in (row.new_id, row.known_id) if one is not None]
    starts = [start for row in body.rows if (start := start_of(row.cells)) is not None]
    async with request.app.state.uow(body.business_id) as tx:
        return replace(present, time_off=await time_off_like(tx, body.business_id, ids, starts))


def _each_once(present: _Present, body: RowsQuestion) -> list[Plan]:
    """A plan for every row; a second row about the same thing is refused."""
    plans: list[Plan] = []
    seen: set[Any] = set()
    for row in body.rows:
        plan = _PLANNERS[body.kind](present, row)
        names = {plan.entity_id, *_names_of(plan)}
        plans.append(plan.refused(_TWICE) if plan.action != "error" and names & seen else plan)
        seen |= names
    return plans


def _names_of(plan: Plan) -> set[str]:
    """By what another row could mean the same new thing."""
    if plan.action != "add" or not plan.values:
        return set()
    if "name" not in plan.values:
        return {f"{plan.values['staff_id']} {plan.values['start']} {plan.values['end']}"}
    return {plan.values.get("email") or " ".join(str(plan.values["name"]).split()).casefold()}


def _service_plan(present: _Present, row: CatalogueRow) -> Plan:
    business, staff = present.business, present.catalogue.staff
    return _plan(
        row,
        lambda: service_meant(row, present.catalogue.services),
        lambda: new_service(row.cells, business, staff),
        lambda: service_changes(row.cells, business, staff),
    )


def _staff_plan(present: _Present, row: CatalogueRow) -> Plan:
    return _plan(
        row,
        lambda: staff_member_meant(row, present.catalogue.staff),
        lambda: new_staff_member(row.cells),
        lambda: staff_changes(row.cells),
    )


def _time_off_plan(present: _Present, row: CatalogueRow) -> Plan:
    def read() -> dict[str, Any]:
        fields = new_time_off(row.cells)
        refuse_wrong_times(TimeOff.model_construct(**fields), present.business.timezone)
        return fields

    def meant() -> TimeOff | None:
        return time_off_meant(row, read(), present.time_off)

    return _plan(row, meant, read, lambda: time_off_changes(row.cells))


def _plan(
    row: CatalogueRow,
    meant: Callable[[], Any],
    new: Callable[[], dict[str, Any]],
    changes: Callable[[], dict[str, Any]],
) -> Plan:
    """What becomes of a row about what is `meant`, read as a new thing or as changes."""
    plan = Plan(row.number, "add", row.new_id)
    try:
        before = meant()
        if before is None:
            return Plan(row.number, "add", row.new_id, new())
        different = difference(before, changes())
    except Ambiguous:
        return plan.refused(_AMBIGUOUS)
    except Unreadable as error:
        return plan.refused(*error.problems)
    except Invalid as error:
        return plan.refused(*_problems_of(error))
    if before.id == row.new_id:  # this row has added it already
        return Plan(row.number, "add", before.id, revision=before.revision)
    return Plan(row.number, "update" if different else "skip", before.id, different, revision=before.revision)


async def _written(request: Request, present: _Present, body: RowsQuestion, plan: Plan) -> Plan:
    """One row is one transaction: what is refused stops no other row."""
    if plan.action in {"skip", "error"} or (plan.action == "add" and plan.revision is not None):
        return plan
    try:
        async with request.app.state.uow(body.business_id) as tx:
            return await write_row(tx, present.business, body.kind, plan, now=utc_now())
    except (Contended, ServiceUnavailable):
        raise
    except NotFound:
        return plan.refused(RowProblem(column=None, detail="was archived meanwhile"))
    except Problem as problem:
        return plan.refused(*_problems_of(problem))


def _problems_of(problem: Problem) -> list[RowProblem]:
    fields = problem.fields.get("errors", [])
    return [RowProblem(column=_column(field["pointer"]), detail=field["detail"]) for field in fields] or [
        RowProblem(column=None, detail=problem.detail)
    ]


def _column(pointer: str) -> str:
    name = pointer.split("/")[1]
    return {"staffIds": "staff"}.get(name, name)


_PLANNERS: Mapping[str, Callable[[_Present, CatalogueRow], Plan]] = {
    "services": _service_plan,
    "staff": _staff_plan,
    "timeOff": _time_off_plan,
}
