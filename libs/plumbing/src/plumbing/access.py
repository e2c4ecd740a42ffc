"""What only accounts knows about whoever calls, and the way to ask it."""

from typing import Protocol

from contracts.access import ApiKeyAnswer, ApiKeyQuestion, RevocationsAnswer, RevocationsQuestion
from plumbing.http import ServiceClient


class Access(Protocol):
    """Access tokens that were taken back, and API keys."""

    async def revocations(self) -> RevocationsAnswer:
        """All that were taken back and have not expired. Raises ServiceUnavailable."""
        ...

    async def api_key(self, key_hash: str) -> ApiKeyAnswer:
        """The key with this SHA-256, in hexadecimal. Raises ServiceUnavailable."""
        ...


class RemoteAccess:
    """Asks accounts."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def revocations(self) -> RevocationsAnswer:
        """All that were taken back and have not expired. Raises ServiceUnavailable."""
        return await self._client.ask("/internal/revocations", RevocationsQuestion(), RevocationsAnswer)

    async def api_key(self, key_hash: str) -> ApiKeyAnswer:
        """The key with this SHA-256, in hexadecimal. Raises ServiceUnavailable."""
        return await self._client.ask("/internal/api-keys", ApiKeyQuestion(key_hash=key_hash), ApiKeyAnswer)
