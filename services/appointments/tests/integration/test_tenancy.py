"""Another business's ids do not exist."""

from collections.abc import Callable

import asyncpg
import pytest
from fastapi import FastAPI

from plumbing.auth import Role
from sundial_local.databases import Database

from ..line import waits
from ..make import Studio, at, iso, path


async def test_another_businesss_appointment_does_not_exist(new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    made = await theirs.booked(at(9))
    for method, where, body in (
        ("GET", path(made), None),
        ("GET", f"{path(made)}/activity", None),
        ("PUT", path(made), {"notes": "x"}),
        ("PUT", path(made), {"start": iso(at(10))}),
        ("PUT", f"{path(made)}/status", {"status": "CANCELLED"}),
        ("DELETE", path(made), None),
    ):
        answer = await mine.client.request(method, where, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert await theirs.read(made) == made
    assert (await mine.listed(at(0), at(24))).json()["items"] == []


async def test_another_businesss_ids_in_a_body_are_pointed_at(new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    customer = (await theirs.booked(at(9), customer={"name": "Lina"}))["customerId"]
    own = await mine.booked(at(9))
    for fields, pointer in (
        ({"serviceId": str(theirs.service.id)}, "/serviceId"),
        ({"staffId": str(theirs.staff[0])}, "/staffId"),
        ({"customerId": customer}, "/customerId"),
    ):
        answer = await mine.client.post("/api/appointments", json={**mine.body(at(12)), **fields})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
        if pointer != "/customerId":
            answer = await mine.change(own, **fields)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_two_businesses_may_have_the_same_customer_and_the_same_key(new_studio: Callable[..., Studio]):
    customer = {"name": "Lina", "email": "lina@example.com"}
    made = [await studio.booked(at(9), customer=customer, key="k") for studio in (new_studio(), new_studio())]
    assert made[0]["customerId"] != made[1]["customerId"]


async def test_a_session_without_a_business_sees_nothing(studio: Studio, database: Database):
    await studio.booked(at(9), customer={"name": "Lina"}, key="k")
    yoga = studio.sells(capacity=2)
    await studio.booked(at(12), service=yoga)
    await waits(studio, studio.service)
    connection = await asyncpg.connect(database.app_url)
    walled = ("appointments", "claims", "customers", "appointment_activity", "idempotency_keys")
    for table in (*walled, "sessions", "waiting_list"):
        assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0
    await connection.close()


async def test_a_transaction_writes_into_its_own_business_only(app: FastAPI, new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with app.state.uow(mine.id) as tx:
            await tx.fetch(
                "INSERT INTO customers VALUES ($1, gen_random_uuid(), 'x', null, null, now(), now(), 1)", theirs.id
            )


async def test_staff_change_their_own_appointments_only(studio: Studio):
    own, other = await studio.booked(at(9), staff=0), await studio.booked(at(9), staff=1)
    studio.act_as(Role.STAFF, studio.staff[0])
    assert (await studio.change(own, notes="x")).status_code == 200
    assert (await studio.book(at(12), staff=0)).status_code == 201
    assert (await studio.read(other))["id"] == other["id"]
    refused = [
        await studio.book(at(12), staff=1),
        await studio.book(at(12), staff=None),
        await studio.change(other, notes="x"),
        await studio.change(own, staffId=str(studio.staff[1])),
        await studio.set_status(other, "CANCELLED"),
        await studio.client.delete(path(other)),
    ]
    assert [answer.status_code for answer in refused] == [403] * 6


async def test_nobody_is_let_in_without_a_token(studio: Studio):
    made = await studio.booked(at(9))
    for header in ({"Authorization": ""}, {"Authorization": "Bearer x.y.z"}, {"Authorization": "Basic x"}):
        answer = await studio.client.get(path(made), headers=header)
        assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")
