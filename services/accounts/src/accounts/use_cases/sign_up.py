"""Signing up: a person, their business, and the person as its owner, signed in."""

from dataclasses import dataclass
from datetime import datetime

from accounts.domain import Admission, Business, Membership, User
from accounts.tables import businesses, members, users
from accounts.use_cases.open_session import open_session
from accounts.use_cases.update_business import tell
from contracts.ids import BusinessId, MemberId, UserId, uuid7
from plumbing.auth import Role
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who signs up, and with which business."""

    email: str
    name: str
    business_name: str
    timezone: str
    currency: str
    locale: str


def sign_up(tx: Tx, newcomer: Newcomer, *, password_hash: str, now: datetime) -> Admission:
    """Add user, business, owner and session. EmailTaken, at the latest with the commit, when the address is in use."""
    user = User(UserId(uuid7()), newcomer.email, newcomer.name)
    business = _business(newcomer, now)
    owner = Membership(MemberId(uuid7()), user, business, Role.OWNER, created_at=now, updated_at=now)
    came = {"created_at": now, "updated_at": now, "revision": 1}
    tx.insert(users, {"id": user.id, "email": user.email, "name": user.name, "password_hash": password_hash, **came})
    tx.insert(businesses, {"business_id": business.id, **business.details.model_dump(by_alias=False), **came})
    tx.insert(
        members,
        {"business_id": business.id, "id": owner.id, "user_id": user.id, "role": owner.role.value, **came},
    )
    tell(tx, business)
    return open_session(tx, owner, now=now)


def _business(newcomer: Newcomer, now: datetime) -> Business:
    return Business(
        id=BusinessId(uuid7()),
        name=newcomer.business_name,
        timezone=newcomer.timezone,
        currency=newcomer.currency,
        locale=newcomer.locale,
        contact_email=None,
        contact_phone=None,
        address=None,
        created_at=now,
        updated_at=now,
        revision=1,
    )
