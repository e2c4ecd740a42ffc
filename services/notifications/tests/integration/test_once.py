"""One message for each intent: however often its event arrives, and however many processes send."""

import asyncio
from datetime import timedelta

import asyncpg

from contracts.appointments import Change, Source, Status
from plumbing.clock import utc_now

from ..make import Studio, an_appointment, created, next_week, updated
from ..post import Post


async def test_an_event_that_arrives_again_is_told_once(studio: Studio, post: Post):
    made = an_appointment(studio.id)
    await studio.hear(created(made), created(made))
    await studio.send()
    await studio.hear(created(made))
    await studio.send()
    assert len(await post.to(made.customer.email)) == 1
    assert len(await post.to(made.customer.phone)) == 1


async def test_each_revision_and_kind_is_told_once_by_each_channel(studio: Studio, post: Post):
    made = await studio.books(status=Status.PENDING, source=Source.PUBLIC)
    await studio.send()
    confirmed = await studio.changes(made, Change.CONFIRMED, status=Status.CONFIRMED)
    await studio.send()
    moved = await studio.changes(confirmed, Change.RESCHEDULED, start=next_week(12), end=next_week(13))
    await studio.send()
    await studio.changes(moved, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send()
    mails = [each["subject"].split(":")[0] for each in await post.to(made.customer.email)]
    assert mails == ["We have your request", "Confirmed", "Moved", "Cancelled"]
    assert [each["channel"] for each in await post.to(made.customer.phone)] == ["sms"] * 4


async def test_several_senders_send_each_message_once(studio: Studio, post: Post):
    made = [await studio.books() for _ in range(12)]
    now = utc_now()
    await asyncio.gather(*(studio.sender.send_due(at=now) for _ in range(4)))
    for one in made:
        assert len(await post.to(one.customer.email)) == 1
        assert len(await post.to(one.customer.phone)) == 1


async def test_what_another_process_has_taken_is_left_to_it(studio: Studio, post: Post, sql: asyncpg.Connection):
    taken, free = await studio.books(), await studio.books()
    async with sql.transaction():
        await sql.execute("SELECT FROM messages WHERE appointment_id = $1 FOR UPDATE", taken.id)
        await studio.send()
        assert len(await post.to(free.customer.email)) == 1
        assert await post.to(taken.customer.email) == []
    await studio.send()
    assert len(await post.to(taken.customer.email)) == 1


async def test_a_change_of_details_is_news_to_nobody(studio: Studio, post: Post):
    made = await studio.books()
    await studio.send()
    await studio.changes(made, Change.DETAILS, notes="Brings a friend")
    await studio.send()
    assert len(await post.to(made.customer.email)) == 1


async def test_what_is_told_again_to_fill_copies_is_news_to_nobody(studio: Studio, post: Post):
    told_again = an_appointment(studio.id, revision=7)
    await studio.hear(updated(told_again, Change.DETAILS))
    await studio.send()
    assert await post.to(told_again.customer.email) == []


async def test_a_series_is_told_once_with_its_dates(studio: Studio, post: Post):
    first = an_appointment(studio.id)
    series = [
        first.model_copy(
            update={
                "id": an_appointment(studio.id).id,
                "series_id": first.id,
                "start": first.start + timedelta(weeks=week),
                "end": first.end + timedelta(weeks=week),
            }
        )
        for week in range(4)
    ]
    await studio.hear(*map(created, series))
    await studio.send(at=utc_now() + timedelta(minutes=1))
    [mail] = await post.to(first.customer.email)
    assert mail["text"].count(" · ") == 2


async def test_what_is_past_is_told_to_nobody(studio: Studio, post: Post):
    made = await studio.books(start=utc_now() - timedelta(hours=2))
    await studio.changes(made, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send()
    assert await studio.messages() == []
    assert await post.to(made.customer.email) == []
