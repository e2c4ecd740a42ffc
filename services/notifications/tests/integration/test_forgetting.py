"""Customers who ask for it are forgotten, in what was sent and in what is still on its way."""

from datetime import timedelta

import asyncpg

from contracts.accounts import InvitationCreated
from contracts.appointments import Change, CustomerErased
from contracts.booking import BookingCodeRequested
from contracts.ids import AppointmentId, BookingId, InvitationId, uuid7
from notifications.use_cases.forget import forget_old
from plumbing.auth import Role
from plumbing.clock import utc_now

from ..make import Studio, a_customer, an_appointment, created, updated
from ..post import Post

EVERYTHING = """
SELECT (SELECT string_agg(m::text, ' ') FROM messages m WHERE business_id = $1)
    || (SELECT string_agg(a::text, ' ') FROM appointments_copy a WHERE business_id = $1)
"""


async def test_nothing_of_a_customer_is_left(studio: Studio, sql: asyncpg.Connection):
    customer = a_customer(name="Noorunnisa")
    made = await studio.books(customer=customer, notes="Has a bad knee")
    await studio.send()
    late = made.model_copy(update={"revision": 3})
    waiting = await studio.books(customer=customer)
    await studio.hear(CustomerErased(business_id=studio.id, revision=2, customer_id=customer.id))
    await studio.hear(updated(late, Change.DETAILS))
    await studio.send()
    kept = await sql.fetchval(EVERYTHING, studio.id)
    for personal in ("Noorunnisa", "bad knee", customer.email, customer.phone):
        assert personal not in kept
    states = {each["status"] for each in await studio.messages(appointmentId=str(waiting.id))}
    assert states == {"skipped"}


async def test_of_an_invitation_only_that_it_was_sent_is_kept(studio: Studio, post: Post, sql: asyncpg.Connection):
    link = "https://book.example/accept-invitation#token=0123456789abcdef"
    email = f"lina-{studio.id}@example.com"
    await studio.hear(
        InvitationCreated(
            business_id=studio.id,
            revision=1,
            invitation_id=InvitationId(uuid7()),
            email=email,
            role="manager",
            accept_url=link,
            expires_at=utc_now() + timedelta(days=7),
        )
    )
    assert link in await sql.fetchval("SELECT payload::text FROM messages WHERE business_id = $1", studio.id)
    await studio.send()
    [mail] = await post.to(email)
    assert link in mail["text"]
    assert "token" not in await sql.fetchval("SELECT m::text FROM messages m WHERE business_id = $1", studio.id)
    assert len(await studio.messages()) == 1
    studio.act_as(Role.MANAGER)
    assert await studio.messages() == []


async def test_of_a_code_only_that_it_was_sent_is_kept(studio: Studio, post: Post, sql: asyncpg.Connection):
    email = f"noor-{studio.id}@example.com"
    await studio.hear(
        BookingCodeRequested(
            business_id=studio.id,
            revision=1,
            booking_id=BookingId(uuid7()),
            appointment_id=AppointmentId(uuid7()),
            name="Noor",
            email=email,
            locale="ar",
            code="482913",
            expires_at=utc_now() + timedelta(minutes=10),
        )
    )
    await studio.send()
    [mail] = await post.to(email)
    assert mail["subject"].startswith("482913")
    assert 'dir="rtl"' in mail["html"]
    assert "482913" not in await sql.fetchval("SELECT m::text FROM messages m WHERE business_id = $1", studio.id)


async def test_what_is_long_over_is_forgotten(studio: Studio, sql: asyncpg.Connection):
    await studio.books()
    await studio.send()
    await sql.execute("UPDATE messages SET created_at = now() - interval '181 days' WHERE business_id = $1", studio.id)
    async with studio.app.state.uow.across_businesses() as tx:
        await forget_old(tx, now=utc_now())
    assert await studio.messages() == []


async def test_staff_see_what_is_about_their_own_appointments(studio: Studio):
    own, other = an_appointment(studio.id), an_appointment(studio.id)
    await studio.hear(created(own), created(other))
    studio.act_as(Role.STAFF, staffId=str(own.staff_id))
    assert {each["appointmentId"] for each in await studio.messages()} == {str(own.id)}
    [first, *_] = await studio.messages()
    assert (await studio.call("GET", f"/api/messages/{first['id']}")).status_code == 200
    studio.act_as(Role.STAFF)
    assert await studio.messages() == []
    assert (await studio.call("GET", f"/api/messages/{first['id']}")).status_code == 404


async def test_the_list_is_read_page_by_page_from_the_newest_on(studio: Studio):
    for _ in range(3):
        await studio.books()
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await studio.client.get("/api/messages", params=params)).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert len(seen) == 6
    assert seen == sorted(seen, reverse=True)
