"""What a guest sends to wait for what is full, and what they are told."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field

from booking_public.domain.bookings import GuestAppointment
from booking_public.schemas.bookings import CaptchaToken, GuestIn, Zone
from booking_public.schemas.fields import Locale
from booking_public.use_cases.waiting.offer import Seen
from contracts.ids import GroupSessionId, ServiceId, StaffId
from contracts.money import Money
from contracts.waiting import WaitingState, Wished
from contracts.wire import Instant, Wire
from plumbing.schemas import Body, When


class JoinIn(Wished, Body):
    """Who waits for what: a seat of the full session `sessionId`, or any time that starts from `from` and before `to`.

    Without `staffId` whoever the page offers will do.
    """

    from_at: Annotated[When | None, Field(alias="from", validate_default=True)] = None
    to_at: Annotated[When | None, Field(alias="to", validate_default=True)] = None
    customer: GuestIn
    timezone: Zone | None = None
    locale: Locale | None = None
    captcha_token: CaptchaToken | None = None


class WaitingOut(Wire):
    """A wish for a seat of a session, or for any time of a service that starts in `[from, to)`."""

    service_id: ServiceId
    staff_id: StaffId | None
    session_id: GroupSessionId | None
    from_at: Instant = Field(alias="from")
    to_at: Instant = Field(alias="to")
    state: WaitingState
    created_at: Instant


class OfferOut(Wire):
    """What is kept for this guest alone `until` then, and the deposit that is asked for when they accept."""

    appointment: GuestAppointment
    until: Instant
    deposit: Money | None


class WishOut(Wire):
    """A wish as it is now, and what is offered to this guest, if anything is."""

    waiting: WaitingOut
    offer: OfferOut | None

    @classmethod
    def of(cls, seen: Seen) -> Self:
        """As it was seen."""
        waiting = WaitingOut(**{name: getattr(seen.waiting, name) for name in WaitingOut.model_fields})
        return cls(waiting=waiting, offer=_offer(seen))


class JoinedOut(Wire):
    """What is waited for, and the link by which the guest looks, accepts what is offered, and leaves."""

    waiting: WaitingOut
    manage_token: str
    manage_url: str

    @classmethod
    def of(cls, answer: Mapping[str, Any], token: str, public_url: str) -> Self:
        """The answer that is kept, with the secret that is not."""
        waiting = WaitingOut.model_validate(answer["waiting"])
        return cls(waiting=waiting, manage_token=token, manage_url=waiting_url(public_url, token))


def waiting_url(public_url: str, token: str) -> str:
    """Where whoever has this secret looks after their wish."""
    return f"{public_url}/booking/waiting-list/{token}"


def _offer(seen: Seen) -> OfferOut | None:
    waiting = seen.waiting
    if waiting.state is not WaitingState.OFFERED or waiting.appointment is None or waiting.offered_until is None:
        return None
    appointment = GuestAppointment.of(waiting.appointment)
    return OfferOut(appointment=appointment, until=waiting.offered_until, deposit=seen.deposit)
