"""Another day for a page: it and the product are so many weeks apart, and its pictures are the same on every day.

Nothing is made up: a page is told what the product says, with every date moved; so is the product what the page asks.
"""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from math import ceil

from playwright.async_api import Page, Request, Route

from plumbing.clock import utc_now

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_TOLD = re.compile(r'"(?:(\w+)":\s*")?(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?)"')
"""A date or a moment in JSON, with the name of its field where it has one."""


class Elsewhen:
    """`now`: what the page's clock shows. `names`: what the product made up, by what the page is told in its place."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.names: dict[str, str] = {}
        monday = (now - DAY * now.weekday()).replace(hour=0, minute=0)
        self._apart = WEEK * ceil((utc_now() + 2 * DAY - monday) / WEEK)

    def real(self, moment: datetime) -> datetime:
        """The product's moment, of one of the page."""
        return moment + self._apart

    async def begin(self, page: Page, now: datetime | None = None) -> None:
        """From now on the page lives there; `now`: at another hour than others."""
        self.now = now or self.now
        await page.clock.set_fixed_time(self.now)
        await page.route("**/api/**", self._pass_on)

    async def end(self, page: Page) -> None:
        """Before the page is closed, so that what it still asks for is in nobody's way."""
        await page.unroute_all(behavior="ignoreErrors")

    async def _pass_on(self, route: Route, request: Request) -> None:
        answer = await route.fetch(url=self._asked(request.url), post_data=self._asked(request.post_data or "") or None)
        headers = {"content-type": answer.headers.get("content-type", ""), "date": format_datetime(self.now)}
        if "etag" in answer.headers:
            headers["etag"] = answer.headers["etag"]
        await route.fulfill(status=answer.status, headers=headers, body=self._told(await answer.text()))

    def _asked(self, text: str) -> str:
        for real, told in self.names.items():
            text = text.replace(told, real)
        return _DATE.sub(lambda found: str(date.fromisoformat(found[0]) + self._apart), text)

    def _told(self, text: str) -> str:
        for real, told in self.names.items():
            text = text.replace(real, told)
        return _TOLD.sub(self._moved, text)

    def _moved(self, found: re.Match[str]) -> str:
        field, written = found[1] or "", found[2]
        start = found[0][: -len(written) - 1]
        if len(written) == len("2026-01-01"):
            return f'{start}{date.fromisoformat(written) - self._apart}"'
        moment = datetime.fromisoformat(written).astimezone(UTC)
        seen = self._present(moment) if field.lower().endswith("at") else moment - self._apart
        return f'{start}{seen:%Y-%m-%dT%H:%M:%SZ}"'

    def _present(self, moment: datetime) -> datetime:
        """What the product did, as of yesterday, and what it is about to do, by the minute: both differ by the run."""
        ahead = moment - utc_now()
        if ahead > DAY:
            return moment - self._apart
        return self.now + MINUTE * round(ahead / MINUTE) if ahead > timedelta() else self.now - DAY
