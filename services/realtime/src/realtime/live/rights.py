"""Whether those who were let in may still stay: looked at when something says that they may not, and every minute."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import structlog

from contracts.ids import BusinessId, SessionId, UserId
from plumbing.auth import Role, TokenVerifier
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.revocations import Revocations
from realtime.clients.accounts import Sessions, SignedIn
from realtime.domain.closes import Close
from realtime.live.calendars import Calendars
from realtime.live.sockets import Socket

UNCONFIRMED_SECONDS = 300.0
"""While accounts cannot be asked, nobody stays for longer than an access token would have let them."""

log = structlog.get_logger("live")


class Rights:
    """Closes the sockets of those who may not see what they show any more."""

    def __init__(
        self, calendars: Calendars, sessions: Sessions, revocations: Revocations, verifier: TokenVerifier
    ) -> None:
        self._calendars = calendars
        self._sessions = sessions
        self._revocations = revocations
        self._verifier = verifier
        self._looking: set[asyncio.Task[None]] = set()

    def session_ended(self, business_id: BusinessId, session_id: SessionId) -> None:
        """A session has ended: signed out, or its member was removed."""
        self._look_soon(self._calendars.of_session(business_id, session_id))

    def member_changed(self, business_id: BusinessId, user_id: UserId) -> None:
        """A user is something else in a business now."""
        self._look_soon(self._calendars.of_user(business_id, user_id))

    def member_removed(self, business_id: BusinessId, user_id: UserId) -> None:
        """A user belongs to a business no more."""
        for socket in list(self._calendars.of_user(business_id, user_id)):
            socket.end(Close.NOT_THIS_BUSINESS)

    async def look_at_revoked(self) -> None:
        """Read which tokens were taken back, and look at the sockets that were let in by one of them."""
        await self._revocations.refresh()
        suspects = [socket for socket in self._by_session() if await self._is_revoked(socket)]
        if suspects:
            await self.look(suspects, doubted=True)

    async def look_at_all(self) -> None:
        """Every session."""
        await self.look(self._by_session())

    async def look_at_keys(self) -> None:
        """Every API key: whether it is still there."""
        for socket in self._calendars.sockets:
            if socket.api_key is not None:
                await self._look_at_key(socket, socket.api_key)

    async def look(self, sockets: Iterable[Socket], *, doubted: bool = False) -> None:
        """Ask accounts about the sessions of these. When it cannot be asked, whoever is `doubted` has to go."""
        looked_at = list(sockets)
        try:
            standing = await self._sessions.standing({_session_of(socket) for socket in looked_at})
        except ServiceUnavailable:
            for socket in looked_at:
                _stay_unconfirmed(socket, doubted=doubted)
            return
        for socket in looked_at:
            _act_on(socket, standing)

    def _by_session(self) -> list[Socket]:
        return [socket for socket in self._calendars.sockets if socket.api_key is None]

    def _look_soon(self, sockets: Iterable[Socket]) -> None:
        found = list(sockets)
        if found:
            task = asyncio.create_task(self.look(found, doubted=True))
            self._looking.add(task)
            task.add_done_callback(self._looking.discard)

    async def _is_revoked(self, socket: Socket) -> bool:
        member = socket.signed_in
        try:
            await self._revocations.refuse(member.session_id, member.revision)
        except NotSignedIn:
            return True
        except ServiceUnavailable:
            return False
        return False

    async def _look_at_key(self, socket: Socket, key: str) -> None:
        try:
            await self._verifier.bearer(key)
        except NotSignedIn:
            socket.end(Close.NOT_SIGNED_IN)
        except ServiceUnavailable:
            _stay_unconfirmed(socket, doubted=False)
        else:
            socket.confirmed_at = socket.loop.time()


def _session_of(socket: Socket) -> tuple[BusinessId, SessionId]:
    return socket.signed_in.business_id, socket.signed_in.session_id


def _stay_unconfirmed(socket: Socket, *, doubted: bool) -> None:
    if doubted or socket.loop.time() - socket.confirmed_at > UNCONFIRMED_SECONDS:
        socket.end(Close.NOT_SIGNED_IN)


def _act_on(socket: Socket, standing: SignedIn) -> None:
    member = socket.signed_in
    found = standing.sessions.get(_session_of(socket))
    if found is not None and found.user_id == member.user_id:
        socket.member = replace(member, role=Role(found.role), staff_id=found.staff_id, revision=found.revision)
        socket.confirmed_at = socket.loop.time()
    elif member.session_id in standing.removed:
        socket.end(Close.NOT_THIS_BUSINESS)
    else:
        socket.end(Close.SIGNED_OUT)
