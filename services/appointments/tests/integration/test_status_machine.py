"""Every way through the statuses: only legal steps are taken, and each leaves one line that says who, what and when."""

from collections.abc import Mapping
from random import Random
from typing import Any

import asyncpg
import pytest

from contracts.appointments import Status
from plumbing.auth import Role

from ..make import Studio, at, iso, path

LEGAL: Mapping[str, set[str]] = {
    "PENDING": {"CONFIRMED", "CANCELLED"},
    "CONFIRMED": {"CANCELLED", "COMPLETED", "NO_SHOW"},
    "COMPLETED": {"NO_SHOW"},
    "NO_SHOW": {"COMPLETED"},
    "CANCELLED": set(),
}
"""The table of the contract, written down again: what the service has is not asked what it should be."""

CHANGES = {"CONFIRMED": "confirmed", "CANCELLED": "cancelled", "COMPLETED": "completed", "NO_SHOW": "noShow"}


class Walk:
    """An appointment on its way through the statuses, and what should be known of it."""

    def __init__(self, studio: Studio, made: Any, random: Random) -> None:
        self.made = made
        self.lines: list[dict[str, Any]] = [{"change": "created", "revision": 1, "cause": None}]
        self._studio = studio
        self._random = random
        self._status = made["status"]

    async def step(self) -> None:
        """Ask for some status in one of the two ways, and see that the answer is the right one."""
        wanted = self._random.choice([status.value for status in Status])
        reason = self._random.choice([None, "because"])
        answer = await self._asked(wanted, reason)
        if wanted == self._status:
            assert (answer.status_code, answer.json()["revision"]) == (200, len(self.lines))
        elif wanted in LEGAL[self._status]:
            assert (answer.status_code, answer.json()["status"]) == (200, wanted), answer.text
            self._note(wanted, answer.json())
        else:
            assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed"), answer.text
            assert (answer.json()["from"], answer.json()["to"]) == (self._status, wanted)
        assert (await self._studio.read(self.made))["status"] == self._status

    async def _asked(self, wanted: str, reason: str | None) -> Any:
        self._cause = None
        if self._random.random() < 0.3:
            return await self._studio.change(self.made, status=wanted)
        self._cause = reason
        return await self._studio.set_status(self.made, wanted, reason=reason)

    def _note(self, wanted: str, after: Any) -> None:
        line: dict[str, Any] = {"change": CHANGES[wanted], "revision": len(self.lines) + 1, "cause": self._cause}
        line |= {"before": {"status": self._status}, "after": {"status": wanted}}
        if wanted == "CANCELLED" and self._cause is not None:
            line["before"] |= {"cancellationReason": None}
            line["after"] |= {"cancellationReason": self._cause}
        assert after["revision"] == line["revision"]
        self.lines.append(line)
        self._status = wanted


@pytest.mark.parametrize("seed", range(20))
async def test_only_legal_steps_are_taken_and_each_leaves_one_line(studio: Studio, sql: asyncpg.Connection, seed: int):
    random = Random(seed)
    for number in range(3):
        made = await studio.booked(at(9 + 2 * number), status=random.choice(["PENDING", "CONFIRMED"]))
        walk = Walk(studio, made, random)
        for _ in range(8):
            await walk.step()
        history = await studio.history(made)
        assert [
            {key: line[key] for key in wanted} for line, wanted in zip(history, walk.lines, strict=True)
        ] == walk.lines
        assert {(line["actor"]["kind"], line["actor"]["id"] is None) for line in history} == {("member", False)}
        assert [line["at"] for line in history] == sorted(line["at"] for line in history)
        status = (await studio.read(made))["status"]
        claims = await sql.fetchval("SELECT count(*) FROM claims WHERE owner_id = $1", made["id"])
        assert claims == (status != "CANCELLED")


@pytest.mark.parametrize("first", ["PENDING", "CONFIRMED"])
@pytest.mark.parametrize("wanted", [status.value for status in Status])
async def test_staff_are_written_down_as_who_they_are(studio: Studio, first: str, wanted: str):
    made = await studio.booked(at(9), status=first)
    studio.act_as(Role.STAFF, studio.staff[0])
    answer = await studio.set_status(made, wanted)
    actors = [line["actor"]["id"] for line in await studio.history(made)]
    assert len(set(actors)) == len(actors) == (2 if answer.status_code == 200 and wanted != first else 1)


async def test_a_reason_may_have_five_hundred_characters(studio: Studio):
    made = await studio.booked(at(9))
    answer = await studio.set_status(made, "CANCELLED", reason="x" * 501)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reason")
    cancelled = (await studio.set_status(made, "CANCELLED", reason=f"  {'x' * 500}  ")).json()
    assert cancelled["cancellationReason"] == "x" * 500
    last = (await studio.history(made))[-1]
    assert (last["cause"], last["after"]["cancellationReason"]) == ("x" * 500, "x" * 500)


async def test_what_is_cancelled_cannot_come_back_with_a_move(studio: Studio):
    made = await studio.booked(at(9))
    await studio.set_status(made, "CANCELLED")
    answer = await studio.change(made, start=iso(at(12)), status="CONFIRMED")
    assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed")
    await studio.booked(at(9))


async def test_every_line_names_the_revision_that_it_made(studio: Studio):
    made = await studio.booked(at(9))
    await studio.change(made, start=iso(at(10)), notes="later")
    await studio.set_status(made, "COMPLETED")
    await studio.client.delete(path(made))
    lines = await studio.history(made)
    assert [(line["change"], line["revision"]) for line in lines] == [
        ("created", 1),
        ("rescheduled", 2),
        ("completed", 3),
        ("deleted", 4),
    ]
    assert lines[1]["before"] == {"start": iso(at(9)), "end": iso(at(10)), "notes": ""}
    assert (lines[0]["before"], lines[3]["after"]) == (None, None)
    assert lines[3]["before"]["status"] == "COMPLETED"
