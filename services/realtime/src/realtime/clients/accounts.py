"""What this service asks of accounts: who is still signed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import batched

from contracts.access import OpenSession, SessionOfBusiness, SessionsAnswer, SessionsQuestion
from contracts.ids import BusinessId, SessionId
from plumbing.http import ServiceClient

AT_ONCE = 400

type SessionKey = tuple[BusinessId, SessionId]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Which sessions go on, and which are of members who were removed; any other one has ended."""

    sessions: Mapping[SessionKey, OpenSession]
    removed: frozenset[SessionId]


class Sessions:
    """Asks accounts."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def standing(self, asked: Iterable[SessionKey]) -> SignedIn:
        """What became of these sessions. Raises ServiceUnavailable."""
        sessions: dict[SessionKey, OpenSession] = {}
        removed: set[SessionId] = set()
        for some in batched(asked, AT_ONCE):
            question = [SessionOfBusiness(business_id=business, session_id=session) for business, session in some]
            answer = await self._client.ask("/internal/sessions", SessionsQuestion(sessions=question), SessionsAnswer)
            sessions |= {(each.business_id, each.session_id): each for each in answer.sessions}
            removed |= set(answer.removed)
        return SignedIn(sessions, frozenset(removed))
