"""Nobody is kept out of the owner's screens: axe on each, in English and Arabic, light and dark."""

import re
from uuid import uuid4

from playwright.async_api import expect

from sundial_local.layout import web_files
from tests.e2e.owner import Owner, next_week
from tests.e2e.web.axe import violations
from tests.e2e.web.days import booked
from tests.e2e.web.screens import come_in, open_screen
from tests.servers.browser import Tab

OUTSIDE = {"sign-in": "sign-in", "sign-up": "sign-up", "accept-invitation": "accept-invitation#token=some"}
"""Of whoever is not signed in: each route, and an address of it."""
INSIDE = {
    "start": "start",
    "home": "home",
    "customers": "customers",
    "customers/new": "customers/new",
    "customers/:id": "customers/{customer}",
    "services": "services",
    "services/new": "services/new",
    "services/:id": "services/{service}",
    "resources/:id": "resources/{resource}",
    "seasons/:id": "seasons/{season}",
    "staff": "staff",
    "staff/new": "staff/new",
    "staff/:id": "staff/{staff}",
    "booking-pages": "booking-pages",
    "booking-pages/new": "booking-pages/new",
    "messages": "messages",
    "settings": "settings",
    "team": "team",
    "api-keys": "api-keys",
    "*": "nowhere",
}
ELSEWHERE = {
    "test_calendar_wcag": "calendar",
    "test_owner_tools": "booking-pages/:id imports imports/:id templates templates/:kind webhooks webhooks/:id",
    "test_rooms_and_classes": "classes classes/new classes/:id closures resources resources/new seasons/new "
    "waiting-list waiting-list/new",
}
"""Looked at in the middle of what is done there."""

_ROUTES = web_files().parent / "src" / "owner" / "routes.tsx"


def test_every_screen_is_looked_at():
    routes = re.findall(r'<Route path="([^"]+)"', _ROUTES.read_text(encoding="utf-8"))
    assert sorted(routes) == sorted([*OUTSIDE, *INSIDE, *" ".join(ELSEWHERE.values()).split()])


async def test_no_screen_of_who_is_not_signed_in_breaks_a_rule(product_url: str, tab: Tab):
    found = {}
    for address in OUTSIDE.values():
        await tab.open(f"{product_url}/{address}")
        await tab.page.get_by_role("heading", level=1).wait_for()
        await tab.page.locator("form button[type=submit]").click()
        await expect(tab.page.locator("[aria-invalid=true]")).not_to_have_count(0)
        found[address] = await violations(tab.page)
    assert {screen: broken for screen, broken in found.items() if broken} == {}


async def test_it_is_as_dark_as_the_system_until_somebody_chooses(product_url: str, tab: Tab):
    await tab.open(f"{product_url}/sign-in")
    dark, light = (tab.page.get_by_role("button", name=name, exact=True) for name in ("Dark", "Light"))
    shown = tab.page.locator("html")
    await expect(dark).to_be_visible()
    await tab.page.emulate_media(color_scheme="dark")
    await expect(shown).to_have_attribute("data-theme", "dark")
    await light.click()
    await expect(shown).to_have_attribute("data-theme", "light")
    await tab.page.emulate_media(color_scheme="light")
    await dark.click()
    await tab.page.emulate_media(color_scheme="dark")
    await tab.page.emulate_media(color_scheme="light")
    await expect(light).to_be_visible()
    await expect(shown).to_have_attribute("data-theme", "dark")


async def test_no_screen_of_an_owner_breaks_a_rule(owner: Owner, tab: Tab):
    there = await one_of_each(owner)
    await come_in(tab, owner)
    found = {}
    for address in INSIDE.values():
        screen = address.format_map(there)
        await open_screen(tab.page, owner, screen)
        found[screen] = await violations(tab.page)
    assert {screen: broken for screen, broken in found.items() if broken} == {}
    assert tab.complaints == []


async def one_of_each(owner: Owner) -> dict[str, str]:
    """The id of one of each kind of thing that an owner has, with something to be said of it."""
    staff = await owner.staff()
    service = await owner.service([staff])
    await booked(owner, service, staff, next_week())
    [customer] = (await owner.must("GET", "/api/customers"))["items"]
    resource = await owner.must("POST", "/api/resources", {"name": "Room 1", "kind": "room"})
    ahead = next_week().date().isoformat()
    blocks = [{"dayOfWeek": 1, "start": "09:00", "end": "12:00"}]
    dates = {"startDate": ahead, "endDate": ahead}
    season = await owner.must("POST", "/api/seasons", {"name": "Ramadan", **dates, "blocks": blocks})
    await owner.must("POST", "/api/booking-pages", {"slug": f"studio-{uuid4().hex[:12]}"})
    await owner.must("POST", "/api/invitations", {"email": "lena@example.com", "role": "manager"})
    await owner.must("POST", "/api/api-keys", {"name": "Robot", "scopes": ["read"]})
    made = {"resource": resource, "season": season, "customer": customer}
    return {"staff": staff, "service": service, **{kind: each["id"] for kind, each in made.items()}}
