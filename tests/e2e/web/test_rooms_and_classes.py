"""An owner sets up rooms, closures, seasons, classes and the waiting list as a person would, on the real product."""

from datetime import UTC, date, datetime, timedelta

from playwright.async_api import Locator, Page, expect

from tests.e2e.owner import Owner, next_week
from tests.e2e.web.axe import violations
from tests.e2e.web.screens import sign_in
from tests.servers.browser import Tab


class Walk:
    """Somebody who goes through the screens; each is held against the rules of accessibility on the way."""

    def __init__(self, tab: Tab, owner: Owner) -> None:
        self.page: Page = tab.page
        self.owner = owner
        self.found: dict[str, object] = {}

    async def open(self, path: str) -> None:
        """Go there, and wait until all that it shows is read."""
        await self.page.goto(f"{self.owner.url}/{path}")
        await self.settled()

    async def settled(self) -> None:
        """Wait until all is read."""
        await self.page.get_by_role("heading", level=1).wait_for()
        await expect(self.page.locator(".skeleton")).to_have_count(0)

    async def look(self, screen: str) -> None:
        """See it as it is now."""
        self.found[screen] = await violations(self.page)

    async def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button, or follow what looks like one."""
        place = within or self.page
        button = place.get_by_role("button", name=name, exact=True)
        await button.or_(place.get_by_role("link", name=name, exact=True)).click()

    async def write(self, **fields: str) -> None:
        """Fill in fields by their labels; `_` stands for a space."""
        for label, text in fields.items():
            await self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)

    async def sees(self, text: str) -> None:
        """Wait until it is there."""
        await expect(self.page.get_by_text(text).first).to_be_visible()

    async def add_customer(self, name: str, act: str) -> None:
        """Somebody new, by the search for customers."""
        await self.page.get_by_role("searchbox", name="Customer").fill(name)
        await self.press(f"New customer “{name}”")
        await self.press(act)

    def region(self, name: str) -> Locator:
        """A part of the screen."""
        return self.page.get_by_role("region", name=name, exact=True)


async def test_an_owner_sets_up_rooms_closures_classes_and_a_waiting_list(owner: Owner, tab: Tab):
    staff = await owner.staff()
    pilates = await owner.service([staff])
    await owner.service([staff], name="Yoga", capacity=2, durationMinutes=60)
    booked = await owner.book(pilates, staff, next_week(9))
    assert booked.status == 201, booked.body
    await sign_in(tab, owner, "/services")
    walk = Walk(tab, owner)
    await _rooms(walk, pilates)
    await _closures(walk, next_week(9).date().isoformat())
    await _season(walk)
    await _classes(walk)
    await _waiting_list(walk, pilates)
    assert {screen: broken for screen, broken in walk.found.items() if broken} == {}
    assert tab.complaints == []


async def _rooms(walk: Walk, service: str) -> None:
    """A machine, a service that needs it, and one that would need two."""
    await walk.press("Rooms and machines")
    await walk.sees("No rooms or machines yet")
    await walk.page.get_by_role("link", name="Add a room or machine").first.click()
    await walk.write(Name="By the window", Kind="reformer")
    await walk.look("resources/new")
    await walk.press("Save")
    await expect(walk.region("reformer")).to_contain_text("No service needs it.")
    await walk.open(f"services/{service}")
    await walk.press("Add a need")
    await walk.write(Kind="reformer", How_many="2")
    await walk.sees("1 is in use.")
    await walk.press("Save")
    await walk.sees("Saved")
    await walk.open("resources")
    await expect(walk.region("Too few")).to_contain_text("Needs 2 of “reformer”, 1 in use.")
    await expect(walk.region("reformer")).to_contain_text("Needed by Pilates × 2.")
    await walk.look("resources")
    await walk.owner.must("PUT", f"/api/services/{service}", {"resourceNeeds": []})


async def _closures(walk: Walk, day: str) -> None:
    """A day on which something is booked, and the holidays of a year."""
    await walk.open("closures")
    closures = walk.region("Closed on these dates")
    await closures.get_by_label("Name").fill("Works in the house")
    await closures.get_by_label("First day").fill(day)
    await walk.press("Add a closure")
    await expect(walk.page.get_by_role("dialog", name="1 booking is in the way")).to_contain_text("Amira")
    await walk.press("Done")
    await walk.page.get_by_label("Year").select_option(index=1)
    await walk.press("Add public holidays")
    await walk.sees("holidays added")
    await expect(closures.get_by_text("Estimated").first).to_be_visible()
    await walk.look("closures")
    [removed] = await closures.get_by_role("button", name="Remove Works in the house").all()
    await removed.click()
    await expect(closures.get_by_text("Works in the house")).to_have_count(0)


async def _season(walk: Walk) -> None:
    """Short days for a while."""
    await walk.press("Add a season")
    await walk.settled()
    await walk.write(Name="Ramadan", First_day=_ahead(60), Last_day=_ahead(59))
    await walk.press("Save")
    await walk.sees("Choose a day that is not before the first.")
    await walk.write(Name="Ramadan", Last_day=_ahead(89))
    await walk.look("seasons/new")
    await walk.press("Save")
    await expect(walk.region("Seasons").get_by_role("listitem")).to_contain_text("Everybody")


async def _classes(walk: Walk) -> None:
    """Two weeks of a class with two seats: both are taken, one is given back, and who waits for it has it."""
    await walk.open("classes")
    await walk.page.get_by_role("link", name="Add a class").first.click()
    await walk.settled()
    await walk.write(Date=_ahead(8), Time="10:00", Weeks="2")
    await walk.look("classes/new")
    await walk.press("Save")
    await expect(walk.page.get_by_role("link", name="Yoga")).to_have_count(2)
    await walk.look("classes")
    await walk.page.get_by_role("link", name="Yoga").first.click()
    attendees, line = walk.region("Attendees"), walk.region("Waiting for a seat")
    for taken, name in enumerate(("Noor", "James"), start=1):
        await walk.add_customer(name, "Add to the class")
        await walk.sees(f"{taken} of 2 seats are taken.")
    await walk.add_customer("Omar", "Put on the waiting list")
    await expect(line).to_contain_text("Omar")
    await walk.look("classes/id")
    await walk.press("Cancel the seat of James")
    await walk.press("Cancel the seat", walk.page.get_by_role("dialog"))
    await walk.press("Accept for Omar")
    await expect(line).to_have_count(0)
    await expect(attendees.get_by_role("listitem")).to_have_count(2)
    await expect(attendees).to_contain_text("Omar")
    await walk.press("Cancel the class")
    await walk.page.get_by_label("Reason").fill("Amira is ill")
    await walk.press("Cancel the class", walk.page.get_by_role("dialog"))
    await walk.sees("The class is cancelled")


async def _waiting_list(walk: Walk, service: str) -> None:
    """Somebody who waits for any time is given one that is free."""
    await walk.open("waiting-list/new")
    await walk.page.get_by_role("searchbox", name="Customer").fill("Sara")
    await walk.press("New customer “Sara”")
    await walk.page.get_by_label("Service").select_option(service)
    await walk.look("waiting-list/new")
    await walk.press("Save")
    await walk.settled()
    await walk.look("waiting-list")
    await walk.press("Book a time for Sara")
    await walk.page.get_by_role("dialog").get_by_role("listitem").first.get_by_role("button").click()
    await walk.sees("Sara is booked for")
    await walk.sees("Nobody is waiting")
    waiting = await walk.owner.must("GET", "/api/waiting-list", state="withdrawn")
    assert [entry["customer"]["name"] for entry in waiting["items"]] == ["Sara"]


def _ahead(days: int) -> str:
    """The date in so many days, in UTC."""
    today: date = datetime.now(UTC).date()  # noqa: TID251  # a test's own clock
    return (today + timedelta(days=days)).isoformat()
