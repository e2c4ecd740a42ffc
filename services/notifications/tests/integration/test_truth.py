"""Nothing is said that is not so any more; reminders follow their appointment."""

from datetime import timedelta
from typing import Any

import asyncpg

from contracts.appointments import AppointmentDetails, Change, Source, Status
from notifications import jobs
from notifications.use_cases.plan_reminders import remind
from plumbing.clock import utc_now

from ..make import Studio, an_appointment, created, deleted, next_week, updated
from ..post import Post

REMINDERS = "SELECT offset_minutes, due_at FROM reminders WHERE business_id = $1 ORDER BY due_at"


async def subjects(post: Post, appointment: AppointmentDetails) -> list[str]:
    """What its guest has got by email: the first word of each subject."""
    customer = appointment.customer
    assert customer is not None
    return [each["subject"].split(":")[0] for each in await post.to(customer.email or "")]


async def reasons(studio: Studio) -> dict[str, str]:
    """Why messages were left out, by kind."""
    return {each["kind"]: each["reason"] for each in await studio.messages(status="skipped")}


async def remind_at(studio: Studio, when: Any) -> None:
    """What the timers do at that time."""
    async with studio.app.state.uow.across_businesses() as tx:
        await remind(tx, now=when)
    await studio.send(at=when)


async def test_a_booking_that_was_cancelled_before_it_was_told_is_not_told(studio: Studio, post: Post):
    made = await studio.books()
    await studio.changes(made, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send()
    assert await subjects(post, made) == ["Cancelled"]
    assert (await reasons(studio))["booked"] == "cancelled"


async def test_of_two_moves_the_last_one_is_told(studio: Studio, post: Post):
    made = await studio.books()
    await studio.send()
    once = await studio.changes(made, Change.RESCHEDULED, start=next_week(12), end=next_week(13))
    await studio.changes(once, Change.RESCHEDULED, start=next_week(14), end=next_week(15))
    await studio.send()
    assert await subjects(post, made) == ["You are booked", "Moved"]


async def test_news_that_arrives_in_the_wrong_order_says_what_is_so(studio: Studio, post: Post):
    made = an_appointment(studio.id)
    moved = made.model_copy(update={"revision": 2, "start": next_week(12), "end": next_week(13)})
    await studio.hear(updated(moved, Change.RESCHEDULED), created(made))
    await studio.send()
    assert await subjects(post, made) == ["Moved"]


async def test_a_guest_is_told_when_an_appointment_is_deleted(studio: Studio, post: Post):
    made = await studio.books()
    await studio.hear(deleted(made.model_copy(update={"revision": 2})))
    await studio.send()
    assert await subjects(post, made) == ["Cancelled"]


async def test_what_was_imported_is_news_to_nobody_until_it_changes(studio: Studio, post: Post):
    made, undone = an_appointment(studio.id, start=next_week(11)), an_appointment(studio.id)
    await studio.hear(*(created(each).model_copy(update={"imported": True}) for each in (made, undone)))
    await studio.hear(deleted(undone.model_copy(update={"revision": 2})))
    await studio.send()
    assert (await subjects(post, made), await subjects(post, undone)) == ([], [])
    await remind_at(studio, made.start - timedelta(hours=23))
    await studio.changes(made, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send()
    assert await subjects(post, made) == ["Reminder", "Cancelled"]


async def test_that_an_appointment_is_still_deleted_is_no_news(studio: Studio, post: Post):
    gone = an_appointment(studio.id, revision=3)
    await studio.hear(deleted(gone))
    await studio.send()
    assert await subjects(post, gone) == []


async def test_what_is_offered_is_not_told_as_booked(studio: Studio, post: Post):
    held = {"status": Status.PENDING, "expires_at": utc_now() + timedelta(hours=2)}
    offered = await studio.books(**held)
    await studio.send()
    assert await subjects(post, offered) == []
    waits_for_its_deposit = await studio.books(source=Source.PUBLIC, **held)
    await studio.send()
    [subject] = await subjects(post, waits_for_its_deposit)
    assert subject.startswith("Your time is kept until")


async def test_a_reminder_comes_when_it_is_due_and_once(studio: Studio, post: Post):
    made = await studio.books(start=next_week(11))
    await studio.send()
    await remind_at(studio, made.start - timedelta(hours=25))
    assert await subjects(post, made) == ["You are booked"]
    for _ in range(2):
        await remind_at(studio, made.start - timedelta(hours=23))
    await remind_at(studio, made.start - timedelta(hours=1))
    assert await subjects(post, made) == ["You are booked", "Reminder", "Reminder"]


async def test_nobody_is_reminded_of_what_was_cancelled(studio: Studio, post: Post, sql: asyncpg.Connection):
    made = await studio.books(start=next_week(11))
    await studio.changes(made, Change.CANCELLED, status=Status.CANCELLED)
    assert await sql.fetch(REMINDERS, studio.id) == []
    await remind_at(studio, made.start - timedelta(hours=1))
    assert "Reminder" not in await subjects(post, made)


async def test_a_reminder_that_waits_when_its_appointment_is_cancelled_is_not_sent(studio: Studio, post: Post):
    made = await studio.books(start=next_week(11))
    await studio.send()
    async with studio.app.state.uow.across_businesses() as tx:
        await remind(tx, now=made.start - timedelta(hours=23))
    await studio.changes(made, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send(at=made.start - timedelta(hours=22))
    assert await subjects(post, made) == ["You are booked", "Cancelled"]
    assert (await reasons(studio))["reminder"] == "cancelled"


async def test_the_reminders_move_with_their_appointment(studio: Studio, sql: asyncpg.Connection):
    made = await studio.books(start=next_week(11))
    later = made.start + timedelta(days=1)
    await studio.changes(made, Change.RESCHEDULED, start=later, end=later + timedelta(hours=1))
    planned = await sql.fetch(REMINDERS, studio.id)
    assert [row["due_at"] for row in planned] == [later - timedelta(days=1), later - timedelta(hours=2)]


async def test_no_reminder_comes_after_the_start(studio: Studio, post: Post):
    made = await studio.books(start=next_week(11))
    await studio.send()
    async with studio.app.state.uow.across_businesses() as tx:
        await remind(tx, now=made.start - timedelta(hours=1))
    await studio.send(at=made.start + timedelta(minutes=1))
    assert await subjects(post, made) == ["You are booked"]
    failed = await studio.messages(status="failed")
    assert {(each["kind"], each["reason"]) for each in failed} == {("reminder", "over")}


async def test_other_wishes_count_for_everything_that_is_to_come(studio: Studio, sql: asyncpg.Connection):
    made = await studio.books(start=next_week(11))
    await studio.must("PUT", "/api/notification-settings", {"reminderOffsetsMinutes": [60], "quietHours": None})
    planned = await sql.fetch(REMINDERS, studio.id)
    assert [(row["offset_minutes"], row["due_at"]) for row in planned] == [(60, made.start - timedelta(hours=1))]


async def test_the_timer_makes_reminders_of_what_is_due(studio: Studio, post: Post, sql: asyncpg.Connection):
    made = await studio.books(start=next_week(11))
    await studio.send()
    await sql.execute("UPDATE reminders SET due_at = now() WHERE business_id = $1 AND offset_minutes = 120", studio.id)
    await jobs.make_reminders(studio.app.state.uow)
    await studio.send()
    assert await subjects(post, made) == ["You are booked", "Reminder"]


async def test_the_business_is_told_at_its_address_and_staff_at_theirs_once_each(studio: Studio, post: Post):
    made = an_appointment(studio.id)
    contact, amira = f"studio-{studio.id}@example.com", f"amira-{studio.id}@example.com"
    await studio.known(revision=2, contact_email=contact)
    await studio.employs(made.staff_id, amira)
    same = an_appointment(studio.id)
    await studio.employs(same.staff_id, contact)
    await studio.hear(created(made), created(same))
    await studio.send()
    assert len(await post.to(contact)) == 2
    assert len(await post.to(amira)) == 1


async def test_a_guest_is_written_to_in_their_language_with_their_link(studio: Studio, post: Post, links: Any):
    made = an_appointment(studio.id, source=Source.PUBLIC)
    links.tell(made.id, "https://book.example/manage#secret", "ar-AE")
    await studio.hear(created(made))
    await studio.send()
    [mail] = await post.to(made.customer.email)
    assert mail["subject"].startswith("تم حجز موعدك")
    assert "https://book.example/manage#secret" in mail["text"]
    assert 'href="https://book.example/manage#secret"' in mail["html"]


async def test_without_their_link_a_guest_is_told_in_the_end(studio: Studio, post: Post, links: Any):
    links.is_down = True
    made = await studio.books(source=Source.PUBLIC)
    now = utc_now()
    await studio.send(at=now)
    assert await subjects(post, made) == []
    for minutes in (1, 5):
        await studio.send(at=now + timedelta(minutes=minutes))
    assert await subjects(post, made) == ["You are booked"]
