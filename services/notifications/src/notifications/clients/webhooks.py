"""Handing a delivery to a business's own system: signed, to a public address, and not for long.

A name is resolved once, what came of it is looked at, and the connection goes to just that: a name that means
something else a moment later leads nowhere. Redirects are not followed, and no proxy of the environment is asked.
"""

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Thread
from typing import Any, override
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from standardwebhooks import Webhook

from notifications.domain.addresses import is_public, may_be_public
from notifications.domain.webhooks import Delivery, Endpoint, Reaction
from plumbing.clock import utc_now

SECONDS = 15.0
"""So long an endpoint has for its answer."""

FIRST_BYTES = 1024
"""So much of an answer is read, and kept."""


_NUMBERS = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV

type _Address = tuple[int, int, int, str, tuple[Any, ...]]

type Found = Sequence[_Address]
"""What `socket.getaddrinfo` finds."""

type LookUp = Callable[..., Found]
"""`socket.getaddrinfo`, or what stands for it."""


class PrivateAddress(OSError):
    """The name leads to a machine that is nobody's but its network's."""


class PublicResolver(AbstractResolver):
    """Resolves names, and refuses every one of which any address is not public.

    Each look-up has a thread of its own: the few that the event loop has are everybody's, mail's as well, and whoever
    has a slow name server would hold them all.
    """

    def __init__(self, look_up: LookUp, *, loopback: bool) -> None:
        self._look_up = look_up
        self._loopback = loopback

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses. Raises PrivateAddress."""
        look = partial(self._look_up, host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        found = [(each[0], each[2], str(each[4][0])) for each in await _in_a_thread(look)]
        if not all(is_public(address, loopback=self._loopback) for _, _, address in found):
            raise PrivateAddress
        return [
            ResolveResult(hostname=host, host=address, port=port, family=of, proto=protocol, flags=_NUMBERS)
            for of, protocol, address in found
        ]

    @override
    async def close(self) -> None:
        """Nothing is kept open."""


@dataclass(slots=True)
class WebhookClient:
    """Posts deliveries. `loopback` allows this machine's own addresses, and plain http: for development."""

    loopback: bool = False
    seconds: float = SECONDS
    look_up: LookUp = socket.getaddrinfo
    _session: aiohttp.ClientSession | None = None

    async def post(self, endpoint: Endpoint, delivery: Delivery, payload: str) -> Reaction:
        """One try; whatever goes wrong is in what is returned."""
        begun = time.monotonic()
        try:
            self._check(endpoint.url)
            status, said = await self._answer(endpoint.url, payload, _headers(endpoint, delivery, payload, utc_now()))
        except PrivateAddress:
            return _reaction(begun, None, "privateAddress")
        except TimeoutError:
            return _reaction(begun, None, "timeout")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            private = isinstance(error.__cause__, PrivateAddress)
            return _reaction(begun, None, "privateAddress" if private else "noAnswer")
        return _reaction(begun, status, None if 200 <= status < 300 else "refused", said)  # RFC 9110, 15.3

    def _check(self, url: str) -> None:
        """What is written as an address is never resolved, so it is looked at here. Raises PrivateAddress."""
        parts = urlsplit(url)
        public = may_be_public(parts.hostname or "", loopback=self.loopback)
        if not public or (parts.scheme != "https" and not self.loopback):
            raise PrivateAddress

    def _socket(self, to: _Address) -> socket.socket:
        """The last look: whatever was read into the URL before, nothing else is connected to. Raises PrivateAddress."""
        family, kind, protocol, _, address = to
        if not is_public(str(address[0]), loopback=self.loopback):
            raise PrivateAddress
        return socket.socket(family, kind, protocol)

    async def _answer(self, url: str, payload: str, headers: dict[str, str]) -> tuple[int, str]:
        async with self._open().post(url, data=payload.encode(), headers=headers, allow_redirects=False) as response:
            said = b""
            while len(said) < FIRST_BYTES and (more := await response.content.read(FIRST_BYTES - len(said))):
                said += more
            response.close()  # what else it says is not waited for
            return response.status, said.decode(errors="replace").replace("\x00", "")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = PublicResolver(self.look_up, loopback=self.loopback)
            connector = aiohttp.TCPConnector(
                resolver=resolver, socket_factory=self._socket, use_dns_cache=False, force_close=True, limit=0
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=self.seconds),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session

    async def close(self) -> None:
        """Let go of what is kept open."""
        if self._session is not None:
            await self._session.close()


def _in_a_thread(look: Callable[[], Found]) -> asyncio.Future[Found]:
    """One that nobody waits for at the end of the process."""
    found: Future[Found] = Future()
    found.set_running_or_notify_cancel()

    def run() -> None:
        try:
            found.set_result(look())
        except (OSError, ValueError) as error:
            found.set_exception(error)

    Thread(target=run, name="webhook-names", daemon=True).start()
    return asyncio.wrap_future(found)


def _headers(endpoint: Endpoint, delivery: Delivery, payload: str, at: datetime) -> dict[str, str]:
    event_id = str(delivery.event_id)
    signed = [Webhook(each).sign(event_id, at, payload) for each in endpoint.secrets(at=at)]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Sundial",
        "Accept-Encoding": "identity",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def _reaction(begun: float, status: int | None, reason: str | None, said: str = "") -> Reaction:
    return Reaction(status, reason, round((time.monotonic() - begun) * 1000), said)
