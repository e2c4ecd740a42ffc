"""Imports: a file is checked, then applied in the background, and what it added can be taken back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import Field, TypeAdapter

from appointments.domain import ImportNotReady
from appointments.queries.imports import ImportDetails, import_details, import_page, row_page
from appointments.routes.catalogue_checks import Knowing, Sent
from appointments.routes.edge import OffersClient
from appointments.routes.import_checks import checked
from appointments.schemas.files.table import refused
from appointments.schemas.imports import ImportWithRows, NewImportForm
from appointments.use_cases.imports.keep import begin_applying, begin_undoing, keep_import
from contracts.ids import BusinessId, ImportId
from contracts.imports import MOST_ROWS
from plumbing.answers import Answer
from plumbing.auth import Manager
from plumbing.clock import utc_now
from plumbing.db import Tx
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, Uow
from plumbing.pages import Page, PageRequest, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RequestInProgress,
    ServiceUnavailable,
)
from plumbing.web import problems

MOST_BYTES = 5 * 1024 * 1024
_FORM_BYTES = MOST_BYTES + 64 * 1024
"""A file, and what surrounds it."""

_READING = (NotSignedIn, NotAllowed, ServiceUnavailable)
_KEYED = (CrossSiteRequest, RequestInProgress, IdempotencyKeyReused)

_BY_NUMBER = TypeAdapter(tuple[Annotated[int, Field(ge=0, le=MOST_ROWS)]])

router = APIRouter(prefix="/api/imports", tags=["imports"], route_class=EdgeRoute)


@router.get("", response_model=Page[ImportDetails], responses=problems(*_READING))
async def list_imports(paging: Paging, member: Manager, uow: Uow) -> Response:
    """The imports of the last ninety days, the newest first, without their rows."""
    async with uow() as tx:
        found = await import_page(tx, member.business_id, after=paging.last_id(), limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=lambda one: one))


@router.post(
    "",
    status_code=201,
    response_model=ImportWithRows,
    responses=problems(*_READING, *_KEYED, Invalid),
    openapi_extra=ACCEPTS_KEY,
    max_body_size=_FORM_BYTES,
)
async def create_import(
    *,
    body: Annotated[NewImportForm, Form(media_type="multipart/form-data")],
    member: Manager,
    uow: Uow,
    offers: OffersClient,
    request: Request,
) -> Response:
    """Check a file: what is to become of every row. Nothing is written but the import itself."""
    data = await body.file.read()
    if len(data) > MOST_BYTES:
        raise refused("is larger than 5 MB; split it")
    state = request.app.state
    sent = Sent(member.business_id, body.kind, data, body.allow, body.staff_id)
    seen = await checked(sent, Knowing(state.uow, offers, state.catalogue))
    async with uow() as tx:
        made = await keep_import(tx, seen, by=member.actor, now=utc_now())
        details = await import_details(tx, member.business_id, made)
        if details is None:
            raise ServiceUnavailable  # it cannot be gone already
        found = await _with_rows(tx, member.business_id, details, None, None)
        return tx.answer(found, 201, {"Location": f"{router.prefix}/{made}"})


@router.get("/{import_id}", response_model=ImportWithRows, responses=problems(*_READING, NotFound))
async def read_import(
    import_id: ImportId,
    paging: Paging,
    member: Manager,
    uow: Uow,
    action: Annotated[Literal["add", "update", "skip", "error"] | None, Query()] = None,
) -> Response:
    """How far an import has come, and a page of its rows; only those of one action, if one is asked for."""
    async with uow() as tx:
        details = await _details(tx, member.business_id, import_id)
        return Answer.of(await _with_rows(tx, member.business_id, details, paging, action))


@router.post(
    "/{import_id}/apply",
    status_code=202,
    response_model=ImportDetails,
    responses=problems(*_READING, *_KEYED, NotFound, ImportNotReady),
    openapi_extra=ACCEPTS_KEY,
)
async def apply_import(import_id: ImportId, member: Manager, uow: Uow) -> Response:
    """Write all rows that can be written, one by one, in the background; a second time changes nothing."""
    async with uow() as tx:
        await begin_applying(tx, member.business_id, import_id, now=utc_now())
        return tx.answer(await _details(tx, member.business_id, import_id), 202)


@router.post(
    "/{import_id}/undo",
    status_code=202,
    response_model=ImportDetails,
    responses=problems(*_READING, *_KEYED, NotFound, ImportNotReady),
    openapi_extra=ACCEPTS_KEY,
)
async def undo_import(import_id: ImportId, member: Manager, uow: Uow) -> Response:
    """Take back what an import has added, and nothing else; what was changed since is left, and its row says so."""
    async with uow() as tx:
        await begin_undoing(tx, member.business_id, import_id, now=utc_now())
        return tx.answer(await _details(tx, member.business_id, import_id), 202)


async def _details(tx: Tx, business_id: BusinessId, import_id: ImportId) -> ImportDetails:
    found = await import_details(tx, business_id, import_id)
    if found is None:
        raise NotFound
    return found


async def _with_rows(
    tx: Tx, business_id: BusinessId, details: ImportDetails, paging: PageRequest | None, action: str | None
) -> ImportWithRows:
    """The import and a page of its rows; all of them without paging."""
    limit = None if paging is None else paging.limit + 1
    last = None if paging is None else paging.position(_BY_NUMBER)
    rows = await row_page(tx, business_id, details.id, action=action, after=last[0] if last else None, limit=limit)
    page = page_of(rows, paging or PageRequest(len(rows), None), key=lambda row: (row[0],), item=lambda row: row[1])
    return ImportWithRows(**dict(details), rows=page.items, next_cursor=page.next_cursor)
