"""The live calendar through the gateway: signing in, what is told, and who may stay."""

import aiohttp
import pytest

from plumbing.testing import eventually
from sundial.live_calendar import Lost
from sundial_local.product import Product
from tests.e2e.live import Screen, kept_calendar
from tests.e2e.members import join, member_id, program
from tests.e2e.owner import Owner, next_week


async def _catalogue(owner: Owner) -> tuple[str, str]:
    staff = await owner.staff()
    return await owner.service([staff]), staff


def _cookie(owner: Owner) -> dict[str, str]:
    return {"Cookie": f'other={{"of": "another program"}}; session={owner.token}'}


async def test_a_booking_is_told_to_who_looks_at_the_calendar(owner: Owner):
    service, staff = await _catalogue(owner)
    screen = await Screen.opened(owner)
    await screen.sign_in(owner.token)
    hello = await screen.next()
    assert (hello["type"], hello["heartbeatSeconds"]) == ("hello", 20)
    booked = (await owner.book(service, staff, next_week())).body
    numbers, told = [hello["sequence"]], hello
    while told["type"] != "appointment.created":  # what was made before may be told as late as this
        told = await screen.next()
        numbers.append(told["sequence"])
    assert numbers == list(range(hello["sequence"], told["sequence"] + 1))
    assert (told["revision"], told["data"]) == (1, booked)


async def test_every_change_of_an_appointment_is_told_as_a_call_answers_it(owner: Owner):
    service, staff = await _catalogue(owner)
    screen = await Screen.of(owner)
    made = (await owner.book(service, staff, next_week(), customer={"name": "Noor", "email": "n@example.com"})).body
    path = f"/api/appointments/{made['id']}"
    moved = await owner.must("PUT", path, {"start": next_week(11).isoformat()})
    confirmed = await owner.must("PUT", f"{path}/status", {"status": "CANCELLED"})
    await owner.must("DELETE", path)
    assert (await screen.until("appointment.created"))["data"] == made
    assert (await screen.until("appointment.updated"))["data"] == moved
    assert (await screen.until("appointment.updated"))["data"] == confirmed
    deleted = await screen.until("appointment.deleted")
    assert (deleted["data"], deleted["revision"]) == ({"id": made["id"]}, confirmed["revision"] + 1)


async def test_the_catalogue_is_told_as_a_call_answers_it(owner: Owner):
    screen = await Screen.of(owner)
    service, staff = await _catalogue(owner)
    room = await owner.must("POST", "/api/resources", {"name": "Room 1", "kind": "room"})
    business = await owner.must("PUT", "/api/business", {"name": "Studio Two"})
    off = {"staffId": staff, "start": next_week(9).isoformat(), "end": next_week(10).isoformat()}
    away = await owner.must("POST", "/api/time-off", off)
    await owner.must("DELETE", f"/api/time-off/{away['id']}")
    told = {}
    while not {"time_off.removed", "business.changed", "resource.changed"} <= told.keys():
        message = await screen.next()
        told[message["type"]] = message["data"]
    assert told["staff.changed"] == await owner.must("GET", f"/api/staff/{staff}")
    assert told["service.changed"] == await owner.must("GET", f"/api/services/{service}")
    assert told["resource.changed"] == room
    assert told["business.changed"] == business
    assert told["hours.changed"] == {"staffId": staff}
    assert told["time_off.added"] == {name: value for name, value in away.items() if name != "conflicts"}
    assert told["time_off.removed"] == {"id": away["id"]}


async def test_our_own_pages_sign_in_by_their_cookie(owner: Owner):
    screen = await Screen.opened(owner, headers=_cookie(owner), origin=owner.url)
    assert (await screen.next())["type"] == "hello"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost", "http://localhost:1", None], ids=str
)
async def test_a_cookie_counts_for_no_other_origin(owner: Owner, origin: str | None):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await Screen.opened(owner, headers=_cookie(owner), origin=origin)
    assert refused.value.status == 403


async def test_a_program_signs_in_by_its_key(owner: Owner):
    robot = await program(owner, "read")
    await Screen.of(robot)


async def test_a_key_that_was_deleted_shows_nothing_within_five_seconds(owner: Owner):
    robot = await program(owner, "read")
    screen, calendar = await Screen.of(robot), kept_calendar(robot)
    async with calendar.kept():
        await calendar.until(lambda: calendar.is_live)
        await owner.must("DELETE", f"/api/api-keys/{robot.credentials['id']}")
        assert await screen.closed(seconds=7) == 4401
        with pytest.raises(Lost):
            await calendar.until(lambda: False)


@pytest.mark.parametrize("token", ["", "nonsense", "eyJhbGciOiJub25lIn0.e30.", "sk_sundial_" + "x" * 43])
async def test_whoever_shows_no_valid_token_is_not_signed_in(owner: Owner, token: str):
    screen = await Screen.opened(owner)
    await screen.sign_in(token)
    assert await screen.closed() == 4401


async def test_an_invalid_cookie_is_not_signed_in(owner: Owner):
    screen = await Screen.opened(owner, headers={"Cookie": "session=old"}, origin=owner.url)
    assert await screen.closed() == 4401


async def test_whoever_says_nothing_for_five_seconds_is_not_signed_in(owner: Owner):
    screen = await Screen.opened(owner)
    assert await screen.closed(seconds=7) == 4401
    assert screen.frames == []


async def test_another_business_is_not_shown(owner: Owner, other_owner: Owner):
    screen = await Screen.opened(owner, other_owner.business["id"])
    await screen.sign_in(owner.token)
    assert await screen.closed() == 4403


async def test_a_token_in_the_address_is_not_looked_at(owner: Owner):
    screen = await Screen.opened(owner, f"{owner.business['id']}?token={owner.token}")
    assert await screen.closed(seconds=7) == 4401


async def test_no_frame_of_another_business_is_ever_shown(owner: Owner, other_owner: Owner):
    both = (owner, other_owner)
    screens = [await Screen.of(each) for each in both]
    for number, each in enumerate(both):
        service, staff = await _catalogue(each)
        for hour in range(9, 14):
            customer = {"name": f"Canary {number}", "email": f"canary-{number}-{hour}@example.com"}
            assert (await each.book(service, staff, next_week(hour), customer=customer)).status == 201
    for number, screen in enumerate(screens):
        for _ in range(5):
            await screen.until("appointment.created")
        other = 1 - number
        foreign = (both[other].business["id"], f"Canary {other}", f"canary-{other}")
        assert not [frame for frame in screen.frames if any(each in frame for each in foreign)]


async def test_a_removed_member_is_shown_nothing_more_within_five_seconds(owner: Owner):
    member = await join(owner, "manager")
    screen, own = await Screen.of(member), await Screen.of(owner)
    await owner.must("DELETE", f"/api/members/{await member_id(owner, member)}")
    assert await screen.closed(seconds=5) == 4403
    assert not own.socket.closed


async def test_whoever_signs_out_is_shown_nothing_more_within_five_seconds(owner: Owner):
    screen = await Screen.of(owner)
    await owner.must("POST", "/api/auth/sign-out")
    assert await screen.closed(seconds=5) == 4409


async def test_whoever_becomes_something_else_that_may_look_goes_on_looking(owner: Owner):
    member = await join(owner, "manager")
    screen = await Screen.of(member)
    service, staff = await _catalogue(owner)
    path = f"/api/members/{await member_id(owner, member)}"
    await owner.must("PUT", path, {"role": "staff"})

    async def is_refused() -> bool:
        return (await member.call("GET", "/api/appointments")).status == 401

    await eventually(is_refused)
    await owner.book(service, staff, next_week())
    await screen.until("appointment.created")


async def test_health_is_told_beside_the_sockets_and_not_outside(product: Product, http: aiohttp.ClientSession):
    direct = f"http://127.0.0.1:{product.service('realtime').ports[0]}"
    for path, said in (("/healthz", '"consumer":"ok"'), ("/readyz", '"broker":"ok"'), ("/metrics", "live_sockets")):
        async with http.get(direct + path) as answer:
            assert (answer.status, said in await answer.text()) == (200, True)
        async with http.get(product.url + path) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("path", ["/ws/calendar/", "/ws/calendar/nonsense", "/ws/calendar", "/ws/"])
async def test_no_other_address_is_a_socket(owner: Owner, path: str):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await owner.session.ws_connect(owner.url.replace("http", "ws", 1) + path)
    assert refused.value.status == 404
