"""Who an appointment is for: found by email, else by phone, else added."""

import asyncio

import asyncpg

from ..make import Studio, at


async def test_a_customer_is_found_by_email_whatever_its_case(studio: Studio):
    first = await studio.booked(at(9), customer={"name": "Lina", "email": "lina@example.com"})
    second = await studio.booked(at(10), customer={"name": "Other", "email": "LINA@example.com"})
    assert second["customer"] == first["customer"]


async def test_a_customer_is_found_by_phone_and_their_email_is_filled_in(studio: Studio):
    first = await studio.booked(at(9), customer={"name": "Lina", "phone": "+971 50 123 4567"})
    second = await studio.booked(at(10), customer={"name": "L", "phone": "+971501234567", "email": "l@example.com"})
    assert second["customer"] == {**first["customer"], "email": "l@example.com"}


async def test_the_email_wins_when_email_and_phone_point_at_two_people(studio: Studio):
    lina = await studio.booked(at(9), customer={"name": "Lina", "email": "lina@example.com"})
    await studio.booked(at(10), customer={"name": "Omar", "phone": "+971501234567"})
    both = await studio.booked(at(11), customer={"name": "X", "email": "lina@example.com", "phone": "+971501234567"})
    assert both["customer"] == lina["customer"]


async def test_a_customer_can_be_named_by_id(studio: Studio):
    first = await studio.booked(at(9), customer={"name": "Lina"})
    second = await studio.booked(at(10), customerId=first["customerId"])
    assert second["customer"] == first["customer"]


async def test_one_customer_is_added_however_many_book_at_once(studio: Studio, sql: asyncpg.Connection):
    customer = {"name": "Lina", "email": "lina@example.com", "phone": "+971501234567"}
    answers = await asyncio.gather(*(studio.book(at(hour), staff=hour % 3, customer=customer) for hour in range(9, 21)))
    assert {answer.status_code for answer in answers} == {201}
    assert await sql.fetchval("SELECT count(*) FROM customers WHERE business_id = $1", studio.id) == 1


async def test_whoever_comes_too_late_is_not_added(studio: Studio, sql: asyncpg.Connection):
    await studio.booked(at(9))
    assert (await studio.book(at(9), customer={"name": "Omar", "email": "omar@example.com"})).status_code == 409
    omars = "SELECT count(*) FROM customers WHERE business_id = $1 AND email = 'omar@example.com'"
    assert await sql.fetchval(omars, studio.id) == 0
