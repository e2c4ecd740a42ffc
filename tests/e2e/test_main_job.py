"""The main job: sign up, add a service, a person and hours, ask, book, move, confirm, cancel."""

from datetime import timedelta

from tests.e2e.owner import Owner, next_week

HALF_HOUR = timedelta(minutes=30)


async def test_a_booked_time_cannot_be_taken_twice(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    first = await owner.book(service, staff, next_week(9))
    assert first.status == 201
    assert first.headers["Location"] == f"/api/appointments/{first.body['id']}"
    second = await owner.book(service, staff, next_week(9, 15))
    assert (second.status, second.code) == (409, "SlotTaken")
    assert second.headers["Content-Type"].startswith("application/problem+json")
    [conflict] = second.body["conflicts"]
    assert (conflict["kind"], conflict["appointmentId"]) == ("staffBusy", first.body["id"])


async def test_touching_appointments_do_not_conflict(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    for number in range(3):
        assert (await owner.book(service, staff, next_week(9) + number * HALF_HOUR)).status == 201


async def test_an_appointment_lives_through_move_confirm_and_cancel(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    made = (await owner.book(service, staff, next_week(9), status="PENDING", customer={"name": "Noor"})).body
    path = f"/api/appointments/{made['id']}"

    moved = await owner.must("PUT", path, {"start": next_week(11).isoformat()})
    assert (moved["start"][11:16], moved["end"][11:16], moved["revision"]) == ("11:00", "11:30", 2)
    confirmed = await owner.must("PUT", f"{path}/status", {"status": "CONFIRMED"})
    assert (confirmed["status"], confirmed["revision"]) == ("CONFIRMED", 3)
    cancelled = await owner.must("PUT", f"{path}/status", {"status": "CANCELLED", "reason": "ill"})
    assert (cancelled["status"], cancelled["cancellationReason"]) == ("CANCELLED", "ill")

    trail = (await owner.must("GET", f"{path}/activity"))["items"]
    assert [row["change"] for row in trail] == ["created", "rescheduled", "confirmed", "cancelled"]
    assert [row["revision"] for row in trail] == [1, 2, 3, 4]


async def test_a_moved_appointment_frees_its_old_time_at_once(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    made = (await owner.book(service, staff, next_week(9))).body
    await owner.must("PUT", f"/api/appointments/{made['id']}", {"start": next_week(12).isoformat()})
    assert (await owner.book(service, staff, next_week(9))).status == 201
    assert (await owner.book(service, staff, next_week(12))).status == 409


async def test_a_cancelled_time_can_be_booked_by_the_next_request(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    made = (await owner.book(service, staff, next_week(9))).body
    await owner.must("PUT", f"/api/appointments/{made['id']}/status", {"status": "CANCELLED"})
    assert (await owner.book(service, staff, next_week(9))).status == 201


async def test_a_deleted_appointment_is_gone_and_its_history_stays(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    made = (await owner.book(service, staff, next_week(9))).body
    path = f"/api/appointments/{made['id']}"
    assert (await owner.call("DELETE", path)).status == 204
    assert (await owner.call("GET", path)).status == 404
    trail = (await owner.must("GET", f"{path}/activity"))["items"]
    assert [row["change"] for row in trail] == ["created", "deleted"]
    assert (await owner.book(service, staff, next_week(9))).status == 201


async def test_slots_change_with_what_is_booked(owner: Owner):
    staff = await owner.staff(blocks=[{"dayOfWeek": day, "start": "09:00", "end": "12:00"} for day in range(1, 8)])
    service = await owner.service([staff])
    other = await owner.service([staff], name="Massage", durationMinutes=60, bufferBeforeMinutes=10)
    start = next_week(10)
    assert start in await owner.starts(service, staff, start.date())
    made = (await owner.book(service, staff, start)).body
    await owner.until_listed(service, staff, start, listed=False)
    listed = await owner.starts(other, staff, start.date())
    assert all(slot - timedelta(minutes=10) >= start + HALF_HOUR or slot + 2 * HALF_HOUR <= start for slot in listed)
    await owner.must("PUT", f"/api/appointments/{made['id']}/status", {"status": "CANCELLED"})
    await owner.until_listed(service, staff, start, listed=True)


async def test_buffers_keep_appointments_apart(owner: Owner):
    staff = await owner.staff()
    after = await owner.service([staff], name="Massage", bufferAfterMinutes=15)
    before = await owner.service([staff], name="Physio", bufferBeforeMinutes=10)
    assert (await owner.book(after, staff, next_week(9))).status == 201
    assert (await owner.book(before, staff, next_week(9, 50))).status == 409
    assert (await owner.book(before, staff, next_week(9, 55))).status == 201


async def test_a_time_outside_hours_is_not_bookable_unless_allowed(owner: Owner):
    staff = await owner.staff(blocks=[{"dayOfWeek": day, "start": "09:00", "end": "12:00"} for day in range(1, 8)])
    service = await owner.service([staff])
    refused = await owner.book(service, staff, next_week(13))
    assert (refused.status, refused.code) == (409, "NotBookable")
    assert [conflict["kind"] for conflict in refused.body["conflicts"]] == ["outsideHours"]
    assert (await owner.book(service, staff, next_week(13), allow=["outsideHours"])).status == 201


async def test_any_staff_takes_whoever_is_free(owner: Owner):
    people = [await owner.staff(name) for name in ("Amira", "Daniel")]
    service = await owner.service(people)
    replies = [await owner.book(service, None, next_week(9)) for _ in range(3)]
    assert [reply.status for reply in replies] == [201, 201, 409]
    assert {reply.body["staffId"] for reply in replies[:2]} == set(people)


async def test_a_stale_revision_is_refused_with_the_present_state(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    path = f"/api/appointments/{(await owner.book(service, staff, next_week(9))).body['id']}"
    await owner.must("PUT", path, {"notes": "first"})
    stale = await owner.call("PUT", path, {"notes": "second"}, headers={"If-Match": '"1"'})
    assert (stale.status, stale.code) == (412, "StaleRevision")
    assert stale.body["current"]["notes"] == "first"


async def test_the_same_key_books_once_and_answers_the_same(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    key = {"Idempotency-Key": "a-key-of-this-test"}
    first = await owner.book(service, staff, next_week(9), headers=key)
    again = await owner.book(service, staff, next_week(9), headers=key)
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert again.headers["Idempotency-Replayed"] == "true"
    other = await owner.book(service, staff, next_week(10), headers=key)
    assert (other.status, other.code) == (422, "IdempotencyKeyReused")


async def test_a_range_that_did_not_change_is_not_sent_again(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    await owner.book(service, staff, next_week(9))
    query = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(23).isoformat()}
    first = await owner.call("GET", "/api/appointments", **query)
    assert [item["start"][11:16] for item in first.body["items"]] == ["09:00"]
    unchanged = await owner.call("GET", "/api/appointments", headers={"If-None-Match": first.headers["ETag"]}, **query)
    assert unchanged.status == 304
    await owner.book(service, staff, next_week(10))
    changed = await owner.call("GET", "/api/appointments", headers={"If-None-Match": first.headers["ETag"]}, **query)
    assert (changed.status, len(changed.body["items"])) == (200, 2)
