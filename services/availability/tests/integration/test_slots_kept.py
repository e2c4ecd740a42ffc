"""Kept answers: never older than the database, few statements, and 304 for who has them already."""

import asyncio
from typing import Any
from uuid import UUID

from prometheus_client import REGISTRY

from availability.queries.versions import Versions
from availability.use_cases.copy_claims import copy_claims
from contracts.ids import uuid7
from plumbing.db import UnitOfWork

from ..make import Studio, claims_changed
from .counting import statements_of

HOURS = {"blocks": [{"dayOfWeek": 1, "start": "09:00", "end": "17:00"}]}


async def a_day(studio: Studio, staff: int = 1) -> tuple[str, list[str], str]:
    """A service that so many people offer, and where its Monday's slots are."""
    people: list[str] = []
    for number in range(staff):
        people.append((await studio.staff(f"Person {number}"))["id"])
        await studio.must("PUT", f"/api/staff/{people[-1]}/hours", HOURS)
    service = (await studio.service(staffIds=people))["id"]
    return service, people, f"/api/availability/slots?serviceId={service}&from=2027-03-01&days=1"


def starts(found: Any) -> int:
    """How many slots there are."""
    return sum(len(day["slots"]) for day in found["days"])


async def claim(uow: UnitOfWork, studio: Studio, staff: str, hours: int) -> None:
    """So many hours of a staff member's Monday are taken from one in the afternoon on, Dubai time."""
    async with uow.across_businesses() as tx:
        await copy_claims(tx, [claims_changed(studio.id, bookable=UUID(staff), count=hours)])


async def test_a_call_costs_as_many_statements_for_one_as_for_fifty(counted: tuple[Studio, list[str]], uow: UnitOfWork):
    studio, sent = counted
    _, _, one = await a_day(studio)
    first = await statements_of(studio, one, sent)
    _, people, fifty = await a_day(studio, staff=50)
    for person in people[1:]:
        await claim(uow, studio, person, 4)
    assert await statements_of(studio, fifty, sent) == first
    again = await statements_of(studio, one, sent)
    assert await statements_of(studio, fifty + "&include=staff", sent) == again
    assert len(first) == 14
    assert len(again) == 2


async def test_a_kept_answer_costs_the_look_at_the_version(counted: tuple[Studio, list[str]]):
    studio, sent = counted
    _, _, where = await a_day(studio)
    await studio.must("GET", where)
    (statement,) = await statements_of(studio, where, sent)
    assert "FROM versions" in statement


async def test_requests_at_once_look_at_the_version_together(counted: tuple[Studio, list[str]]):
    studio, sent = counted
    _, _, where = await a_day(studio)
    await studio.must("GET", where)
    await asyncio.sleep(0)
    sent.clear()
    await asyncio.gather(*(studio.must("GET", where) for _ in range(50)))
    await asyncio.sleep(0)
    assert 1 <= sum("FROM versions" in sql for sql in sent) <= 3


async def test_the_same_question_asked_at_once_is_searched_once(counted: tuple[Studio, list[str]]):
    studio, sent = counted
    _, _, where = await a_day(studio)
    await studio.must("GET", where + "&timezone=UTC")
    sent.clear()
    await asyncio.gather(*(studio.must("GET", where) for _ in range(20)))
    await asyncio.sleep(0)
    assert sum("FROM claims_copy" in sql for sql in sent) == 1


async def test_a_claim_that_arrives_changes_the_kept_answer_at_once(studio: Studio, uow: UnitOfWork):
    _, (staff,), where = await a_day(studio)
    assert starts(await studio.must("GET", where)) == 29
    await claim(uow, studio, staff, 1)
    assert starts(await studio.must("GET", where)) == 22


async def test_hours_a_service_and_a_staff_member_that_change_change_it_at_once(studio: Studio):
    service, (staff,), where = await a_day(studio)
    assert starts(await studio.must("GET", where)) == 29
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": [{**HOURS["blocks"][0], "end": "12:00"}]})
    assert starts(await studio.must("GET", where)) == 9
    await studio.must("PUT", f"/api/services/{service}", {"durationMinutes": 120})
    assert starts(await studio.must("GET", where)) == 5
    await studio.must("DELETE", f"/api/staff/{staff}")
    assert starts(await studio.must("GET", where)) == 0


async def test_who_has_the_answer_already_gets_no_body(studio: Studio, uow: UnitOfWork):
    _, (staff,), where = await a_day(studio)
    made = await studio.call("GET", where)
    kept = await studio.call("GET", where)
    assert (made.status_code, made.headers, made.content) == (kept.status_code, kept.headers, kept.content)
    known = await studio.call("GET", where, if_none_match=made.headers["etag"])
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", made.headers["etag"])
    await claim(uow, studio, staff, 1)
    changed = await studio.call("GET", where, if_none_match=made.headers["etag"])
    assert changed.status_code == 200
    assert changed.headers["etag"] != made.headers["etag"]


async def test_a_change_of_what_is_not_asked_about_keeps_the_tag(studio: Studio):
    _, _, where = await a_day(studio)
    made = await studio.call("GET", where)
    await studio.service()
    assert (await studio.call("GET", where, if_none_match=made.headers["etag"])).status_code == 304


async def test_a_kept_answer_is_not_for_strangers(studio: Studio, new_studio: Any):
    _, _, where = await a_day(studio)
    await studio.must("GET", where)
    assert (await new_studio().call("GET", where)).status_code == 404
    for token in ("Bearer nonsense", "Basic x", ""):
        assert (await studio.call("GET", where, authorization=token)).status_code == 401


async def test_kept_and_made_answers_are_counted_under_one_route(studio: Studio):
    labels = {"method": "GET", "route": "/api/availability/slots", "status": "200"}
    _, _, where = await a_day(studio)
    before = REGISTRY.get_sample_value("http_requests_total", labels) or 0
    for _ in range(3):
        await studio.must("GET", where)
    assert REGISTRY.get_sample_value("http_requests_total", labels) == before + 3


async def test_a_version_is_of_the_business_that_is_asked_about(studio: Studio, new_studio: Any, uow: UnitOfWork):
    await studio.service()
    other = new_studio()
    await other.service()
    await other.service()
    versions = Versions(uow)
    asked = (studio.id, other.id, uuid7())
    mine, others, nobodys = await asyncio.gather(*(versions.current(one) for one in asked))
    assert mine is not None
    assert others is not None
    assert others.answers == mine.answers + 1
    assert nobodys is None


async def test_when_the_database_is_away_all_who_ask_are_told_and_later_ones_are_answered(
    studio: Studio, uow: UnitOfWork, sql: Any
):
    await studio.service()
    versions = Versions(uow)
    await sql.execute("ALTER TABLE versions RENAME TO versions_away")
    try:
        found = await asyncio.gather(*(versions.current(studio.id) for _ in range(3)), return_exceptions=True)
    finally:
        await sql.execute("ALTER TABLE versions_away RENAME TO versions")
    assert all(isinstance(one, Exception) for one in found)
    assert await versions.current(studio.id) is not None
