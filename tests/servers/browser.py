"""A real browser for the tests: Debian's Chromium without a window, driven by Playwright."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Frame,
    Page,
    async_playwright,
    expect,
)

from plumbing.testing import eventually
from tests.servers import chromium
from tests.servers.run import Run

expect.set_options(timeout=20_000)  # milliseconds: a machine may have more to do


class Tab:
    """A page with a profile of its own. `complaints`: what the console said; `asked`: every address."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    async def listen(self) -> None:
        """Hear of what breaks a rule of the page or of cookies as well: the console does not tell all of it."""
        audits = await self.page.context.new_cdp_session(self.page)
        audits.on("Audits.issueAdded", lambda issue: self._hear_issue(issue["issue"]["details"]))
        await audits.send("Audits.enable")

    async def open(self, address: str) -> None:
        """Go there, and wait until everything is loaded."""
        await self.page.goto(address)

    async def run(self, script: str, frame: Frame | None = None) -> Any:
        """What an expression comes to in the page, or in a frame of it."""
        return await (frame or self.page).evaluate(script)

    async def frame(self, part: str) -> Frame:
        """The frame whose address has this part, when it is loaded."""

        async def found() -> Frame | None:
            for frame in self.page.frames[1:]:
                if part in await _address(frame):
                    return frame
            return None

        frame = await eventually(found, seconds=20)
        assert frame
        return frame

    async def press(self, key: str) -> None:
        """Press a key and let it go, where the focus is."""
        await self.page.keyboard.press(key)

    async def size(self, width: int, height: int) -> None:
        """A window of so many pixels."""
        await self.page.set_viewport_size({"width": width, "height": height})

    async def picture(self, path: Path) -> None:
        """The whole page as a PNG."""
        await self.page.screenshot(path=path, full_page=True)

    async def cookies(self) -> list[Mapping[str, Any]]:
        """Every cookie that this tab's profile has, of whatever site."""
        return [dict(cookie) for cookie in await self.page.context.cookies()]

    def _hear_issue(self, details: Mapping[str, Any]) -> None:
        if "genericIssueDetails" not in details:  # hints for forms that a browser is to fill in
            self.complaints.append(str(details))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


async def _address(frame: Frame) -> str:
    """Where a frame is; nowhere while another document is on its way, or when it is gone."""
    try:
        return await frame.evaluate("document.readyState === 'complete' ? location.href : ''")
    except Error:
        return ""


@asynccontextmanager
async def opened(browser: Browser, **how: Any) -> AsyncGenerator[Tab]:
    """An empty tab, closed afterwards. `how`: as for Playwright's `new_context`, such as `locale`, `timezone_id`."""
    context = await browser.new_context(**how)
    tab = Tab(await context.new_page())
    await tab.listen()
    yield tab
    await context.close()


@asynccontextmanager
async def started(run: Run) -> AsyncGenerator[Browser]:
    """A browser, ended afterwards."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.program(run), args=chromium.FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def shared(run: Run, folder: Path) -> AsyncGenerator[tuple[BrowserContext, int]]:
    """A browser that another program drives as well, at this port, with the same profile; ended afterwards.

    Where that may be asked for, it comes before all else that runs: what that program measures is what the page takes.
    """
    told, first = folder / "profile" / "DevToolsActivePort", folder / "first"
    first.write_text(f'#!/bin/sh\nexec nice -n -15 "{chromium.program(run)}" "$@"\n')
    first.chmod(0o755)

    async def port() -> int:
        return int(told.read_text().split()[0]) if told.exists() else 0

    async with async_playwright() as playwright:
        args = [*chromium.FLAGS, "--remote-debugging-port=0"]
        start = playwright.chromium.launch_persistent_context
        context = await start(folder / "profile", executable_path=first, args=args)
        yield context, await eventually(port)
        await context.close()
