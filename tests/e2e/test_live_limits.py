"""What one client of live calendars may cost the others: nothing, whether it is many, slow or hostile."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from uuid import UUID

import aio_pika
import aiohttp
import pytest

from contracts.ids import BusinessId
from plumbing.auth import Role
from plumbing.testing import eventually
from plumbing.topology import EXCHANGE
from realtime.domain.messages import Message
from realtime.live.calendars import Calendar
from realtime.main import Process
from sundial_local.ports import LOOPBACK
from sundial_local.product import Product
from tests.e2e.live import Screen
from tests.e2e.members import join, program
from tests.e2e.owner import Owner
from tests.e2e.raw_socket import BINARY, CONTINUATION, FINAL, PING, TEXT, RawSocket, frame
from tests.e2e.realtime import own_process


@pytest.fixture(scope="module")
async def process(product: Product) -> AsyncGenerator[Process]:
    async with own_process(product) as started:
        yield started


@pytest.fixture
async def strict(product: Product) -> AsyncGenerator[Process]:
    async with own_process(product, sockets_per_user=2, sockets_per_business=3, sockets_per_network=6) as started:
        yield started


@pytest.fixture
def direct(owner: Owner, process: Process) -> Owner:
    """The owner, who goes past the gateway to that process."""
    return _past_the_gateway(owner, process)


def _past_the_gateway(owner: Owner, process: Process) -> Owner:
    return Owner(owner.session, f"http://{LOOPBACK}:{process.port}", owner.token, owner.business, owner.credentials)


async def test_a_user_a_business_and_a_network_have_so_many_sockets(owner: Owner, strict: Process):
    direct = _past_the_gateway(owner, strict)
    first, second = await Screen.of(direct), await Screen.of(direct)
    third = await Screen.opened(direct)
    await third.sign_in(direct.token)
    assert await third.closed() == 4429
    others = [await join(owner, "manager") for _ in range(2)]
    fourth = Screen((await Screen.opened(direct)).socket)
    await fourth.sign_in(others[0].token)
    assert (await fourth.next())["type"] == "hello"
    fifth = await Screen.opened(direct)
    await fifth.sign_in(others[1].token)
    assert await fifth.closed() == 4429
    waiting = [await Screen.opened(direct) for _ in range(3)]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await Screen.opened(direct)
    assert (refused.value.status, refused.value.headers and refused.value.headers["Retry-After"]) == (429, "5")
    await second.socket.close()
    await waiting[0].socket.close()
    await eventually(lambda: _is_greeted(direct))
    assert not first.socket.closed


async def _is_greeted(owner: Owner) -> bool:
    screen = await Screen.opened(owner)
    await screen.sign_in(owner.token)
    greeted = (await screen.socket.receive()).type is aiohttp.WSMsgType.TEXT
    await screen.socket.close()
    return greeted


HOSTILE = {
    "a message that is too large": frame(TEXT, b"x" * 4097),
    "pieces that are too large together": frame(0x01, b"x" * 4000) + frame(FINAL, b"x" * 200),
    "thousands of empty pieces": frame(0x01, b"") + frame(CONTINUATION, b"") * 5000,
    "bytes in place of text": frame(BINARY, b'{"type":"auth","token":"x"}'),
    "text that is no UTF-8": frame(TEXT, b"\xff\xfe"),
    "no JSON": frame(TEXT, b"{"),
    "JSON that is deep": frame(TEXT, b"[" * 2000),
    "a token that is a number": frame(TEXT, b'{"type":"auth","token":7}'),
    "one field too many": frame(TEXT, b'{"type":"auth","token":"x","role":"owner"}'),
    "a token with a zero byte": frame(TEXT, b'{"type":"auth","token":"\\u0000"}'),
    "a frame without a mask": frame(TEXT, b'{"type":"auth"}', masked=False),
    "an unknown kind of frame": frame(0x83, b""),
    "a reserved bit": frame(TEXT | 0x40, b"{}"),
    "a ping in pieces": frame(0x09, b""),
    "a ping that is too large": frame(PING, b"x" * 126),
    "a length beyond all memory": frame(TEXT, b"", length=2**62),
    "a flood of pings": frame(PING, b"x" * 125) * 3000,
    "a flood of messages": frame(TEXT, b"{}") * 500,
    "a second handshake": b"GET / HTTP/1.1\r\n\r\n",
}

GARBAGE = {
    "no HTTP": b"\x00\xff" * 500,
    "another method": b"POST /ws/calendar/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "an endless line": b"GET /" + b"x" * 70_000,
    "endless headers": b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 5000,
    "a body": b"GET /healthz HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 10_000,
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE.keys())
async def test_whoever_breaks_the_rules_is_cut_off_and_harms_nobody(direct: Owner, process: Process, sent: bytes):
    good = await Screen.of(direct)
    bad = await RawSocket.opened(process.port, direct.business["id"])
    await bad.send_until_cut_off(sent)
    _calendar(process, direct).tell(_message(1, 1))
    await good.until("appointment.updated")


@pytest.mark.parametrize("sent", GARBAGE.values(), ids=GARBAGE.keys())
async def test_whoever_speaks_no_http_is_cut_off_and_harms_nobody(direct: Owner, process: Process, sent: bytes):
    bad = await RawSocket.connected(process.port)
    await bad.send_until_cut_off(sent)
    await Screen.of(direct)


async def test_a_reader_who_stops_is_closed_and_the_others_miss_nothing(direct: Owner, process: Process):
    good, stalled = await Screen.of(direct), await RawSocket.opened(process.port, direct.business["id"])
    stalled.sign_in(direct.token)
    calendar = _calendar(process, direct)
    await eventually(lambda: _look(lambda: len(calendar.sockets) == 2))
    [socket] = [each for each in calendar.sockets if not each.paused][1:]
    for number in range(600):
        calendar.tell(_message(number, 1, 2000))
        assert (await good.until("appointment.updated"))["id"] == str(number)
    assert socket.transport.get_write_buffer_size() < 100_000
    await eventually(lambda: _look(lambda: len(calendar.sockets) == 1), seconds=8)
    stalled.writer.close()
    calendar.tell(_message(-1, 1))
    assert (await good.until("appointment.updated"))["id"] == "-1"


async def test_a_reader_who_was_slow_is_told_the_newest_of_each_thing(direct: Owner, process: Process):
    slow = await RawSocket.opened(process.port, direct.business["id"])
    slow.sign_in(direct.token)
    await eventually(lambda: _look(lambda: _shown(process, direct)))
    calendar = _calendar(process, direct)
    [socket] = calendar.sockets
    for revision in range(1, 101):  # nobody reads: at some time nothing more fits into the buffers
        for subject in range(10):
            calendar.tell(_message(subject, revision, 5000))
        await asyncio.sleep(0)
    assert 10 <= len(socket.backlog) < 20  # and what a new business has still to tell
    last: dict[str, int] = {}
    numbers: list[int] = []
    while len(last) < 10 or set(last.values()) != {100}:
        told = await asyncio.wait_for(slow.message(), 5)
        numbers.append(told["sequence"])
        if told["type"] == "appointment.updated":
            assert told["revision"] > last.get(told["id"], 0)
            last[told["id"]] = told["revision"]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) < 900
    await eventually(lambda: _look(lambda: not socket.paused))
    calendar.tell(_message(1, 101))
    assert (await asyncio.wait_for(slow.message(), 5))["sequence"] == numbers[-1] + 1
    slow.writer.close()


async def test_who_may_have_missed_something_is_greeted_again_with_a_gap(direct: Owner, process: Process):
    screen = await Screen.opened(direct)
    await screen.sign_in(direct.token)
    first = await screen.next()
    process.calendars.resync()
    numbers = [first["sequence"]]
    while (again := await screen.next())["type"] != "hello":
        numbers.append(again["sequence"])
    assert again["sequence"] > numbers[-1] + 1


async def test_a_process_that_ends_says_so_to_everybody(direct: Owner, product: Product):
    async with own_process(product) as ending:
        there = _past_the_gateway(direct, ending)
        screens = [await Screen.of(there), await Screen.opened(there)]  # one of them has not signed in
        closed = [asyncio.create_task(screen.closed()) for screen in screens]
    assert [await each for each in closed] == [1012, 1012]


async def test_whoever_leaves_while_they_sign_in_is_counted_no_more(owner: Owner, strict: Process):
    robot = _past_the_gateway(await program(owner, "read"), strict)
    for _ in range(4):
        hasty = await RawSocket.opened(strict.port, robot.business["id"])
        hasty.sign_in(robot.token)  # accounts has to be asked about the key
        hasty.writer.transport.abort()
    await eventually(lambda: _is_greeted(robot))


async def test_what_only_some_may_see_is_for_the_others_as_if_it_were_not(
    direct: Owner, owner: Owner, process: Process
):
    staff = _past_the_gateway(await join(owner, "staff"), process)
    screens = [await Screen.of(direct), await Screen.of(staff)]
    calendar = _calendar(process, direct)
    calendar.tell(replace(_message(1, 1), only_for=frozenset({Role.OWNER})))
    calendar.tell(_message(2, 1))
    told = [await screens[0].until("appointment.updated") for _ in range(2)]
    staff_told = await screens[1].until("appointment.updated")
    assert [each["id"] for each in told] == ["1", "2"]
    assert (staff_told["id"], staff_told["sequence"]) == ("2", told[0]["sequence"])


async def test_of_what_cannot_be_understood_everybody_is_told_to_read_again(direct: Owner, product: Product):
    screen = await Screen.of(direct)
    async with await aio_pika.connect(product.amqp_url) as connection:
        exchange = await (await connection.channel()).get_exchange(EXCHANGE)
        await exchange.publish(
            aio_pika.Message(b"{}", type="time_off.added"), f"time_off.added.{direct.business['id']}"
        )
        assert (await screen.until("hello"))["heartbeatSeconds"] == 20


def _message(subject: int, revision: int, size: int = 10) -> Message:
    head = b'{"type":"appointment.updated","sequence":'
    tail = f',"id":"{subject}","revision":{revision},"data":"{"x" * size}"}}'.encode()
    return Message("appointment.updated", subject, revision, head, tail)


def _shown(process: Process, owner: Owner) -> bool:
    found = process.calendars.of(BusinessId(UUID(owner.business["id"])))
    return found is not None and not found.is_empty


def _calendar(process: Process, owner: Owner) -> Calendar:
    found = process.calendars.of(BusinessId(UUID(owner.business["id"])))
    assert found
    return found


async def _look(seen: Callable[[], bool]) -> bool:
    return seen()
