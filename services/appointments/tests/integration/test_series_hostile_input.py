"""Whatever is sent about series, the answer is one that the contract knows."""

from typing import Any

import orjson
import pytest

from ..make import Studio, at, iso
from ..series import WEEKLY, cancel, change, repeat, repeated, where

pytestmark = pytest.mark.usefixtures("month_before")

RULES = [
    "FREQ=WEEKLY;COUNT=2\x00",
    "FREQ=WEEKLY;COUNT=²",
    "FREQ=WEEKLY;COUNT=٢",
    "FREQ=WEEKLY;COUNT=2;" * 20,
    "FREQ=WEEKLY;UNTIL=00010101T000000Z",
    "FREQ=WEEKLY;UNTIL=99991231T235959Z",
    "FREQ=WEEKLY;UNTIL=99991231",
    "FREQ=WEEKLY;UNTIL=20270399",
    "FREQ=YEARLY;INTERVAL=1000;COUNT=104",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=104",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366;COUNT=104",
    "FREQ=WEEKLY;BYDAY=,;COUNT=2",
    "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 160) + ";COUNT=2",
    "x" * 501,
    "\ud800",
    5,
    None,
    ["FREQ=WEEKLY;COUNT=2"],
]


@pytest.mark.parametrize("rrule", RULES, ids=lambda rule: ascii(rule)[:40])
async def test_a_rule_is_kept_or_refused_by_its_pointer(studio: Studio, rrule: Any):
    body = {**studio.body(at(9)), "rrule": "RULE"}
    written = '"\\ud800"' if rrule == "\ud800" else orjson.dumps(rrule).decode()
    content = orjson.dumps(body).decode().replace('"RULE"', written)
    answer = await studio.client.post("/api/series", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in {201, 400, 422}, answer.text
    if answer.status_code == 422:
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/rrule"]


@pytest.mark.parametrize("start", ["2000-01-01T00:00:00Z", "2199-12-31T23:59:59.999999Z", "2199-12-01T00:00:00Z"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
async def test_the_first_and_the_last_moments_are_booked_or_refused(studio: Studio, zone: str, start: str):
    padded = studio.sells(before=480, after=480, minutes=1440, zone=zone)
    body = {**studio.body(at(9), service=padded), "start": start, "rrule": WEEKLY}
    answer = await studio.client.post("/api/series", json=body)
    assert answer.status_code in {201, 422}, answer.text


@pytest.mark.parametrize("start", ["2000-01-01T00:00:00Z", "2199-12-31T23:59:59.999999Z"])
async def test_a_move_that_takes_others_out_of_the_years_is_refused(studio: Studio, start: str):
    made = await repeated(studio)
    last = 3 if start.startswith("2000") else 0
    answer = await change(studio, made, "all", last, start=start)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/start")


@pytest.mark.parametrize("number", ["x", "", "0" * 400])
async def test_an_id_that_is_none_is_refused(studio: Studio, number: str):
    made = await repeated(studio)
    answer = await studio.client.put(where(made), json={"scope": "this", "appointmentId": number})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/appointmentId")
    assert (await cancel(studio, made, scope="this", appointmentId=number)).status_code == 422
    assert (await cancel(studio, {"id": number or "x"})).status_code == 404


async def test_a_length_that_no_claim_may_have_is_refused(studio: Studio):
    padded = studio.sells(before=480, after=480)
    answer = await repeat(studio, service=padded, end=iso(at(9, day=2)))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/end")
    made = await repeated(studio, service=padded)
    answer = await change(studio, made, "all", end=iso(at(9, day=2)))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/end")
