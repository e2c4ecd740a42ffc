"""A booking that is sent twice has one effect and one answer."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import asyncpg

from contracts.offers import ConflictDetails
from plumbing.auth import Role

from ..make import Catalogue, Studio, at

REPLAYED = "idempotency-replayed"


async def test_the_same_key_and_body_get_the_first_answer_again(studio: Studio):
    first = await studio.book(at(9), key="k")
    again = await studio.book(at(9), key="k")
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert (first.headers.get(REPLAYED), again.headers[REPLAYED]) == (None, "true")
    for field in ("location", "etag", "content-type"):
        assert again.headers[field] == first.headers[field]


async def test_the_first_answer_needs_nobody_else(studio: Studio, catalogue: Catalogue):
    made = await studio.booked(at(9), key="k")
    catalogue.is_down = True
    again, other = await studio.book(at(9), key="k"), await studio.book(at(10), key="other")
    catalogue.is_down = False
    assert (again.status_code, again.json(), again.headers[REPLAYED]) == (201, made, "true")
    assert (other.status_code, other.json()["code"]) == (503, "ServiceUnavailable")
    assert (await studio.book(at(10), key="other")).status_code == 201


async def test_the_first_answer_stands_though_the_time_could_not_be_booked_any_more(
    studio: Studio, catalogue: Catalogue
):
    made = await studio.booked(at(5), key="k")
    catalogue.closed[at(5)] = [ConflictDetails(kind="timeOff", detail="away")]
    again = await studio.book(at(5), key="k")
    assert (again.status_code, again.json()) == (201, made)


async def test_a_taken_time_is_answered_again_though_it_is_free_by_now(studio: Studio):
    made = await studio.booked(at(9))
    refused = await studio.book(at(9), key="k")
    await studio.set_status(made, "CANCELLED")
    again = await studio.book(at(9), key="k")
    assert (refused.status_code, again.status_code, again.json()) == (409, 409, refused.json())
    assert (again.headers[REPLAYED], again.headers["content-type"]) == ("true", "application/problem+json")
    await studio.booked(at(9), key="other")


async def test_what_was_not_bookable_is_answered_again(studio: Studio, catalogue: Catalogue):
    catalogue.closed[at(4)] = [ConflictDetails(kind="timeOff", detail="away")]
    refused = await studio.book(at(4), key="k")
    del catalogue.closed[at(4)]
    again = await studio.book(at(4), key="k")
    assert (refused.json()["code"], again.json()) == ("NotBookable", refused.json())
    assert again.headers[REPLAYED] == "true"


async def test_what_could_not_be_accepted_is_answered_again(studio: Studio):
    customer = {"customerId": str(uuid4())}
    refused, again = [await studio.book(at(9), key="k", **customer) for _ in range(2)]
    assert (refused.status_code, again.json(), again.headers[REPLAYED]) == (422, refused.json(), "true")


async def test_the_same_key_with_another_body_is_refused(studio: Studio):
    await studio.booked(at(9), key="k")
    answer = await studio.book(at(10), key="k")
    assert (answer.status_code, answer.json()["code"]) == (422, "IdempotencyKeyReused")


async def test_a_key_is_that_of_one_member(studio: Studio):
    await studio.booked(at(9), key="k")
    studio.act_as(Role.OWNER)
    assert (await studio.book(at(10), key="k")).status_code == 201


async def test_the_same_key_at_once_has_one_effect(studio: Studio):
    answers = await asyncio.gather(*(studio.book(at(9), key="k", staff=None) for _ in range(20)))
    assert Counter(answer.status_code for answer in answers) == {201: 20}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Counter(answer.headers.get(REPLAYED) for answer in answers) == {None: 1, "true": 19}


async def test_a_request_whose_first_does_not_end_waits_three_seconds_and_is_told_so(
    studio: Studio, sql: asyncpg.Connection
):
    made = await studio.booked(at(9), key="k")
    row = await sql.fetchrow("DELETE FROM idempotency_keys WHERE business_id = $1 RETURNING *", studio.id)
    async with sql.transaction():
        await sql.execute("INSERT INTO idempotency_keys SELECT $1, $2, $3, $4", *list(row.values())[:4])
        started = asyncio.get_running_loop().time()
        answer = await studio.book(at(9), key="k")
        waited = asyncio.get_running_loop().time() - started
    assert (answer.status_code, answer.json()["code"]) == (409, "RequestInProgress")
    assert answer.headers["retry-after"] == "1"
    assert timedelta(seconds=2.5) < timedelta(seconds=waited) < timedelta(seconds=4.5)
    assert await studio.read(made) == made


async def test_a_key_has_a_length_and_is_printable(studio: Studio):
    for key in ("x" * 256, "tab\tin it"):
        assert (await studio.book(at(9), key=key)).status_code == 400
