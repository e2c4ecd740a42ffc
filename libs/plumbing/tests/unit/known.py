"""What accounts would say, in memory: revocations and API keys that a test sets, and how often it was asked."""

from uuid import UUID

from contracts.access import ApiKeyAnswer, ApiKeyDetails, Revocation, RevocationsAnswer
from contracts.ids import ApiKeyId, BusinessId, SessionId, uuid7
from plumbing.api_keys import key_hash, new_key
from plumbing.problems import ServiceUnavailable

BUSINESS = BusinessId(uuid7())


class Known:
    """Answers from memory (plumbing.access.Access); or, while it is down, not at all."""

    def __init__(self) -> None:
        self.is_down = False
        self.asked = 0
        self._revocations: list[Revocation] = []
        self._keys: dict[str, ApiKeyDetails] = {}

    def revoke(self, session_id: UUID, before: int | None = None) -> None:
        self._revocations.append(Revocation(session_id=SessionId(session_id), before=before))

    def add_key(self, *scopes: str) -> str:
        key = new_key()
        fields = {"id": uuid7(), "businessId": BUSINESS, "name": "Robot", "scopes": scopes}
        self._keys[key_hash(key)] = ApiKeyDetails.model_validate(fields)
        return key

    def key_id(self, key: str) -> ApiKeyId:
        return self._keys[key_hash(key)].id

    def delete(self, key: str) -> None:
        del self._keys[key_hash(key)]

    async def revocations(self) -> RevocationsAnswer:
        self._count()
        return RevocationsAnswer(revocations=self._revocations)

    async def api_key(self, key_hash: str) -> ApiKeyAnswer:
        self._count()
        return ApiKeyAnswer(key=self._keys.get(key_hash))

    def _count(self) -> None:
        self.asked += 1
        if self.is_down:
            raise ServiceUnavailable
