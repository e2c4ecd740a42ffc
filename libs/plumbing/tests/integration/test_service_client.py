"""Calls between services over real sockets: what is tried again, and what the caller is told."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from contracts.offers import BusinessQuestion
from contracts.wire import Wire
from plumbing.http import ServiceClient
from plumbing.problems import ServiceUnavailable
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

QUESTION = BusinessQuestion(business_id="01890000-0000-7000-8000-000000000000")  # pyright: ignore[reportArgumentType]
GOOD = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"name":"ok"}'
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"


class Named(Wire):
    name: str


class Peer:
    """Answers as it is told, once for each request; None hangs up without an answer."""

    def __init__(self, *answers: bytes | None) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        answer = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        if answer is not None:
            writer.write(answer)
            await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def asking(peer: Peer) -> AsyncGenerator[Callable[[], Awaitable[Named]]]:
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = ServiceClient(f"http://127.0.0.1:{port}", ServiceToken(TestKeys("caller").private_json, audience="peer"))
    yield lambda: client.ask("/internal/names", QUESTION, Named)
    await client.close()
    server.close()
    await server.wait_closed()


async def test_an_answer_is_asked_for_once():
    peer = Peer(GOOD)
    async with asking(peer) as ask:
        assert (await ask()).name == "ok"
    assert peer.asked == 1


@pytest.mark.parametrize("failures", [1, 2])
async def test_a_connection_that_is_lost_is_tried_again(failures: int):
    peer = Peer(*[None] * failures, GOOD)
    async with asking(peer) as ask:
        assert (await ask()).name == "ok"
    assert peer.asked == failures + 1


async def test_a_peer_that_never_answers_is_given_up_after_three_tries():
    peer = Peer(None)
    async with asking(peer) as ask:
        with pytest.raises(ServiceUnavailable):
            await ask()
    assert peer.asked == 3


async def test_an_error_that_was_answered_is_not_tried_again():
    peer = Peer(BROKEN)
    async with asking(peer) as ask:
        with pytest.raises(ServiceUnavailable):
            await ask()
    assert peer.asked == 1
