"""The edge to clients: the handshake, signing in, and health beside it on the same port."""

import asyncio
import logging
import socket as sockets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.http11 import Request, Response

from plumbing.answers import JSON, PROBLEM_JSON, encode
from plumbing.auth import Member, TokenVerifier
from plumbing.broker import BrokerUnavailable
from plumbing.edge import trace_id
from plumbing.problems import NotSignedIn, Problem, ServiceUnavailable, TooManyRequests
from realtime.domain.closes import Close
from realtime.domain.limits import LARGEST_MESSAGE, Attendance
from realtime.live.admission import Credential, business_of, credential_of, network_of
from realtime.live.calendars import Bindings, Calendars
from realtime.live.sockets import CLOSE_SECONDS, WRITE_LIMITS, Socket
from realtime.schemas import token_of

SIGN_IN_SECONDS = 5.0
"""Within so long a client without a cookie has to say who it is."""

HANDSHAKE_SECONDS = 5.0
BACKLOG = 4096
SEND_BUFFER_BYTES = 128 * 1024
"""What the kernel keeps for a client that does not read: left alone it would be megabytes for each."""

type Check = Callable[[], str | None]
"""What is wrong with one thing that the process needs, or None."""

log = structlog.get_logger("live")


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether the library tells of a failure in here: what strangers get wrong, or do not wait for, is no news."""
    error = record.exc_info[1] if record.exc_info else None
    return error is not None and not isinstance(error, (WebSocketException, OSError))


logging.getLogger("websockets.server").addFilter(_is_ours)


@dataclass(frozen=True, slots=True)
class Caps:
    """How many sockets may be open to this process, by whose they are."""

    user: Attendance
    business: Attendance
    network: Attendance


@dataclass(frozen=True, slots=True)
class Health:
    """What `/readyz` and `/healthz` look at."""

    ready: Mapping[str, Check]
    alive: Mapping[str, Check]


class Edge:
    """Lets clients in, and shows them the calendar that they ask for."""

    def __init__(
        self,
        *,
        calendars: Calendars,
        bindings: Bindings,
        verifier: TokenVerifier,
        caps: Caps,
        health: Health,
        public_origins: frozenset[str],
    ) -> None:
        self._calendars = calendars
        self._bindings = bindings
        self._verifier = verifier
        self._caps = caps
        self._health = health
        self._public_origins = public_origins

    async def serve(self, host: str, port: int) -> Server:
        """Listen from now on."""
        return await serve(
            self._handle,  # pyright: ignore[reportArgumentType]  # every connection is made by `create_connection`
            sock=_listening(host, port),
            process_request=self._before,
            create_connection=Socket,
            compression=None,
            max_size=LARGEST_MESSAGE,
            write_limit=WRITE_LIMITS,
            ping_interval=None,
            open_timeout=HANDSHAKE_SECONDS,
            close_timeout=CLOSE_SECONDS,
            server_header=None,
        )

    async def _before(self, connection: ServerConnection, request: Request) -> Response | None:
        """The answer to whatever is not let in, or is no socket at all."""
        assert isinstance(connection, Socket)
        try:
            return self._look_at(connection, request)
        except Problem as problem:
            return _problem_response(problem, urlsplit(request.path).path)

    def _look_at(self, socket: Socket, request: Request) -> Response | None:
        path = urlsplit(request.path).path
        match path:
            case "/healthz":
                return _health_response(self._health.alive, {"status": "ok"})
            case "/readyz":
                return _health_response(self._health.ready, {})
            case "/metrics":
                return _response(HTTPStatus.OK, generate_latest(), CONTENT_TYPE_LATEST)
            case _:
                socket.asks_for = business_of(path)
        if any(check() for check in self._health.ready.values()):
            raise ServiceUnavailable
        socket.credential = credential_of(request.headers, self._public_origins)
        network = network_of(request.headers, socket.remote_address[0])
        if not self._enter(socket, self._caps.network, network):
            raise TooManyRequests(retry_after=5)
        return None

    async def _handle(self, socket: Socket) -> None:
        """A connection, from its handshake to its end."""
        with suppress(ConnectionClosed):
            try:
                refused = await self._admit(socket)
            except ServiceUnavailable:
                refused = Close.UNAVAILABLE
            if refused is not None:
                socket.end(refused)
            while True:
                await socket.recv(decode=False)  # a client has nothing more to say; whatever comes is only counted
        await socket.ended()

    async def _admit(self, socket: Socket) -> Close | None:
        """Sign somebody in, and show them the calendar; or why not."""
        credential = socket.credential or await _first_message(socket)
        if credential is None:
            return Close.NOT_SIGNED_IN
        try:
            member = await credential.holder(self._verifier)
        except NotSignedIn:
            return Close.NOT_SIGNED_IN
        if member.business_id != socket.asks_for:
            return Close.NOT_THIS_BUSINESS
        socket.let_in(member, credential.api_key)
        if not self._has_room(socket, member):
            return Close.TOO_MANY
        try:
            await self._calendars.show(socket, member.business_id, self._bindings)
        except BrokerUnavailable:
            return Close.UNAVAILABLE
        return None

    def _has_room(self, socket: Socket, member: Member) -> bool:
        whose = (member.business_id, member.user_id)
        return self._enter(socket, self._caps.user, whose) and self._enter(
            socket, self._caps.business, member.business_id
        )

    def _enter(self, socket: Socket, cap: Attendance, whose: object) -> bool:
        """Count it until it is gone; False when there are too many already."""
        if not cap.enter(whose):
            return False
        socket.at_the_end(lambda: cap.leave(whose))
        return True


def _listening(host: str, port: int) -> sockets.socket:
    """Bound and listening; what it accepts has its limits."""
    made = sockets.create_server((host, port), backlog=BACKLOG)
    made.setsockopt(sockets.SOL_SOCKET, sockets.SO_SNDBUF, SEND_BUFFER_BYTES)
    made.settimeout(0)
    return made


async def _first_message(socket: Socket) -> Credential | None:
    """What the first message shows; None when it shows nothing, or does not come in time."""
    try:
        async with asyncio.timeout(SIGN_IN_SECONDS):
            token = token_of(await socket.recv(decode=False))
    except TimeoutError:
        return None
    return Credential(token) if token else None


def _problem_response(problem: Problem, path: str) -> Response:
    body = encode(problem.body(instance=path, trace_id=trace_id()))
    return _response(HTTPStatus(problem.status), body, PROBLEM_JSON, problem.headers)


def _health_response(checks: Mapping[str, Check], fields: Mapping[str, str]) -> Response:
    """200 with `ok` for each, or 503 with what is wrong."""
    found = {name: check() or "ok" for name, check in checks.items()}
    fine = all(state == "ok" for state in found.values())
    status = HTTPStatus.OK if fine else HTTPStatus.SERVICE_UNAVAILABLE
    return _response(status, encode({**fields, **found} if fine else found), JSON)


def _response(status: HTTPStatus, body: bytes, kind: str, more: Mapping[str, str] | None = None) -> Response:
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close", **(more or {})}
    return Response(status.value, status.phrase, Headers(headers), body)
