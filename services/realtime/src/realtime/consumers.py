"""The bus edge: what is done about each event that is heard."""

import time
from typing import Any, Protocol

import structlog
from pydantic import ValidationError

from contracts.accounts import MemberChanged, MemberRemoved, SessionEnded
from contracts.appointments import CustomerErased
from contracts.envelope import Envelope, Event
from contracts.ids import BusinessId, SessionId, UserId
from realtime.live.calendars import Calendars
from realtime.live.metrics import SECONDS
from realtime.schemas import SHOWN, Shown

log = structlog.get_logger("live")


class Rights(Protocol):
    """Whoever looks again at who may see what."""

    def session_ended(self, business_id: BusinessId, session_id: SessionId) -> None:
        """A session has ended."""
        ...

    def member_removed(self, business_id: BusinessId, user_id: UserId) -> None:
        """A user belongs to a business no more."""
        ...

    def member_changed(self, business_id: BusinessId, user_id: UserId) -> None:
        """A user is something else in a business now."""
        ...


class Consumers:
    """Tells what is shown, and has looked at again what is about who may look."""

    def __init__(self, calendars: Calendars, rights: Rights) -> None:
        self._calendars = calendars
        self._rights = rights

    def hear(self, kind: str, business_id: BusinessId, body: bytes) -> None:
        """One event. Of one that is not understood nothing can be told but that there is something to be read again."""
        try:
            if shown := SHOWN.get(kind):
                self._show(shown, business_id, body)
            else:
                self._react(kind, business_id, body)
        except ValidationError:
            log.exception("an event was not understood", type=kind)
            if calendar := self._calendars.of(business_id):
                calendar.resync()

    def _show(self, shown: Shown[Any], business_id: BusinessId, body: bytes) -> None:
        if calendar := self._calendars.of(business_id):
            message, at = shown.message(body)
            calendar.tell(message)
            SECONDS.observe(max(time.time() - at.timestamp(), 0))

    def _react(self, kind: str, business_id: BusinessId, body: bytes) -> None:
        if kind == MemberRemoved.type:
            self._rights.member_removed(business_id, UserId(_opened(MemberRemoved, body).user_id))
        elif kind == MemberChanged.type:
            self._rights.member_changed(business_id, UserId(_opened(MemberChanged, body).user_id))
        elif kind == SessionEnded.type:
            self._rights.session_ended(business_id, SessionId(_opened(SessionEnded, body).session_id))
        elif kind == CustomerErased.type and (calendar := self._calendars.of(business_id)):
            # Who they were is gone from appointments that keep their revision.
            calendar.resync()


def _opened[E: Event](kind: type[E], body: bytes) -> E:
    return Envelope.model_validate_json(body, extra="ignore").open(kind)
