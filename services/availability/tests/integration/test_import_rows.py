"""Rows of imported files, as the service appointments sends them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from availability.consumers import keep_claims
from contracts.ids import uuid7
from contracts.imports import CatalogueAnswer, RowFate, RowsAnswer, UndoAnswer, UndoFate
from plumbing.db import UnitOfWork
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ..make import NINE_TO_FIVE, Studio, at, claims_changed


class Importer:
    """Sends rows as a service that is trusted."""

    def __init__(self, studio: Studio, keys: TestKeys) -> None:
        self._studio = studio
        self._token = ServiceToken(keys.private_json, audience="availability").current()

    async def rows(self, step: str, kind: str, *rows: dict[str, str], ids: list[str] | None = None) -> list[RowFate]:
        """POST /internal/imports/check or apply."""
        new = ids or sorted(str(uuid7()) for _ in rows)
        sent = [{"number": number, "cells": cells, "newId": new[number]} for number, cells in enumerate(rows)]
        return RowsAnswer.model_validate_json(await self.post(step, {"kind": kind, "rows": sent})).rows

    async def undo(self, kind: str, *added: RowFate) -> list[UndoFate]:
        """POST /internal/imports/undo."""
        things = [{"entityId": str(one.entity_id), "revision": one.revision} for one in added]
        return UndoAnswer.model_validate_json(await self.post("undo", {"kind": kind, "things": things})).things

    async def post(self, step: str, body: dict[str, Any]) -> bytes:
        """One question."""
        body = {"businessId": str(self._studio.id), **body}
        answer = await self._studio.call(
            "POST", f"/internal/imports/{step}", body, authorization=f"Bearer {self._token}"
        )
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest.fixture
def importer(studio: Studio, keys: TestKeys) -> Importer:
    """Imports into the studio."""
    return Importer(studio, keys)


def actions(fates: list[RowFate]) -> list[str]:
    """What becomes of each."""
    return [fate.action for fate in fates]


async def test_a_check_writes_nothing_and_applying_does_what_it_said(studio: Studio, importer: Importer):
    await studio.staff("Amira", email="amira@example.com")
    rows = (
        {"name": "amira", "title": "Owner"},
        {"name": "Noor", "phone": "+971 50 123 4567", "specializations": "Yoga; Pilates", "active": "no"},
        {"name": "Amira", "email": "other@example.com"},
        {"title": "nobody"},
    )
    checked = await importer.rows("check", "staff", *rows)
    assert actions(checked) == ["update", "add", "add", "error"]
    assert [(problem.column, problem.detail) for problem in checked[3].problems] == [("name", "is missing")]
    assert len((await studio.must("GET", "/api/staff"))["items"]) == 1
    assert actions(await importer.rows("apply", "staff", *rows)) == actions(checked)
    items = (await studio.must("GET", "/api/staff"))["items"]
    assert [(one["name"], one["title"], one["active"]) for one in items] == [
        ("Amira", "Owner", True),
        ("Noor", None, False),
        ("Amira", None, True),
    ]
    assert (items[1]["phone"], items[1]["specializations"]) == ("+971501234567", ["Yoga", "Pilates"])


async def test_rows_that_come_again_are_added_once(studio: Studio, importer: Importer):
    ids = [str(uuid7())]
    first = await importer.rows("apply", "services", {"name": "Cut", "durationMinutes": "30", "price": "1"}, ids=ids)
    again = await importer.rows("apply", "services", {"name": "Cut", "durationMinutes": "30", "price": "1"}, ids=ids)
    assert (actions(first), first) == (["add"], again)
    assert len((await studio.must("GET", "/api/services"))["items"]) == 1
    assert actions(await importer.rows("check", "services", {"name": " CUT ", "price": "1.00"})) == ["skip"]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [("services", {"name": "Cut", "durationMinutes": "30", "price": "1"}), ("staff", {"name": "Amira"})],
)
async def test_a_row_that_comes_again_when_what_it_added_is_archived_is_refused(
    studio: Studio, importer: Importer, kind: str, cells: dict[str, str]
):
    ids = [str(uuid7())]
    [added] = await importer.rows("apply", kind, cells, ids=ids)
    await studio.must("DELETE", f"/api/{kind}/{added.entity_id}")
    [again] = await importer.rows("apply", kind, cells, ids=ids)
    assert (again.action, [problem.detail for problem in again.problems]) == (
        "error",
        ["This was added before, and archived or removed since."],
    )


async def test_services_are_read_as_people_write_them(studio: Studio, importer: Importer):
    amira = await studio.staff("Amira")
    cells = {"name": "Cut", "durationMinutes": "30", "price": "1,150.50", "deposit": "20%", "staff": "amira; "}
    assert actions(await importer.rows("apply", "services", cells)) == ["add"]
    [made] = (await studio.must("GET", "/api/services"))["items"]
    assert made["price"] == {"amount": 115_050, "currency": "AED"}
    assert made["deposit"] == {"kind": "percent", "amount": None, "percent": 20}
    assert made["staffIds"] == [amira["id"]]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"price": "1.234"}, "price"),
        ({"price": "-1"}, "price"),
        ({"durationMinutes": "an hour"}, "durationMinutes"),
        ({"durationMinutes": "4"}, "durationMinutes"),
        ({"currency": "USD"}, "currency"),
        ({"staff": "Nobody"}, "staff"),
        ({"deposit": "200%"}, "deposit"),
        ({"deposit": "2.00"}, "deposit"),
        ({"active": "perhaps"}, "active"),
        ({"color": "red"}, "color"),
    ],
)
async def test_what_is_wrong_is_said_by_column(importer: Importer, wrong: dict[str, str], column: str):
    cells = {"name": "Cut", "durationMinutes": "30", "price": "1"}
    for step in ("check", "apply"):
        if step == "check" and wrong.get("deposit") == "2.00":
            continue  # more than the price: said when it is written
        [fate] = await importer.rows(step, "services", {**cells, **wrong})
        assert (fate.action, [problem.column for problem in fate.problems]) == ("error", [column])


async def test_the_same_thing_twice_in_a_file_is_refused(importer: Importer):
    rows = await importer.rows("check", "staff", {"name": "Noor"}, {"name": "noor "}, {"name": "Lina"})
    assert actions(rows) == ["add", "error", "add"]


async def test_a_name_of_several_needs_an_id(studio: Studio, importer: Importer):
    first, _ = await studio.staff("Noor"), await studio.staff("Noor")
    rows = ({"name": "Noor", "title": "x"}, {"name": "Noor", "id": first["id"], "title": "x"})
    assert actions(await importer.rows("check", "staff", *rows)) == ["error", "update"]


async def test_only_what_is_still_as_it_was_added_is_taken_back(studio: Studio, importer: Importer, uow: UnitOfWork):
    names = ("Plain", "Edited", "Working", "Booked")
    added = await importer.rows("apply", "staff", *({"name": name} for name in names))
    ids = [one.entity_id for one in added]
    await studio.must("PUT", f"/api/staff/{ids[1]}", {"title": "x"})
    await studio.must("PUT", f"/api/staff/{ids[2]}/hours", {"blocks": [NINE_TO_FIVE]})
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [claims_changed(studio.id, bookable=ids[3])])
    left = [one.left for one in await importer.undo("staff", *added)]
    assert left == [None, "was changed since", "was changed since", "has appointments"]
    assert [one.left for one in await importer.undo("staff", added[0])] == ["is gone already"]
    assert [one["name"] for one in (await studio.must("GET", "/api/staff"))["items"]] == list(names[1:])


async def test_the_catalogue_is_told_with_its_business(studio: Studio, importer: Importer):
    amira, cut = await studio.staff("Amira"), await studio.service(name="Cut")
    told = CatalogueAnswer.model_validate_json(await importer.post("catalogue", {}))
    assert (told.timezone, told.currency) == ("Asia/Dubai", "AED")
    assert [(str(one.id), one.name) for one in told.services] == [(cut["id"], "Cut")]
    assert [(str(one.id), one.name) for one in told.staff] == [(amira["id"], "Amira")]


async def test_nobody_but_a_trusted_service_may_ask(studio: Studio):
    for step in ("catalogue", "check", "apply", "undo"):
        assert (await studio.call("POST", f"/internal/imports/{step}", {})).status_code == 401


def iso(instant: datetime) -> str:
    """As JSON has it."""
    return instant.isoformat().replace("+00:00", "Z")


def a_day_off(staff: Any, **changed: str) -> dict[str, str]:
    """Cells of time off, of one hour."""
    return {"staffId": staff["id"], "start": iso(at(9)), "end": iso(at(10)), "reason": "Leave", **changed}


async def test_time_off_is_added_once_changed_by_its_id_and_taken_back(studio: Studio, importer: Importer):
    amira, ids = await studio.staff("Amira"), [str(uuid7())]
    first = await importer.rows("apply", "timeOff", a_day_off(amira), ids=ids)
    assert await importer.rows("apply", "timeOff", a_day_off(amira), ids=ids) == first
    assert actions(await importer.rows("check", "timeOff", a_day_off(amira))) == ["skip"]
    moved = {"number": 0, "cells": a_day_off(amira, end=iso(at(12))), "newId": str(uuid7()), "knownId": ids[0]}
    answer = RowsAnswer.model_validate_json(await importer.post("apply", {"kind": "timeOff", "rows": [moved]}))
    assert [(fate.action, str(fate.entity_id), fate.revision) for fate in answer.rows] == [("update", ids[0], 2)]
    [stored] = (await studio.must("GET", f"/api/time-off?rangeStart={iso(at(0))}&rangeEnd={iso(at(24))}"))["items"]
    assert (stored["id"], stored["end"], stored["reason"]) == (ids[0], iso(at(12)), "Leave")
    assert [one.left for one in await importer.undo("timeOff", *first)] == ["was changed since"]
    assert [one.left for one in await importer.undo("timeOff", *answer.rows)] == [None]


async def test_time_off_that_comes_again_when_it_was_removed_is_refused(studio: Studio, importer: Importer):
    amira, ids = await studio.staff("Amira"), [str(uuid7())]
    await importer.rows("apply", "timeOff", a_day_off(amira), ids=ids)
    await studio.must("DELETE", f"/api/time-off/{ids[0]}")
    assert actions(await importer.rows("apply", "timeOff", a_day_off(amira), ids=ids)) == ["error"]


async def test_time_off_that_is_in_the_way_of_appointments_says_so(studio: Studio, importer: Importer, uow: UnitOfWork):
    amira = await studio.staff("Amira")
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [claims_changed(studio.id, bookable=UUID(amira["id"]))])
    [fate] = await importer.rows("apply", "timeOff", a_day_off(amira))
    assert [problem.detail for problem in fate.problems] == ["overlaps an appointment, which stands"]


async def test_time_off_that_makes_no_sense_is_refused(studio: Studio, importer: Importer):
    amira = await studio.staff("Amira")
    for wrong, column in (
        ({"end": iso(at(9))}, "end"),
        ({"end": "2040-01-01T00:00:00Z"}, "end"),
        ({"start": "soon"}, "start"),
        ({"reason": "x" * 501}, "reason"),
    ):
        [fate] = await importer.rows("check", "timeOff", a_day_off(amira, **wrong))
        assert (fate.action, fate.problems[0].column) == ("error", column)
    [fate] = await importer.rows("apply", "timeOff", a_day_off({"id": str(uuid7())}))
    assert (fate.action, fate.problems[0].column) == ("error", "staffId")
    assert actions(await importer.rows("check", "timeOff", a_day_off(amira), a_day_off(amira))) == ["add", "error"]
