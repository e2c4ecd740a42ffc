"""A guest's whole way through booking and paying, on which anything may go wrong at any step."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import Any

from booking_public.clients.payments import Unanswered
from booking_public.domain.payments import NothingToRefund, PaymentDisputed
from booking_public.jobs.bookings import BookingWork
from booking_public.jobs.payments import PaymentWork
from booking_public.use_cases.bookings.cancelled import owe
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import CancelRequest, GuestBooking, GuestCustomer
from contracts.ids import AppointmentId, BookingPageId, OwnerId, uuid7
from contracts.money import Money
from plumbing import failpoints
from plumbing.clock import utc_now
from plumbing.failpoints import FailpointReached
from plumbing.problems import ServiceUnavailable

from .desk import Booked, Stranger
from .till import Till
from .unreliable import Unreliable

DEPOSIT = Money(amount=2_500, currency="AED")
START = datetime(2027, 3, 3, 9, tzinfo=UTC)
PLACES = [
    *"payment_stored payment_created payment_captured payment_cancelled payment_heard refund_asked refund_sent".split(),
    *(
        f"booking_public.after_{place}"
        for place in (
            "received received_hold asked_hold hold held book booked authorise lengthen keep capture cancelling cancel"
            " unpaid"
        ).split()
    ),
]
GOOD, LATE, QUESTION = "4242424242424242", "4000000000000101", "4000000000003220"
CARDS = (GOOD, GOOD, GOOD, LATE, QUESTION, "4000000000000002", "4000000000007726")
FAULTS = ("error", "error_after", "limited", "broken")
ENDS = (ServiceUnavailable, Unanswered, FailpointReached)


class Walk:
    """One key of one guest, for one time of one business."""

    def __init__(self, till: Till, elsewhere: Unreliable, stranger: Stranger, work: BookingWork, seed: int) -> None:
        self.till, self.elsewhere, self.stranger, self.work = till, elsewhere, stranger, work
        self.payments = PaymentWork(till.payments, work.on_payment_state)
        self.random = Random(seed)
        self.has_hold = self.random.random() < 0.3
        self.body = stranger.order(START)
        self.told: list[Any] = []
        """What the guest was told of the booking that they have."""
        self.owner_decided = False
        """Somebody of the business kept it without a deposit, or gave it back."""

    @property
    def booked(self) -> Booked:
        """What appointments has."""
        return self.elsewhere.booked

    @property
    def own(self) -> list[AppointmentDetails]:
        """The guest's appointments that take time."""
        mine = (one for one in self.booked.appointments.values() if one.business_id == self.till.business_id)
        return [one for one in mine if one.notes != _RIVAL and one.status not in _FREE]

    async def step(self) -> None:
        """Something happens, perhaps while something is wrong."""
        chance = self.random.random
        if chance() < 0.25:
            pattern = self.random.choice(("POST", "GET", "capture$", "cancel$", "refunds$"))
            await self.till.stripe.fails(self.random.choice(FAULTS), pattern)
        if chance() < 0.15:
            await self.till.stripe.fails("declined", "capture$")
        if chance() < 0.25:
            failpoints.arm({self.random.choice(PLACES): failpoints.Failure("raise")})
        if chance() < 0.2:
            self.elsewhere.fails = self.random.choice(("before", "after"))
        await self._do(self.random.choice(_STEPS))
        failpoints.arm({})
        self.elsewhere.fails = None

    async def settle(self) -> None:
        """All is well again, nothing more is told, and time goes by until nothing is waited for any more."""
        await self.till.stripe.all_is_well()
        if self.random.random() < 0.5:
            await self.book()
        for _ in range(2):
            await self.late_comes()
            await self.time_passes()
            await self.left_alone()
        await self.day_passes()
        await self.hear_of_cancelled()
        await self.left_alone()
        await self.work.forget(self.till.uow)

    async def book(self) -> None:
        """The guest asks, with the same key as ever."""
        if self.has_hold and "holdToken" not in self.body:
            held = await self.stranger.hold(START, key="hold")
            if held.status_code != 201:
                return
            self.body["holdToken"] = held.json()["holdToken"]
        answer = await self.stranger.send("/book", self.body, key="book")
        if answer.status_code == 201:
            self.told.append(answer.json())

    async def pay(self, card: str | None = None) -> None:
        """The guest's browser pays with what it was given first; with any card, unless it is named."""
        if self.told:
            await self._pay(self.told[-1]["payment"]["clientSecret"], card)

    async def pay_by_link(self) -> None:
        """The guest's browser pays with what the link gives."""
        if self.told:
            answer = await self.stranger.client.post(f"{self.link}/pay")
            if answer.status_code == 200:
                await self._pay(answer.json()["clientSecret"])

    async def answer_bank(self) -> None:
        """The guest does what the bank asks for, or does not."""
        for intent in await self.intents():
            await self.till.stripe.post(
                f"payment-intents/{intent.id}/authenticate", succeeds=self.random.random() < 0.7
            )

    async def late_comes(self) -> None:
        """What was in process comes to its end; and refunds arrive."""
        for intent in await self.intents():
            await self.till.stripe.post(f"payment-intents/{intent.id}/settle", succeeds=self.random.random() < 0.7)
            for refund in await self.till.payments.refunds(intent.id):
                await self.till.stripe.post(f"refunds/{refund.id}/settle", succeeds=True)

    async def expires(self) -> None:
        """The bank lets go of what it kept ready."""
        for intent in await self.intents():
            await self.till.stripe.post(f"payment-intents/{intent.id}/expire")

    async def hear(self) -> None:
        """Some webhooks come, in some order, one of them twice; others are lost or late. Some news comes, too."""
        some = [event for event in await self._webhooks() if self.random.random() < 0.7]
        self.random.shuffle(some)
        if self.random.random() < 0.7:
            await self.hear_of_cancelled()
        await self.till.delivers([*some, *some[:1]])
        await self.payments.events(self.till.uow)

    async def hear_all(self) -> None:
        """All webhooks come, in their order."""
        await self.till.delivers(await self._webhooks())
        await self.payments.events(self.till.uow)

    async def hear_of_cancelled(self, *, asked_by_customer: bool = False) -> None:
        """What appointments tells of everything that was cancelled, perhaps once more."""
        for one in self.booked.appointments.values():
            if one.status is Status.CANCELLED:
                async with self.till.uow.across_businesses() as tx:
                    await owe(tx, one, asked_by_customer=asked_by_customer, at=utc_now())

    async def cancel(self) -> None:
        """The guest cancels by the link."""
        if self.told:
            await self.stranger.client.post(f"{self.link}/cancel")

    async def owner_cancels(self) -> None:
        """The owner cancels, while money may be on its way, or is there."""
        for one in self.own:
            await self.booked.cancel(one.id, CancelRequest(business_id=one.business_id, reason="Closed"))

    async def owner_keeps(self) -> None:
        """The owner confirms what waits for its deposit: they do without it."""
        for one in self.own:
            if one.expires_at is not None:
                self.owner_decided = True
                self.booked.change(one.id, status=Status.CONFIRMED, expires_at=None)

    async def owner_gives_back(self) -> None:
        """The owner gives back a part."""
        row = await self.till.sql.fetchrow(
            "SELECT id, captured FROM deposits WHERE business_id = $1", self.till.business_id
        )
        if row and row["captured"]:
            self.owner_decided = True
            with suppress(NothingToRefund, PaymentDisputed):
                await self.till.gives_back(row, 1000, key="part")

    async def rival_comes(self) -> None:
        """Somebody else books the time, if it is free."""
        ids = AppointmentId(uuid7())
        await self.booked.book(
            GuestBooking(
                business_id=self.till.business_id,
                service_id=self.stranger.service_id,
                start=START,
                id=ids,
                hold_id=OwnerId(ids),
                customer=GuestCustomer(name="Rival"),
                notes=_RIVAL,
                status=Status.CONFIRMED,
                booking_page_id=BookingPageId(ids),
                price=self.booked.price,
            )
        )

    async def time_passes(self) -> None:
        """Whoever has not paid yet is too late."""
        self.booked.expire()
        await self._end_deposits("asked_again = 0")

    async def day_passes(self) -> None:
        """Whoever could pay with another card is too late as well."""
        await self.time_passes()
        await self._end_deposits("asked_again > 0")

    async def left_alone(self) -> None:
        """What runs on timers goes on with whatever was left."""
        await self.till.rests()
        await self.till.sql.execute(
            "UPDATE bookings SET updated_at = updated_at - interval '2 hours',"
            " paying_back_since = paying_back_since - interval '2 hours' WHERE business_id = $1",
            self.till.business_id,
        )
        await self.work.go_on(self.till.uow)
        await self.payments.reconcile(self.till.uow)

    async def intents(self) -> list[Any]:
        """The PaymentIntents of this walk, the newest first."""
        found = await self.till.sql.fetch("SELECT id FROM bookings WHERE business_id = $1", self.till.business_id)
        return [one for row in found for one in await self.till.payments.find(row["id"], since=0)]

    async def refunds(self) -> list[Any]:
        """What goes back of them, as Stripe has it."""
        return [one for intent in await self.intents() for one in await self.till.payments.refunds(intent.id)]

    @property
    def link(self) -> str:
        """Where the guest looks after what they booked."""
        return f"/api/public/bookings/{self.told[-1]['manageToken']}"

    async def _pay(self, secret: str, card: str | None = None) -> None:
        await self.till.stripe.post(f"payment-intents/{secret}/pay", card=card or self.random.choice(CARDS))

    async def _webhooks(self) -> list[Any]:
        """Those about these payments that were not sent yet."""
        named = [intent.id for intent in await self.intents()]
        events = (await self.till.stripe.get("webhooks"))["items"]
        return [one for one in events if any(name in str(one["data"]["object"]) for name in named)]

    async def _end_deposits(self, which: str) -> None:
        await self.till.sql.execute(
            f"UPDATE deposits SET expires_at = now() - interval '1 second' WHERE business_id = $1 AND {which}",
            self.till.business_id,
        )

    async def _do(self, step: Callable[["Walk"], Awaitable[None]]) -> None:
        with suppress(*ENDS):
            await step(self)


_RIVAL = "a rival"
_FREE = frozenset({Status.CANCELLED})
_STEPS: tuple[Callable[[Walk], Awaitable[None]], ...] = (
    *[Walk.book] * 4,
    *[Walk.pay] * 3,
    *[Walk.pay_by_link] * 2,
    *[Walk.hear] * 4,
    *[Walk.left_alone] * 2,
    *(Walk.answer_bank, Walk.late_comes, Walk.expires, Walk.cancel, Walk.owner_cancels, Walk.owner_keeps),
    *(Walk.owner_gives_back, Walk.rival_comes, Walk.time_passes, Walk.day_passes),
)
