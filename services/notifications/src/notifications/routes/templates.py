"""The words of messages: those that come with the product, and those that a business has made its own."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from notifications.domain import Channel, Kind, Template, TemplateKey
from notifications.queries.templates import own_templates
from notifications.schemas.templates import Locale, PreviewOut, TemplateChanges
from notifications.use_cases.edit_template import edit_template, present_template, preview_template, reset_template
from notifications.use_cases.writing.defaults import default, default_keys
from plumbing.answers import Answer
from plumbing.auth import Manager, SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.pages import Page
from plumbing.problems import (
    CrossSiteRequest,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ServiceUnavailable,
    StaleRevision,
)
from plumbing.revisions import IfMatch, etag
from plumbing.web import problems

_READING = (NotSignedIn, ServiceUnavailable)
_WRITING = (*_READING, NotAllowed, CrossSiteRequest, NotFound)

router = APIRouter(prefix="/api/templates", tags=["notifications"], route_class=EdgeRoute)


def _key(kind: Kind, channel: Channel, locale: Locale) -> TemplateKey:
    return TemplateKey(kind, channel, locale)


Key = Annotated[TemplateKey, Depends(_key)]


@router.get("", response_model=Page[Template], responses=problems(*_READING))
async def list_templates(
    member: SignedIn,
    uow: Uow,
    kind: Annotated[Kind | None, Query()] = None,
    channel: Annotated[Channel | None, Query()] = None,
    locale: Annotated[Locale | None, Query()] = None,
) -> Response:
    """All templates, or those of a kind, a channel, a language: in the business's own words where it has some."""
    async with uow() as tx:
        own = await own_templates(tx, member.business_id)
    keys = [key for key in default_keys() if _fits(key, kind, channel, locale)]
    return Answer.of(Page[Template](items=[own.get(key) or default(key) for key in keys]))


@router.get("/{kind}/{channel}/{locale}", response_model=Template, responses=problems(*_READING, NotFound))
async def read_template(key: Key, member: SignedIn, uow: Uow) -> Response:
    """One template."""
    async with uow() as tx:
        found = await present_template(tx, member.business_id, key)
    return Answer.of(found, headers=etag(found.revision))


@router.put(
    "/{kind}/{channel}/{locale}", response_model=Template, responses=problems(*_WRITING, Invalid, StaleRevision)
)
async def update_template(body: TemplateChanges, key: Key, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Give it the business's own words. What cannot be filled in is refused, with its line."""
    async with uow() as tx:
        after = await edit_template(tx, member.business_id, key, body.changes(), now=utc_now(), expected=expected)
        return tx.answer(after, headers=etag(after.revision))


@router.delete("/{kind}/{channel}/{locale}", status_code=204, responses=problems(*_WRITING, StaleRevision))
async def delete_template(key: Key, member: Manager, uow: Uow, expected: IfMatch) -> Response:
    """Go back to the words that come with the product."""
    async with uow() as tx:
        await reset_template(tx, member.business_id, key, expected=expected)
        return tx.answer(None, 204)


@router.post("/{kind}/{channel}/{locale}/preview", response_model=PreviewOut, responses=problems(*_WRITING, Invalid))
async def preview_words(body: TemplateChanges, key: Key, member: Manager, uow: Uow) -> Response:
    """Fill it in with an example, with the words that are sent in place of its own. Nothing is kept or sent."""
    async with uow() as tx:
        written = await preview_template(tx, member.business_id, key, body.changes(), now=utc_now())
        return tx.answer(PreviewOut.of(written))


def _fits(key: TemplateKey, kind: Kind | None, channel: Channel | None, locale: str | None) -> bool:
    return kind in (None, key.kind) and channel in (None, key.channel) and locale in (None, key.locale)
