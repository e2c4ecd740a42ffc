"""Giving a template a business's own words, looked at before they are kept; and taking them back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from contracts.ids import BusinessId
from notifications.domain import Channel, Template, TemplateKey
from notifications.queries.known import known_business
from notifications.queries.templates import own_template
from notifications.tables import templates
from notifications.use_cases.writing.defaults import default, default_keys
from notifications.use_cases.writing.examples import example, some_business
from notifications.use_cases.writing.letters import Written, flaws, write
from notifications.use_cases.writing.occasion import Occasion
from plumbing.db import Tx
from plumbing.problems import FieldError, Invalid, NotFound
from plumbing.revisions import refuse_stale

_OF_EMAIL = ("subject", "body")


async def present_template(tx: Tx, business_id: BusinessId, key: TemplateKey) -> Template:
    """The words as they are now. Raises NotFound where the kind does not go by that channel."""
    if key not in default_keys():
        raise NotFound
    return await own_template(tx, business_id, key) or default(key)


async def edit_template(
    tx: Tx,
    business_id: BusinessId,
    key: TemplateKey,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> Template:
    """The template with these words, or as it is when nothing differs.

    Raises NotFound, StaleRevision, and Invalid with the line of whatever is wrong.
    """
    await _lock(tx, business_id, key)
    before = await present_template(tx, business_id, key)
    refuse_stale(expected, before.revision, before)
    after = _changed(before, changes)
    _refuse_flawed(after, await _example(tx, business_id, key, now))
    if after == before:
        return before
    after = after.model_copy(update={"revision": before.revision + 1, "is_own": True})
    named = {"business_id": business_id, "kind": key.kind.value, "channel": key.channel.value, "locale": key.locale}
    words = {"subject": after.subject, "body": after.body, "text": after.text}
    row = {**named, **words, "updated_at": now, "revision": after.revision}
    added = insert(templates).values(row)
    await tx.execute(added.on_conflict_do_update(index_elements=list(templates.primary_key), set_=row))
    return after


async def reset_template(tx: Tx, business_id: BusinessId, key: TemplateKey, *, expected: int | None = None) -> None:
    """Go back to the words that come with the product. Raises NotFound and StaleRevision."""
    await _lock(tx, business_id, key)
    before = await present_template(tx, business_id, key)
    refuse_stale(expected, before.revision, before)
    c = templates.c
    own = (c.business_id == business_id) & (c.kind == key.kind.value)
    await tx.execute(delete(templates).where(own, c.channel == key.channel.value, c.locale == key.locale))


async def preview_template(
    tx: Tx, business_id: BusinessId, key: TemplateKey, changes: Mapping[str, Any], *, now: datetime
) -> Written:
    """What would be sent with these words, to somebody who does not exist. Raises NotFound and Invalid."""
    shown = _changed(await present_template(tx, business_id, key), changes)
    occasion = await _example(tx, business_id, key, now)
    _refuse_flawed(shown, occasion)
    return write(shown, occasion)


def _changed(before: Template, changes: Mapping[str, Any]) -> Template:
    if before.channel is not Channel.EMAIL:
        wrong = [
            FieldError(pointer=f"/{name}", detail="only an email has one") for name in _OF_EMAIL if name in changes
        ]
        if wrong:
            raise Invalid(wrong)
    return before.model_copy(update=dict(changes))


def _refuse_flawed(template: Template, occasion: Occasion) -> None:
    found = flaws(template, occasion)
    if found:
        raise Invalid(
            [FieldError(pointer=f"/{flaw.part}", detail=f"line {flaw.line}: {flaw.detail}") for flaw in found]
        )


async def _example(tx: Tx, business_id: BusinessId, key: TemplateKey, now: datetime) -> Occasion:
    business = await known_business(tx, business_id) or some_business(business_id)
    return example(key, business, now=now)


async def _lock(tx: Tx, business_id: BusinessId, key: TemplateKey) -> None:
    """There may be no row yet that could be locked."""
    name = f"template {business_id} {key.kind.value} {key.channel.value} {key.locale}"
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
