"""Booking pages over the gateway: what an owner writes strangers see, and what is booked leaves their slots."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from plumbing.testing import eventually
from tests.e2e.owner import Owner, Reply, next_week

NOWHERE = "01890000-0000-7000-8000-000000000000"


def a_slug() -> str:
    """One that nobody has."""
    return f"studio-{uuid4().hex[:12]}"


@pytest.fixture
def stranger(owner: Owner) -> Owner:
    """Somebody who never signed in."""
    return Owner(owner.session, owner.url)


async def slots(stranger: Owner, slug: str, service: str, day: date, **query: Any) -> Reply:
    """Ask for the slots of a page."""
    asked = {"serviceId": service, "date": day.isoformat(), **query}
    return await stranger.call("GET", f"/api/public/booking/{slug}/availability", **asked)


async def starts(stranger: Owner, slug: str, service: str, day: date) -> list[datetime]:
    """What a stranger can book on a day, or nothing before the page is known where slots are searched."""
    reply = await slots(stranger, slug, service, day, days=1)
    if reply.status == 404:
        return []
    return [datetime.fromisoformat(slot["start"]) for shown in reply.body["days"] for slot in shown["slots"]]


async def test_a_stranger_sees_the_page_its_services_and_their_slots(owner: Owner, stranger: Owner):
    staff = await owner.staff()
    service = await owner.service([staff], minNoticeMinutes=60)
    slug = a_slug()
    made = await owner.must("POST", "/api/booking-pages", {"slug": slug, "serviceIds": [service]})
    page = await stranger.must("GET", f"/api/public/booking/{slug}")
    assert (page["businessName"], page["timezone"], page["slug"]) == ("Studio", "UTC", slug)
    assert page["captcha"] is None
    assert page["payments"]["provider"] == "stripe"
    (sold,) = (await stranger.must("GET", f"/api/public/booking/{slug}/services"))["items"]
    assert (sold["id"], sold["staff"][0]["id"], sold["durationMinutes"]) == (service, staff, 30)
    day = next_week().date()
    assert next_week(9) in await eventually(lambda: starts(stranger, slug, service, day), seconds=5)
    await owner.must("PUT", f"/api/booking-pages/{made['id']}", {"active": False})
    off = await stranger.call("GET", f"/api/public/booking/{slug}")
    assert (off.status, off.body["detail"]) == (404, "This booking page is switched off.")
    gone = await eventually(lambda: slots(stranger, slug, service, day), until=lambda reply: reply.status == 404)
    assert gone.code == "NotFound"


async def test_what_is_booked_leaves_the_slots_and_comes_back_when_it_is_cancelled(owner: Owner, stranger: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    slug, start = a_slug(), next_week(9)
    await owner.must("POST", "/api/booking-pages", {"slug": slug})

    async def is_listed() -> bool:
        return start in await starts(stranger, slug, service, start.date())

    await eventually(is_listed, seconds=5)
    booked = await owner.book(service, staff, start, customer={"name": "Noor Private"})
    await eventually(is_listed, until=lambda listed: not listed, seconds=5)
    shown = await slots(stranger, slug, service, start.date(), include="staff")
    assert booked.body["id"] not in str(shown.body)
    assert "Noor" not in str(shown.body)
    await owner.must("DELETE", f"/api/appointments/{booked.body['id']}")
    await eventually(is_listed, seconds=5)


async def test_a_page_with_a_new_slug_is_found_by_both_and_belongs_to_its_business(
    owner: Owner, other_owner: Owner, stranger: Owner
):
    staff = await owner.staff()
    service = await owner.service([staff])
    old, new, day = a_slug(), a_slug(), next_week().date()
    made = await owner.must("POST", "/api/booking-pages", {"slug": old})
    await owner.must("PUT", f"/api/booking-pages/{made['id']}", {"slug": new})
    for slug in (old, new):
        assert (await stranger.must("GET", f"/api/public/booking/{slug}"))["slug"] == new
        assert await eventually(lambda slug=slug: starts(stranger, slug, service, day), seconds=5)
        taken = await other_owner.call("POST", "/api/booking-pages", {"slug": slug})
        assert (taken.status, taken.code) == (409, "SlugTaken")


async def test_a_service_of_another_business_is_on_no_page_of_ours(owner: Owner, other_owner: Owner, stranger: Owner):
    theirs = await other_owner.service([await other_owner.staff()])
    refused = await owner.call("POST", "/api/booking-pages", {"slug": a_slug(), "serviceIds": [theirs]})
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/serviceIds/0")
    slug, mine, day = a_slug(), await owner.service([await owner.staff()]), next_week().date()
    await owner.must("POST", "/api/booking-pages", {"slug": slug})
    await eventually(lambda: starts(stranger, slug, mine, day), seconds=5)
    assert (await slots(stranger, slug, theirs, day)).status == 404


async def test_notice_and_horizon_hold_for_strangers(owner: Owner, stranger: Owner):
    staff = await owner.staff()
    service = await owner.service([staff], minNoticeMinutes=2 * 24 * 60, maxAdvanceDays=5)
    slug, today = a_slug(), next_week(day=-7).date()
    await owner.must("POST", "/api/booking-pages", {"slug": slug})
    reply = await eventually(
        lambda: slots(stranger, slug, service, today, days=14), until=lambda reply: reply.status == 200, seconds=5
    )
    shown = [date.fromisoformat(day["date"]) for day in reply.body["days"] if day["slots"]]
    assert shown[0] >= today + timedelta(days=2)
    assert shown[-1] <= today + timedelta(days=6)
    assert shown[-1] >= today + timedelta(days=5)


@pytest.mark.parametrize("slug", ["%00", "..%2f..%2finternal", "a'%20or%201=1", "%F0%9F%A6%84", "A" * 300, "-", "null"])
async def test_hostile_slugs_are_problems_of_the_client(stranger: Owner, slug: str):
    for rest in ("", "/services", f"/availability?serviceId={NOWHERE}&date=2027-03-01"):
        async with stranger.session.get(f"{stranger.url}/api/public/booking/{slug}{rest}") as answer:
            assert 400 <= answer.status < 500, (slug, rest)
            assert answer.content_type == "application/problem+json" or answer.status == 400


async def test_readiness_and_internal_paths_stay_hidden(stranger: Owner):
    for path in ("/internal/catalogue", "/api/public/internal/catalogue", "/readyz"):
        assert (await stranger.call("POST" if "internal" in path else "GET", path, {})).status == 404
