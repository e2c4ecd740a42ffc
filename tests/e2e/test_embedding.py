"""A booking page in a real browser: alone, and on another site, where it may be shown and where it may not."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from playwright.async_api import Frame, FrameLocator, expect

from plumbing.testing import eventually
from sundial_local.ports import free_port
from tests.e2e.owner import Owner
from tests.servers.browser import Tab

HOSTILE = "</script><script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'>\"'\u202e"


@dataclass
class Site:
    """Somebody's site on another host, with a strict policy: its page, and one that forges messages."""

    origin: str
    product: str
    page: str = ""
    forged: str = ""

    async def show(self, request: web.Request) -> web.Response:
        """The page, or the other one."""
        body = f"<script nonce=site>{self.forged}</script>" if request.path == "/forged" else self.page
        sources = f"script-src {self.product} 'nonce-site'; frame-src {self.product} http:; img-src data:"
        head = '<!doctype html><html lang=en><link rel=icon href="data:,"><body>'
        return web.Response(
            text=head + body,
            content_type="text/html",
            headers={"Content-Security-Policy": f"default-src 'none'; {sources}"},
        )


@pytest.fixture
async def site(product_url: str) -> AsyncGenerator[Site]:
    """On 127.0.0.1, so that localhost, where the product is, is another site to a browser."""
    port = free_port()
    made, app = Site(f"http://127.0.0.1:{port}", product_url), web.Application()
    app.router.add_get("/{path:.*}", made.show)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield made
    await runner.cleanup()


@pytest.fixture
async def page(owner: Owner, site: Site) -> Any:
    """A booking page that the site may show."""
    await owner.service([await owner.staff()], description="An hour by the sea")
    fields = {"slug": f"studio-{uuid4().hex[:12]}", "embedOrigins": [site.origin]}
    return await owner.must("POST", "/api/booking-pages", fields)


def script(owner: Owner, more: str = "") -> str:
    """The tag that a site has to have."""
    return f'<script async src="{owner.url}/embed.js" {more}></script>'


async def height_in(tab: Tab) -> int:
    """How high the frame is on the site's page; 0 where there is none."""
    return await tab.run("document.querySelector('iframe')?.clientHeight ?? 0")


async def fits(tab: Tab, frame: Frame, *, more_than: int = 100) -> int:
    """Wait until the frame is as high as the page in it, and that so high; how high it is then."""
    inside = "Math.ceil(document.documentElement.getBoundingClientRect().height)"

    async def heights() -> tuple[int, int]:
        return await height_in(tab), await tab.run(inside, frame)

    height, _ = await eventually(heights, until=lambda seen: seen[0] == seen[1] > more_than)
    return height


async def listing_fits(tab: Tab, frame: Frame) -> int:
    """The same, once the page lists times."""
    await eventually(lambda: tab.run("document.querySelector('.time') !== null", frame), seconds=20)
    return await fits(tab, frame)


async def test_a_page_alone_asks_nobody_else_for_anything_and_breaks_no_rule_of_its_own(
    owner: Owner, page: Any, tab: Tab
):
    await owner.must("PUT", f"/api/booking-pages/{page['id']}", {"title": HOSTILE, "description": HOSTILE})
    await tab.open(f"{owner.url}/booking/{page['slug']}")
    assert await tab.run("document.querySelector('h1').textContent") == HOSTILE
    assert await tab.run("typeof window.hurt") == "undefined"
    assert await tab.run("JSON.parse(document.querySelector('[type$=json]').text)['@type']") == "LocalBusiness"
    assert await tab.run("getComputedStyle(document.body).borderTopColor") == "rgb(39, 103, 73)"  # of theme.css
    assert {address.split("/")[2] for address in tab.asked} == {owner.url.split("/")[2]}
    assert tab.complaints == []
    assert await tab.cookies() == []


async def test_a_script_in_the_page_does_not_run(owner: Owner, page: Any, tab: Tab):
    await tab.open(f"{owner.url}/booking/{page['slug']}")
    await tab.run("document.body.append(Object.assign(document.createElement('script'), {text: 'window.hurt = 1'}))")
    assert await tab.run("typeof window.hurt") == "undefined"
    assert "Content Security Policy" in tab.complaints[0]


async def test_a_site_that_may_shows_the_page_as_high_as_it_is(owner: Owner, page: Any, site: Site, tab: Tab):
    link = f'<a href="{owner.url}/booking/{page["slug"]}">Book</a>'
    site.page = f'<div data-sundial="{page["slug"]}">{link}</div>{script(owner)}'
    await tab.open(site.origin)
    await eventually(lambda: height_in(tab), seconds=20)
    frame = await tab.frame("/booking/")
    assert "Studio" in await tab.run("document.body.innerText", frame)
    height = await fits(tab, frame)
    assert await tab.run("document.querySelectorAll('[data-sundial] a').length") == 0
    await tab.run("document.querySelector('main').style.paddingBottom = '500px'", frame)
    assert await fits(tab, frame, more_than=height + 499)
    assert await tab.cookies() == []
    assert tab.complaints == []


async def test_among_the_parts_of_a_site_a_page_lists_a_few_days_and_more_when_asked(
    owner: Owner, page: Any, site: Site, tab: Tab
):
    await shown(owner, page, site, tab)
    inside, days = tab.page.frame_locator("iframe"), tab.page.frame_locator("iframe").locator(".day")
    few = await days.count()
    await inside.get_by_role("button", name="Show more times").scroll_into_view_if_needed()
    await inside.get_by_role("button", name="Show more times").click()
    await eventually(days.count, until=lambda many: many > few)
    assert few <= 4


async def test_a_site_that_may_not_keeps_its_link(owner: Owner, page: Any, site: Site, tab: Tab):
    await owner.must("PUT", f"/api/booking-pages/{page['id']}", {"embedOrigins": ["https://www.example.com"]})
    site.page = f'<div data-sundial="{page["slug"]}"><a href="#">Book</a></div>{script(owner)}'
    await tab.open(site.origin)

    async def refused() -> bool:
        return any("frame-ancestors" in complaint for complaint in tab.complaints)

    await eventually(refused, seconds=20)
    assert await height_in(tab) == 0
    assert await tab.run("document.querySelector('[data-sundial] a').textContent") == "Book"


async def test_a_dialog_keeps_the_focus_closes_by_escape_and_gives_the_focus_back(
    owner: Owner, page: Any, site: Site, tab: Tab
):
    site.page = f'<button data-sundial-popup="{page["slug"]}">Book</button><input>{script(owner)}'
    await tab.open(site.origin)
    await eventually(lambda: tab.run("document.querySelector('button').ariaHasPopup === 'dialog'"))
    for leave in ("in the dialog", "in the frame", "by its button"):
        await tab.run("document.querySelector('button').focus(); document.activeElement.click()")
        await eventually(lambda: tab.run("document.querySelector('dialog iframe')?.clientHeight > 300"), seconds=20)
        assert await tab.run("document.querySelector('dialog').matches(':modal:has(:focus)')")
        await tab.run("document.querySelector('input').focus()")
        assert await tab.run("document.activeElement.closest('dialog') !== null")
        match leave:
            case "in the dialog":
                await tab.press("Escape")
            case "in the frame":
                await tab.run("document.querySelector('iframe').focus()")
                await tab.page.frame_locator("dialog iframe").locator("main").evaluate("window.focus()")
                await tab.press("Escape")
            case _:
                await tab.run("document.querySelector('dialog button').click()")
        await eventually(lambda: tab.run("document.querySelector('dialog') === null"))
        assert await tab.run("document.activeElement.dataset.sundialPopup") == page["slug"]


async def test_a_button_floats_over_the_site(owner: Owner, page: Any, site: Site, tab: Tab):
    more = f'data-sundial-floating="{page["slug"]}" data-sundial-label="See us" data-sundial-color="#1d4ed8"'
    site.page = script(owner, more)
    await tab.open(site.origin)
    await eventually(lambda: tab.run("document.querySelector('button') !== null"))
    style = "getComputedStyle(document.querySelector('button'))"
    assert await tab.run(f"[{style}.position, {style}.backgroundColor]") == ["fixed", "rgb(29, 78, 216)"]
    assert await tab.run("document.querySelector('button').textContent") == "See us"
    await tab.run("document.querySelector('button').click()")
    await tab.frame(page["slug"])


async def test_the_site_hears_what_was_booked_and_nothing_of_the_guest(owner: Owner, page: Any, site: Site, tab: Tab):
    heard = "addEventListener('sundial:booked', ({detail}) => { window.heard = detail })"
    site.page = f'<script nonce=site>{heard}</script><div data-sundial="{page["slug"]}"></div>{script(owner)}'
    await tab.open(site.origin)
    await eventually(lambda: height_in(tab), seconds=20)
    booked = {"appointmentId": "1", "serviceId": "2", "start": "2027-01-01T09:00:00Z", "status": "PENDING"}
    private = {**booked, "name": "Noor", "manageUrl": "secret"}
    frame = await tab.frame("/booking/")
    await tab.run(f"dispatchEvent(new CustomEvent('sundial:booked', {{detail: {json.dumps(private)}}}))", frame)
    assert await eventually(lambda: tab.run("window.heard")) == booked


HEARD = "new Promise((done) => addEventListener('message', ({data}) => data === 'done' && done()))"
FORGED_HEIGHT = "parent.postMessage({type: 'sundial:height', height: 7}, '*'); parent.postMessage('done', '*')"
FORGED_HELLO = "parent.frames[0].postMessage({type: 'sundial:hello'}, '*'); parent.postMessage('done', '*')"


async def shown(owner: Owner, page: Any, site: Site, tab: Tab) -> int:
    """The page on the site; how high it is."""
    site.page = f'<div data-sundial="{page["slug"]}"></div>{script(owner)}'
    await tab.open(site.origin)
    return await listing_fits(tab, await tab.frame("/booking/"))


@pytest.mark.parametrize("where", ["in another frame", "in the frame of the page"])
async def test_a_site_believes_the_page_alone(owner: Owner, page: Any, site: Site, tab: Tab, where: str):
    height = await shown(owner, page, site, tab)
    site.forged = FORGED_HEIGHT
    frame = "document.querySelector('iframe')" if "page" in where else "document.createElement('iframe')"
    loading = f"const frame = {frame}; frame.src = '/forged'; if (!frame.isConnected) document.body.append(frame)"
    await tab.run(f"(() => {{ const heard = {HEARD}; {loading}; return heard }})()")
    assert await height_in(tab) == height


async def test_a_page_talks_to_the_site_alone(owner: Owner, page: Any, site: Site, tab: Tab):
    other = site.origin.replace("127.0.0.1", "localhost")
    await owner.must("PUT", f"/api/booking-pages/{page['id']}", {"embedOrigins": [site.origin, other]})
    height = await shown(owner, page, site, tab)
    site.forged = FORGED_HELLO
    await tab.run(
        f"(() => {{ const heard = {HEARD}, other = document.createElement('iframe'); "
        f"other.src = '{other}/forged'; document.body.append(other); return heard }})()"
    )
    frame = await tab.frame("/booking/")
    await tab.run("document.querySelector('main').style.paddingBottom = '500px'", frame)
    assert await fits(tab, frame, more_than=height + 499)


async def test_what_is_switched_off_is_told_on_the_site_too(owner: Owner, page: Any, site: Site, tab: Tab):
    await owner.must("PUT", f"/api/booking-pages/{page['id']}", {"active": False})
    site.page = f'<div data-sundial="{page["slug"]}"></div>{script(owner)}'
    await tab.open(site.origin)
    await eventually(lambda: height_in(tab), seconds=20)
    assert "switched off" in await tab.run("document.body.innerText", await tab.frame("/booking/"))


async def book_in(frame: FrameLocator, which: int) -> None:
    """Choose a time in the wizard, fill in the form and book."""
    await frame.locator(".time").nth(which).click()
    await frame.get_by_label("Your name").fill("Sara Noor")
    await frame.get_by_label("Email").fill("sara@example.com")
    await frame.get_by_role("button", name="Book", exact=True).click()
    await expect(frame.get_by_role("heading", name="You are booked")).to_be_visible()


async def test_a_guest_books_in_a_page_in_a_dialog_and_from_the_button_in_the_corner(
    owner: Owner, page: Any, site: Site, tab: Tab
):
    slug = page["slug"]
    heard = "window.heard = []; addEventListener('sundial:booked', ({target, detail}) => "
    heard += "window.heard.push([target.tagName, detail.status]))"
    places = f'<div data-sundial="{slug}"></div><a href="#" data-sundial-popup="{slug}">Come</a>'
    floating = script(owner, f'data-sundial-floating="{slug}" data-sundial-label="See us"')
    site.page = f"<script nonce=site>{heard}</script>{places}{floating}"
    await tab.open(site.origin)
    inline, dialog = tab.page.frame_locator("div > iframe"), tab.page.locator("dialog")

    listed = await listing_fits(tab, await tab.frame("embed=inline"))
    await book_in(inline, 0)
    assert await fits(tab, await tab.frame("embed=inline")) < listed
    await expect(inline.get_by_role("link", name="Change or cancel")).to_have_attribute("target", "_blank")
    await expect(inline.get_by_role("button", name="Close")).to_have_count(0)

    openers = tab.page.get_by_role("link", name="Come"), tab.page.get_by_role("button", name="See us")
    for opener, which in zip(openers, (8, 16), strict=True):  # a list may still show for a moment what was just booked
        await opener.click()
        inside = dialog.frame_locator("iframe")
        await book_in(inside, which)
        await inside.get_by_role("button", name="Close").click()
        await expect(dialog).to_have_count(0)
        await expect(opener).to_be_focused()
    assert await tab.run("window.heard") == [["DIV", "CONFIRMED"], ["A", "CONFIRMED"], ["BUTTON", "CONFIRMED"]]
    assert await tab.cookies() == []
    assert tab.complaints == []
