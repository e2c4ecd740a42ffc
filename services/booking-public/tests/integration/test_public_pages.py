"""What strangers see of a page: always the present state, nothing private, few statements, 304 for who has it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from booking_public.consumers import keep_business, keep_service, keep_staff_member
from contracts.accounts import BusinessChanged, BusinessDetails
from contracts.availability import Deposit, ServiceChanged, StaffChanged
from contracts.money import Money
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

from ..make import Sold, Studio, a_service, a_slug, a_staff_member


def public(page: Any, rest: str = "") -> str:
    """The address of a page."""
    return f"/api/public/booking/{page['slug']}{rest}"


@pytest.fixture
def stranger(studio: Studio, new_studio: Callable[..., Studio]) -> Studio:
    """Somebody who is not signed in; `studio` stays the owner."""
    other = new_studio()
    del other.client.headers["Authorization"]
    return other


async def test_a_page_tells_of_itself_and_its_business(studio: Studio, stranger: Studio):
    page = await studio.page(title="Book", policyText="Be on time", cancelWindowMinutes=60, locale="ar")
    found = await stranger.must("GET", public(page))
    assert (found["businessName"], found["timezone"], found["currency"]) == ("Studio", "Asia/Dubai", "AED")
    assert (found["title"], found["locale"], found["policyText"]) == ("Book", "ar", "Be on time")
    assert found["policy"]["cancelWindowMinutes"] == 60
    assert found["theme"] == {"accent": "#276749", "onAccent": "#ffffff", "logoUrl": None, "radius": None}
    assert found["captcha"] is found["payments"] is None


async def test_services_tell_what_is_offered_on_the_page(studio: Studio, stranger: Studio, sold: Sold):
    noor, away = a_staff_member(name="Noor"), a_staff_member(active=False)
    deposit = Deposit(kind="percent", percent=33)
    cut = a_service(studio.amira.id, noor.id, away.id, name="Cut", deposit=deposit)
    hidden, off = a_service(name="Hidden"), a_service(name="Off", active=False)
    sold.staff[studio.id] += [noor, away]
    sold.services[studio.id] += [cut, hidden, off]
    question = {"label": "Injuries?", "kind": "text", "required": True, "serviceId": str(cut.id)}
    page = await studio.page(
        serviceIds=[str(each.id) for each in (cut, studio.pilates, off)],
        staffIds=[str(noor.id), str(away.id)],
        intakeQuestions=[question, {"label": "Any wishes?"}],
    )
    found = await stranger.must("GET", public(page, "/services"))
    assert [service["name"] for service in found["items"]] == ["Cut", "Pilates"]
    first, second = found["items"]
    assert [member["name"] for member in first["staff"]] == ["Noor"]
    assert second["staff"] == []
    assert (first["price"], first["depositDue"]["amount"]) == ({"amount": 15000, "currency": "AED"}, 4950)
    assert second["depositDue"] is None
    assert [each["label"] for each in first["intakeQuestions"]] == ["Injuries?", "Any wishes?"]
    assert [each["label"] for each in second["intakeQuestions"]] == ["Any wishes?"]


async def test_nothing_private_of_staff_is_kept_or_shown(studio: Studio, stranger: Studio, sql: asyncpg.Connection):
    page = await studio.page()
    shown = (await stranger.call("GET", public(page, "/services"))).text
    kept = await sql.fetch("SELECT details::text FROM catalogue_copy WHERE business_id = $1", studio.id)
    for text in (shown, *(row["details"] for row in kept)):
        assert studio.amira.email not in text
        assert studio.amira.phone not in text


@pytest.mark.parametrize("rest", ["", "/services"])
async def test_who_has_it_already_is_told_so(studio: Studio, stranger: Studio, rest: str):
    page = await studio.page()
    first = await stranger.call("GET", public(page, rest))
    assert first.headers["cache-control"] == "no-cache"
    again = await stranger.call("GET", public(page, rest), If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    await studio.must("PUT", f"/api/booking-pages/{page['id']}", {"title": "New", "serviceIds": []})
    changed = await stranger.call("GET", public(page, rest), If_None_Match=first.headers["etag"])
    assert changed.status_code == 200


async def test_what_is_heard_of_others_is_shown_at_once(studio: Studio, stranger: Studio, uow: UnitOfWork):
    page = await studio.page()
    await stranger.must("GET", public(page))
    await stranger.must("GET", public(page, "/services"))
    details = BusinessDetails(name="Renamed", timezone="UTC", currency="AED", locale="en", contact_phone="+97144")
    dearer = studio.pilates.model_copy(update={"price": Money(amount=20_000, currency="AED")})
    renamed = studio.amira.model_copy(update={"name": "Amira B."})
    async with uow.across_businesses() as tx:
        await keep_business(tx, BusinessChanged(business_id=studio.id, revision=2, business=details))
        await keep_service(tx, ServiceChanged(business_id=studio.id, revision=2, service=dearer))
        await keep_staff_member(tx, StaffChanged(business_id=studio.id, revision=2, staff=renamed))
    found = await stranger.must("GET", public(page))
    assert (found["businessName"], found["timezone"], found["contactPhone"]) == ("Renamed", "UTC", "+97144")
    (service,) = (await stranger.must("GET", public(page, "/services")))["items"]
    assert (service["price"]["amount"], service["staff"][0]["name"]) == (20_000, "Amira B.")


async def test_an_older_event_that_comes_late_changes_nothing(studio: Studio, stranger: Studio, uow: UnitOfWork):
    page = await studio.page()
    gone = studio.pilates.model_copy(update={"archived": True})
    async with uow.across_businesses() as tx:
        await keep_service(tx, ServiceChanged(business_id=studio.id, revision=3, service=gone))
        await keep_service(tx, ServiceChanged(business_id=studio.id, revision=2, service=studio.pilates))
    assert (await stranger.must("GET", public(page, "/services")))["items"] == []


async def test_a_page_that_is_off_removed_or_unknown_says_so(studio: Studio, stranger: Studio):
    page = await studio.page()
    for change, detail in (
        ({"active": False}, "This booking page is switched off."),
        (None, "There is no booking page at this address."),
    ):
        method = "PUT" if change else "DELETE"
        await studio.must(method, f"/api/booking-pages/{page['id']}", change)
        for rest in ("", "/services"):
            refused = await stranger.call("GET", public(page, rest))
            assert (refused.status_code, refused.json()["code"], refused.json()["detail"]) == (404, "NotFound", detail)


async def test_a_former_slug_shows_the_page_for_ninety_days(studio: Studio, stranger: Studio, sql: asyncpg.Connection):
    page = await studio.page()
    later = await studio.must("PUT", f"/api/booking-pages/{page['id']}", {"slug": a_slug()})
    assert (await stranger.must("GET", public(page)))["slug"] == later["slug"]
    over = utc_now() - timedelta(seconds=1)
    await sql.execute("UPDATE page_slugs SET until = $1 WHERE slug = $2", over, page["slug"])
    assert (await stranger.call("GET", public(page))).status_code == 404


@pytest.mark.parametrize(
    "slug", ["..", "a", "A" * 10, "x" * 61, "%00abc", "page'--", "page%20x", "%F0%9F%A6%84abc", "page%2fx", "*"]
)
async def test_hostile_slugs_are_not_found(stranger: Studio, slug: str):
    for rest in ("", "/services"):
        answer = await stranger.call("GET", f"/api/public/booking/{slug}{rest}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


async def test_many_services_cost_as_many_statements_as_few(
    studio: Studio, stranger: Studio, sold: Sold, statements: list[str]
):
    few = await studio.page()
    await stranger.must("GET", public(few, "/services"))
    statements.clear()
    await stranger.must("GET", public(few, "/services"))
    assert statements == []
    counts: list[int] = []
    for more in (0, 50):
        sold.services[studio.id] += [a_service(studio.amira.id) for _ in range(more)]
        page = await studio.page()
        statements.clear()
        found = await stranger.must("GET", public(page, "/services"))
        assert len(found["items"]) == 1 + more
        counts.append(len(statements))
    assert counts[0] == counts[1]
