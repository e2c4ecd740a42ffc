"""What a client has cached, and is told, is what it would read anew: whatever happens, whatever is lost on the way."""

import asyncio
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

import pytest

from sundial.live_calendar import LiveCalendar, Lost
from tests.e2e.live import kept_calendar, range_of
from tests.e2e.owner import Owner, next_week


class Unreliable(LiveCalendar):
    """Loses, repeats and holds back some of what it is told."""

    random: Random
    is_calm = False
    _held: Any = None
    _listening: asyncio.Future[None] | None = None

    async def listen(self) -> None:
        """Until the socket ends, or somebody hangs up."""
        self._listening = asyncio.ensure_future(super().listen())
        try:
            await asyncio.shield(self._listening)
        except asyncio.CancelledError:
            if not self._listening.cancelled():
                self._listening.cancel()
                raise
            raise Lost("hung up") from None

    def hang_up(self) -> None:
        """End the connection."""
        if self._listening is not None:
            self._listening.cancel()

    def hear(self, message: Any) -> None:
        """What becomes of a message is chance; only the first of a connection always comes, and first."""
        if message["type"] == "hello":
            self._held = None
            super().hear(message)
            return
        held, self._held = self._held, None
        match "as it is" if self.is_calm else self.random.choice(("as it is", "lost", "twice", "late")):
            case "late" if held is None:
                self._held = message
                return
            case "lost":
                heard = [held]
            case "twice":
                heard = [message, held, message]
            case _:
                heard = [message, held]
        for each in heard:
            if each is not None:
                super().hear(each)


class Cut(LiveCalendar):
    """Has no socket, for as long as it is cut off."""

    is_cut = True

    async def listen(self) -> None:
        """There is none."""
        if self.is_cut:
            raise Lost("cut off")
        await super().listen()


class History:
    """What an owner may do to a calendar, at random."""

    def __init__(self, owner: Owner, random: Random, service: str, staff: list[str]) -> None:
        self._owner = owner
        self._random = random
        self.service = service
        self._staff = staff
        self._made: list[str] = []

    async def step(self) -> None:
        """One thing."""
        await self._random.choice(self._actions)()

    @property
    def _actions(self) -> list[Callable[[], Coroutine[Any, Any, object]]]:
        return [self.book, self.book, self.move, self.move, self._cancel, self._delete, self._rename, self._erase]

    async def book(self) -> None:
        """Somebody new."""
        number = self._random.randrange(10**9)
        customer = {"name": f"Guest {number}", "email": f"guest-{number}@example.com"}
        start, staff = self._some_time(), self._random.choice(self._staff)
        booked = await self._owner.book(self.service, staff, start, customer=customer)
        if booked.status == 201:
            self._made.append(booked.body["id"])

    async def move(self) -> None:
        """Also out of the range, and back."""
        body = {"start": self._some_time().isoformat(), "staffId": self._random.choice(self._staff)}
        await self._change("PUT", "", body)

    async def _cancel(self) -> None:
        await self._change("PUT", "/status", {"status": "CANCELLED"})

    async def _delete(self) -> None:
        await self._change("DELETE", "")

    async def _rename(self) -> None:
        if customer := await self._some_customer():
            name = f"Renamed {self._random.randrange(10**9)}"
            await self._owner.call("PUT", f"/api/customers/{customer}", {"name": name})

    async def _erase(self) -> None:
        if customer := await self._some_customer():
            await self._owner.call("POST", f"/api/customers/{customer}/erase")

    async def _change(self, method: str, path: str, body: Any = None) -> None:
        if self._made:
            await self._owner.call(method, f"/api/appointments/{self._random.choice(self._made)}{path}", body)

    async def _some_customer(self) -> str | None:
        if not self._made:
            return None
        found = await self._owner.call("GET", f"/api/appointments/{self._random.choice(self._made)}")
        return found.body["customerId"] if found.status == 200 else None

    def _some_time(self) -> Any:
        return next_week(self._random.randrange(6, 20), 30, day=self._random.randrange(-1, 9))


@pytest.mark.parametrize("seed", range(6))
async def test_a_cached_range_with_what_is_told_is_the_range_read_anew(owner: Owner, seed: int):
    random = Random(seed)  # the same history for the same seed
    staff = [await owner.staff(name) for name in ("Amira", "Noor")]
    history = History(owner, random, await owner.service(staff), staff)
    steady, unreliable = kept_calendar(owner), kept_calendar(owner, Unreliable)
    unreliable.random = random
    async with steady.kept(), unreliable.kept():
        await steady.until(lambda: steady.is_live)
        for number in range(40):
            await history.step()
            if number in {15, 30}:
                unreliable.hang_up()
        read_before = steady.reads
        unreliable.is_calm = True
        assert (await owner.book(history.service, staff[0], next_week(22))).status == 201
        expected = await range_of(owner)
        await _until_same(steady, expected)
        await _until_same(unreliable, expected)
    assert steady.appointments == expected
    assert read_before < 40, "it is told, and does not read again and again"


async def _until_same(calendar: LiveCalendar, expected: list[Any]) -> None:
    try:
        await calendar.until(lambda: calendar.appointments == expected)
    except TimeoutError:
        assert calendar.appointments == expected


async def test_a_client_without_a_socket_asks_and_comes_back(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    calendar = kept_calendar(owner, Cut)
    async with calendar.kept():
        await owner.book(service, staff, next_week())
        await calendar.until(lambda: len(calendar.appointments) == 1)
        assert not calendar.is_live
        calendar.is_cut = False
        await calendar.until(lambda: calendar.is_live)
        await owner.book(service, staff, next_week(11))
        await calendar.until(lambda: len(calendar.appointments) == 2)
    assert calendar.appointments == await range_of(owner)
