"""Changing what a business wants of its messages; the reminders of everything to come follow."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from contracts.ids import BusinessId
from notifications.domain import Preferences
from notifications.tables import notification_settings, preferences_of, settings_json
from notifications.use_cases.plan_reminders import plan_all_reminders
from plumbing.db import Tx
from plumbing.revisions import refuse_stale

_OF_REMINDERS = ("reminder_offsets_minutes", "quiet_hours")


async def edit_preferences(
    tx: Tx,
    business_id: BusinessId,
    change: Callable[[Preferences], Mapping[str, Any]],
    *,
    now: datetime,
    expected: int | None = None,
) -> Preferences:
    """What the business wants from now on, or as it is when nothing differs. Raises StaleRevision."""
    before = await _locked(tx, business_id, now)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(change(before)))
    if after == before:
        return before
    after = after.model_copy(update={"revision": before.revision + 1})
    values = {"settings": settings_json(after), "updated_at": now, "revision": after.revision}
    own = notification_settings.c.business_id == business_id
    await tx.execute(update(notification_settings).where(own).values(**values))
    if any(getattr(after, name) != getattr(before, name) for name in _OF_REMINDERS):
        await plan_all_reminders(tx, business_id, after, now=now)
    return after


async def _locked(tx: Tx, business_id: BusinessId, now: datetime) -> Preferences:
    """What the business wants, locked; a business that has never changed anything gets its row here."""
    first = Preferences()
    row = {"business_id": business_id, "settings": settings_json(first), "updated_at": now, "revision": first.revision}
    await tx.execute(insert(notification_settings).values(row).on_conflict_do_nothing())
    own = select(notification_settings).where(notification_settings.c.business_id == business_id)
    return preferences_of(await tx.row(own.with_for_update()))
