"""Calendar feeds: made, given a new secret, taken back."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import RowMapping, delete, select, update

from appointments.queries.feeds import FeedDetails, feed_of
from appointments.tables import feeds
from contracts.ids import BusinessId, FeedId, StaffId, UserId, uuid7
from plumbing.db import Tx
from plumbing.problems import NotAllowed, NotFound

TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class FeedKeeper:
    """Who keeps feeds: everybody's, or only those of one staff member."""

    business_id: BusinessId
    user_id: UserId
    everybodys: bool
    staff_id: StaffId | None

    def refuse_others(self, staff_id: UUID | None) -> None:
        """Raise NotAllowed unless the calendar of this staff member may be shown; None means everybody's."""
        if not self.everybodys and (staff_id is None or staff_id != self.staff_id):
            raise NotAllowed("You may have feeds of your own calendar only.")


def new_token() -> str:
    """256 random bits, as part of an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """By what a token is stored and found: enough for what has 256 random bits."""
    return sha256(token.encode()).digest()


async def add_feed(
    tx: Tx,
    keeper: FeedKeeper,
    token: str,
    *,
    staff_id: StaffId | None,
    detail: Literal["full", "busy"],
    name: str,
    now: datetime,
) -> FeedDetails:
    """A new feed with this secret. Raises NotAllowed for the calendar of others."""
    keeper.refuse_others(staff_id)
    fields: dict[str, Any] = {
        "id": FeedId(uuid7()),
        "staff_id": staff_id,
        "detail": detail,
        "name": name,
        "created_at": now,
        "updated_at": now,
        "revision": 1,
    }
    own = {"business_id": keeper.business_id, "made_by": keeper.user_id, "token_hash": token_hash(token)}
    tx.insert(feeds, {**fields, **own})
    return FeedDetails(**fields)


async def rotate_feed(tx: Tx, keeper: FeedKeeper, feed_id: FeedId, token: str, *, now: datetime) -> FeedDetails:
    """The feed with a new secret: the one before opens nothing any more. Raises NotFound and NotAllowed."""
    before = await _locked(tx, keeper, feed_id)
    values = {
        "token_hash": token_hash(token),
        "made_by": keeper.user_id,
        "updated_at": now,
        "revision": before["revision"] + 1,
    }
    own = (feeds.c.business_id == keeper.business_id) & (feeds.c.id == feed_id)
    row = await tx.row(update(feeds).where(own).values(values).returning(feeds))
    if row is None:
        raise NotFound
    return feed_of(row)


async def remove_feed(tx: Tx, keeper: FeedKeeper, feed_id: FeedId) -> None:
    """Take a feed back. Raises NotFound and NotAllowed."""
    await _locked(tx, keeper, feed_id)
    await tx.execute(delete(feeds).where(feeds.c.business_id == keeper.business_id, feeds.c.id == feed_id))


async def remove_feeds_of_member(
    tx: Tx, business_id: BusinessId, user_id: UUID, *, but_of: StaffId | None = None
) -> None:
    """Take back all feeds of which this user knows the secret, but those of one staff member's calendar."""
    known = (feeds.c.business_id == business_id) & (feeds.c.made_by == user_id)
    await tx.execute(delete(feeds).where(known & feeds.c.staff_id.is_distinct_from(but_of) if but_of else known))


async def _locked(tx: Tx, keeper: FeedKeeper, feed_id: FeedId) -> RowMapping:
    own = (feeds.c.business_id == keeper.business_id) & (feeds.c.id == feed_id)
    row = await tx.row(select(feeds).where(own).with_for_update())
    if row is None:
        raise NotFound
    keeper.refuse_others(row["staff_id"])
    return row
