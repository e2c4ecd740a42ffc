"""Imports: what is said of every row before, what becomes of it, and how it is taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from appointments.jobs.imports import purge
from contracts.ids import StaffId
from plumbing import failpoints
from plumbing.auth import Role
from plumbing.failpoints import FailpointReached, Failure
from sundial_local.databases import Database

from ..files import checked, column, done, read, send, table, work
from ..make import Studio, at, iso

HEADER = ("Service", "Staff", "Start", "Customer", "Email", "Notes", "Status")


def named(studio: Studio, number: int) -> str:
    """How the studio calls a staff member."""
    return f"Staff {str(studio.staff[number])[-4:]}"


def row(studio: Studio, start: str, *, staff: int = 0, email: str = "", status: str = "", notes: str = "") -> list[str]:
    """A row about a cut."""
    customer = email.split("@", maxsplit=1)[0].title() or "Lina"
    return ["cut", named(studio, staff), start, customer, email, notes, status]


async def test_every_row_is_judged_and_nothing_is_written(studio: Studio):
    await studio.booked(at(9))
    made = await checked(
        studio,
        "appointments",
        HEADER,
        row(studio, "2027-03-01 13:30"),  # half past nine in UTC: taken
        row(studio, "2027-03-01T15:00"),
        row(studio, "2027-03-01T15:30:00+04:00"),  # the row before takes it
        row(studio, "2027-03-01 15:30", staff=1),
        row(studio, "tomorrow"),
        row(studio, "2027-03-02 15:30", status="cancelled"),
        ["shave", named(studio, 0), "2027-03-02 15:30", "", "x", "", ""],
    )
    assert column(made, "action") == ["error", "add", "error", "add", "error", "skip", "error"]
    assert column(made, "line") == [2, 3, 4, 5, 6, 7, 8]
    assert [problem["column"] for problem in made["rows"][6]["problems"]] == ["service", "email"]
    assert "another row" in made["rows"][2]["problems"][0]["detail"]
    assert (made["state"], made["done"], made["total"]) == ("checked", 0, 7)
    assert made["actions"] == {"add": 2, "error": 4, "skip": 1}
    assert len((await studio.listed(at(0), at(24, day=7))).json()["items"]) == 1


async def test_what_can_be_written_is_and_what_was_added_is_taken_back(app: FastAPI, studio: Studio):
    made = await checked(
        studio,
        "appointments",
        HEADER,
        row(studio, "2027-03-01 13:00", email="noor@example.com", notes="=SUM(A1)"),
        row(studio, "2027-03-01 13:30"),
        row(studio, "2026-03-02 13:00", email="noor@example.com", status="completed"),
        row(studio, "2027-03-03 13:00", email="lina@example.com"),
    )
    applied = await done(app, studio, made, "apply")
    assert (applied["state"], applied["done"]) == ("applied", 4)
    assert column(applied, "outcome") == ["added", "failed", "added", "added"]
    items = [await studio.read({"id": id_}) for id_ in column(applied, "entityId") if id_]
    assert [one["status"] for one in items] == ["CONFIRMED", "COMPLETED", "CONFIRMED"]
    assert items[0]["customerId"] == items[1]["customerId"] != items[2]["customerId"]
    assert (items[0]["start"], items[0]["notes"]) == (iso(at(9)), "=SUM(A1)")
    await studio.change(items[2], notes="changed since")
    undone = await done(app, studio, made, "undo")
    assert (undone["state"], undone["done"]) == ("undone", 4)
    assert column(undone, "outcome") == ["removed", "failed", "removed", "kept"]
    assert undone["rows"][3]["problems"] == [{"column": None, "detail": "was changed since"}]
    left = (await studio.listed(at(0, day=-365), at(0, day=-300))).json()["items"]
    left += (await studio.listed(at(0), at(24, day=7))).json()["items"]
    assert [one["id"] for one in left] == [items[2]["id"]]


async def test_a_conflict_that_came_after_the_check_is_told_by_its_row(app: FastAPI, studio: Studio):
    starts = ("2027-03-01 13:00", "2027-03-01 14:00")
    made = await checked(studio, "appointments", HEADER, *(row(studio, start) for start in starts))
    await studio.booked(at(9.5))
    applied = await done(app, studio, made, "apply")
    assert (applied["state"], column(applied, "outcome")) == ("failed", ["failed", "failed"])
    assert applied["rows"][0]["problems"] == [{"column": "start", "detail": "The staff member is busy."}]


async def test_each_step_is_done_once_however_often_it_is_asked_for(app: FastAPI, studio: Studio):
    made = await checked(studio, "appointments", HEADER, row(studio, "2027-03-01 13:00"))
    address = f"/api/imports/{made['id']}"
    early = await studio.client.post(f"{address}/undo")
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "ImportNotReady", "checked")
    first = await done(app, studio, made, "apply")
    assert (await done(app, studio, made, "apply"))["rows"] == first["rows"]
    assert len((await studio.listed(at(0), at(24))).json()["items"]) == 1
    await done(app, studio, made, "undo")
    assert (await studio.client.post(f"{address}/undo")).json()["state"] == "undone"
    assert (await studio.client.post(f"{address}/apply")).status_code == 409


@pytest.mark.parametrize("place", ["imports.after_row", "appointments.before_lock"])
async def test_who_dies_over_it_leaves_nothing_twice_and_nothing_out(
    app: FastAPI, studio: Studio, sql: asyncpg.Connection, place: str
):
    starts = [f"2027-03-{day:02} 13:00" for day in range(1, 11)]
    made = await checked(studio, "appointments", HEADER, *(row(studio, start) for start in starts))
    await studio.client.post(f"/api/imports/{made['id']}/apply")
    failpoints.arm({place: Failure("raise")})
    try:
        if place == "imports.after_row":
            with pytest.raises(FailpointReached):
                await work(app)
            assert (await read(studio, made))["done"] == 1
    finally:
        failpoints.arm({})
    await work(app)  # nobody goes on while it may still be worked on
    assert (await read(studio, made))["done"] == (1 if place == "imports.after_row" else 10)
    await sql.execute("UPDATE imports SET worked_until = now() WHERE state = 'applying'")
    await work(app)
    assert column(await read(studio, made), "outcome") == ["added"] * 10
    assert len((await studio.listed(at(0), at(24, day=14))).json()["items"]) == 10


async def test_the_catalogue_is_written_once_although_the_answer_was_lost(app: FastAPI, studio: Studio, sql: Any):
    files = app.state.catalogue
    made = await checked(studio, "staff", ("Name", "Nickname"), ("Amira", "A"), ("", "B"), ("Noor", ""))
    assert (column(made, "action"), made["ignoredColumns"]) == (["add", "error", "add"], ["Nickname"])
    await studio.client.post(f"/api/imports/{made['id']}/apply")
    failpoints.arm({"imports.after_catalogue": Failure("raise")})
    with pytest.raises(FailpointReached):
        await work(app)
    failpoints.arm({})
    await sql.execute("UPDATE imports SET worked_until = NULL")
    await work(app)
    applied = await read(studio, made)
    ids = [id_ for id_ in column(applied, "entityId") if id_]
    assert column(applied, "outcome") == ["added", "failed", "added"]
    assert [one for one in map(str, files.added) if one in ids] == ids
    assert [one for one in map(str, files.writes) if one in ids] == [*ids, *ids]  # sent twice, by the same ids
    assert column(await done(app, studio, made, "undo"), "outcome") == ["removed", "failed", "removed"]
    assert not {*ids} & {*map(str, files.added)}


async def test_whoever_has_appointments_is_not_taken_back(app: FastAPI, studio: Studio):
    made = await checked(studio, "staff", ["Name"], ["Amira"], ["Noor"])
    ids = column(await done(app, studio, made, "apply"), "entityId")
    service = studio.sells(name="Massage")
    service.staff_ids = [StaffId(UUID(ids[0]))]
    await studio.booked(at(9), staff=None, service=service)
    undone = await done(app, studio, made, "undo")
    assert column(undone, "outcome") == ["kept", "removed"]
    assert undone["rows"][0]["problems"] == [{"column": None, "detail": "has appointments"}]


async def test_a_file_that_cannot_be_read_is_refused_in_words(studio: Studio):
    for data, words in (
        (b"", "no column"),
        (b"name,colour of hair\r\n", "no rows"),
        ("name\r\nJosé\r\n".encode("latin-1"), "not in UTF-8 (line 2)"),
        ("name\r\nNoor\r\n".encode("utf-16-le"), "U+0000"),
        (b'name\r\n"Noor\r\n', "cannot be read as CSV"),
        (b"name,full name\r\nNoor,Noor\r\n", "several columns for: name"),
        (b"age\r\n7\r\n", "no column for: name or id"),
        (b"name\r\n" + b"x\r\n" * 20_001, "more than 20000 rows"),
    ):
        answer = await send(studio, "staff", data)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file"), answer.text
        assert words in answer.json()["errors"][0]["detail"]


async def test_files_of_other_programs_are_understood(studio: Studio):
    for data in (
        b"\xef\xbb\xbfFULL_NAME;Job title\r\nNoor;Owner\r\n",
        b"sep=;\r\nName;Title\r\nNoor;Owner\r\n",
        "Title\tName\r\nOwner\tNoor\r\n".encode("utf-16"),
        b'title,"name"\n\n"Owner, really","Noor"\n',
    ):
        answer = await send(studio, "staff", data)
        assert answer.status_code == 201, answer.text
        assert column(answer.json(), "action") == ["add"]


async def test_the_same_form_with_another_boundary_is_the_same_request(studio: Studio):
    answers = [await send(studio, "staff", table(["Name"], ["Noor"]), key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (await send(studio, "staff", table(["Name"], ["Lina"]), key="k")).status_code == 422


async def test_forms_are_bounded_and_strict(studio: Studio):
    assert (await send(studio, "staff", b"x" * (5 * 1024 * 1024 + 100_000))).status_code == 413
    assert (await send(studio, "staff", b"x" * (5 * 1024 * 1024 + 10))).status_code == 422
    unknown = await send(studio, "staff", table(["Name"], ["Noor"]), colour="red")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/colour")
    assert (await send(studio, "hairdos", b"x")).status_code == 422
    assert (await studio.client.post("/api/imports", json={"kind": "staff"})).status_code == 422


async def test_rows_are_read_in_pages(studio: Studio):
    made = await checked(studio, "staff", ["Name"], *([f"Staff {number}"] for number in range(5)), ["", "", "x"])
    first = await read(studio, made, limit=2)
    second = await read(studio, made, limit=2, cursor=first["nextCursor"])
    assert column(first, "line") + column(second, "line") == [2, 3, 4, 5]
    assert column(await read(studio, made, action="error"), "line") == [7]
    for cursor in ("WyItMSJd", "WyI5OTk5OTk5OTk5OTkiXQ", "x"):
        answer = await studio.client.get(f"/api/imports/{made['id']}", params={"cursor": cursor})
        assert answer.status_code == 422
    assert [one["id"] for one in (await studio.client.get("/api/imports")).json()["items"]] == [made["id"]]


async def test_imports_are_forgotten_those_that_were_never_applied_sooner(app: FastAPI, studio: Studio, sql: Any):
    unused, used, old = [await checked(studio, "staff", ["Name"], ["Noor"]) for _ in range(3)]
    for one in (used, old):
        await done(app, studio, one, "apply")
    ages = "UPDATE imports SET created_at = now() - $2::interval WHERE id = $1"
    for one, days in ((unused, 8), (used, 89), (old, 91)):
        await sql.execute(ages, one["id"], timedelta(days=days))
    await purge(app.state.uow)
    assert [one["id"] for one in (await studio.client.get("/api/imports")).json()["items"]] == [used["id"]]


async def test_imports_are_for_managers_of_the_business(new_studio: Callable[..., Studio], database: Database):
    mine, theirs = new_studio(), new_studio()
    made = await checked(theirs, "staff", ["Name"], ["Noor"])
    address = f"/api/imports/{made['id']}"
    for method, path in (("GET", address), ("POST", f"{address}/apply"), ("POST", f"{address}/undo")):
        assert (await mine.client.request(method, path)).status_code == 404
    theirs.act_as(Role.STAFF, theirs.staff[0])
    assert (await theirs.client.get(address)).status_code == 403
    assert (await send(theirs, "staff", b"name\nx")).status_code == 403
    connection = await asyncpg.connect(database.app_url)
    for name in ("imports", "import_rows"):
        assert await connection.fetchval(f"SELECT count(*) FROM {name}") == 0
    await connection.close()
