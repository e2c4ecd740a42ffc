"""Calendar feeds, as calendars read them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import icalendar
import pytest
from fastapi import FastAPI

from appointments.consumers import take_back_feeds, take_back_feeds_of_others
from contracts.accounts import MemberChanged, MemberRemoved
from plumbing.auth import Role
from plumbing.logs import HIDDEN, hidden
from sundial_local.databases import Database

from ..make import Studio, iso

SOON = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=True)


async def made(studio: Studio, staff: int | None = None, **fields: Any) -> Any:
    """A new feed."""
    body = {"staffId": None if staff is None else str(studio.staff[staff]), **fields}
    answer = await studio.client.post("/api/feeds", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def shown(studio: Studio, feed: Any, **headers: str) -> httpx.Response:
    """What somebody sees who has the address and nothing else."""
    return await studio.client.get(feed["url"], headers={"Authorization": "", **headers})


async def events(studio: Studio, feed: Any) -> list[Any]:
    """The events of a feed, as a client library understands them."""
    answer = await shown(studio, feed)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


async def test_a_feed_shows_what_is_booked_as_it_is_now(studio: Studio):
    booked = await studio.booked(
        SOON, customer={"name": "نور, the; \\ 2nd", "phone": "+971501234567"}, notes="one\ntwo " + "ص" * 200
    )
    feed = await made(studio, detail="full")
    [one] = await events(studio, feed)
    assert one["uid"] == f"{booked['id']}@sundial"
    assert (one.start, one.end) == (SOON, SOON + timedelta(hours=1))
    assert str(one.start.tzinfo) == "Asia/Dubai"
    assert (one["summary"], one["status"], one["sequence"]) == ("Cut: نور, the; \\ 2nd", "CONFIRMED", 0)
    assert one["description"].split("\n")[1:] == ["+971501234567", "one", "two " + "ص" * 200]
    await studio.change(booked, start=iso(SOON + timedelta(hours=2)))
    [moved] = await events(studio, feed)
    assert (moved["uid"], moved["sequence"]) == (one["uid"], 1)
    assert moved.start == SOON + timedelta(hours=2)
    await studio.set_status(booked, "CANCELLED")
    assert await events(studio, feed) == []


async def test_who_sees_only_when_somebody_is_busy_sees_nothing_else(studio: Studio):
    await studio.booked(SOON, customer={"name": "Noor", "email": "noor@example.com"}, notes="knee")
    text = (await shown(studio, await made(studio))).text
    assert "SUMMARY:Busy" in text
    for secret in ("Noor", "noor", "knee", "Cut", "Staff", str(studio.staff[0]), str(studio.service.id)):
        assert secret not in text


async def test_a_feed_of_one_staff_member_shows_theirs_alone(studio: Studio):
    own = await studio.booked(SOON, staff=1)
    await studio.booked(SOON, staff=0)
    feed = await made(studio, staff=1, detail="full")
    assert feed["name"] == f"Staff {str(studio.staff[1])[-4:]}"
    assert [one["uid"].split("@")[0] for one in await events(studio, feed)] == [own["id"]]
    assert len(await events(studio, await made(studio))) == 2


async def test_a_feed_reaches_from_ninety_days_ago_to_a_year_ahead(studio: Studio):
    for days in (-92, -89, 364, 367):
        await studio.booked(SOON.replace(day=25) + timedelta(days=days))
    starts = [one.start for one in await events(studio, await made(studio))]
    assert starts == [SOON.replace(day=25) + timedelta(days=days) for days in (-89, 364)]


async def test_what_has_not_changed_is_not_sent_again(studio: Studio, time_machine: Any):
    booked = await studio.booked(SOON)
    feed = await made(studio, detail="full")
    first = await shown(studio, feed)
    time_machine.move_to(datetime(2026, 11, 25, 23, tzinfo=UTC))
    again = await shown(studio, feed)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    known = await shown(studio, feed, **{"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (known.status_code, known.content) == (304, b"")
    studio.act_as(Role.OWNER)
    assert (await studio.change(booked, notes="x")).status_code == 200
    assert (await shown(studio, feed, **{"If-None-Match": first.headers["etag"]})).status_code == 200


async def test_a_secret_opens_until_it_is_rotated_or_taken_back(studio: Studio, sql: asyncpg.Connection):
    feed = await made(studio)
    address = f"/api/feeds/{feed['id']}"
    rotated = (await studio.client.post(f"{address}/rotate")).json()
    assert (rotated["id"], rotated["revision"]) == (feed["id"], 2)
    assert [(await shown(studio, one)).status_code for one in (feed, rotated)] == [404, 200]
    assert (await studio.client.delete(address)).status_code == 204
    assert (await shown(studio, rotated)).status_code == 404
    for token in ("x", "x" * 43, "../feeds", "%00"):
        assert (await shown(studio, {"url": f"/api/feeds/{token}.ics"})).status_code == 404
    token = rotated["url"].rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) == 43
    assert token not in str(await sql.fetch("SELECT * FROM feeds, idempotency_keys"))


async def test_the_answer_that_is_kept_has_no_secret(studio: Studio, sql: asyncpg.Connection):
    answers = [await studio.client.post("/api/feeds", json={}, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.json()["url"] is None for answer in answers] == [False, True]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert answers[0].headers["cache-control"] == "no-store"


def test_no_log_tells_the_secret_of_a_feed():
    told = hidden({"path": f"/api/feeds/{'aB_-' * 10}abc.ics"})
    assert told == {"path": f"/api/feeds/{HIDDEN}.ics"}


async def test_staff_have_feeds_of_their_own_calendar_only(studio: Studio):
    others = await made(studio, staff=1)
    studio.act_as(Role.STAFF, studio.staff[0])
    own = await made(studio, staff=0)
    assert [one["id"] for one in (await studio.client.get("/api/feeds")).json()["items"]] == [own["id"]]
    for staff in (None, str(studio.staff[1])):
        assert (await studio.client.post("/api/feeds", json={"staffId": staff})).status_code == 403
    assert (await studio.client.post(f"/api/feeds/{others['id']}/rotate")).status_code == 403
    assert (await studio.client.delete(f"/api/feeds/{others['id']}")).status_code == 403
    assert (await studio.client.delete(f"/api/feeds/{own['id']}")).status_code == 204
    studio.act_as(Role.STAFF)
    assert (await studio.client.get("/api/feeds")).json()["items"] == []


async def test_another_businesss_feed_does_not_exist(new_studio: Callable[..., Studio], database: Database):
    mine, theirs = new_studio(), new_studio()
    feed = await made(theirs)
    assert (await mine.client.post(f"/api/feeds/{feed['id']}/rotate")).status_code == 404
    assert (await mine.client.delete(f"/api/feeds/{feed['id']}")).status_code == 404
    assert (await mine.client.get("/api/feeds")).json()["items"] == []
    foreign = await mine.client.post("/api/feeds", json={"staffId": str(theirs.staff[0])})
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (422, "/staffId")
    await mine.booked(SOON)
    assert await events(theirs, feed) == []
    connection = await asyncpg.connect(database.app_url)
    assert await connection.fetchval("SELECT count(*) FROM feeds") == 0
    await connection.close()


async def test_who_is_removed_from_a_business_knows_no_address_of_it(app: FastAPI, studio: Studio, sql: Any):
    mine, rotated_by_me = await made(studio), await made(studio)
    studio.act_as(Role.MANAGER)
    others = await made(studio)
    user_id = await sql.fetchval("SELECT made_by FROM feeds WHERE id = $1", mine["id"])
    removed = MemberRemoved(business_id=studio.id, revision=1, member_id=uuid4(), user_id=user_id)
    async with app.state.uow.across_businesses() as tx:
        await take_back_feeds(tx, removed)
    statuses = [(await shown(studio, one)).status_code for one in (mine, rotated_by_me, others)]
    assert statuses == [404, 404, 200]


@pytest.mark.parametrize(("role", "left"), [(Role.STAFF, [404, 404, 200, 200]), (Role.MANAGER, [200, 200, 200, 200])])
async def test_who_may_see_only_their_own_calendar_any_more_knows_no_other_address(
    app: FastAPI, studio: Studio, sql: Any, role: Role, left: list[int]
):
    everybodys, anothers, own = await made(studio), await made(studio, 0), await made(studio, 1)
    user_id = await sql.fetchval("SELECT made_by FROM feeds WHERE id = $1", own["id"])
    studio.act_as(Role.MANAGER)
    of_somebody_else = await made(studio)
    about = {"member_id": uuid4(), "user_id": user_id, "role": role.value, "staff_id": studio.staff[1]}
    async with app.state.uow.across_businesses() as tx:
        await take_back_feeds_of_others(tx, MemberChanged(business_id=studio.id, revision=2, **about))
    feeds = (everybodys, anothers, own, of_somebody_else)
    assert [(await shown(studio, one)).status_code for one in feeds] == left


async def test_a_feed_takes_as_many_statements_however_much_it_shows(studio: Studio, statements: list[str]):
    feed = await made(studio)
    counts = []
    for day in range(3):
        await studio.booked(SOON + timedelta(days=day))
        statements.clear()
        await shown(studio, feed)
        counts.append(len(statements))
    assert len(set(counts)) == 1
