"""What other services ask of accounts about whoever calls them, answered to this one from its own database."""

from accounts.queries import api_key, revocations
from accounts.use_cases.note_key_use import note_key_use
from contracts.access import ApiKeyAnswer, ApiKeyDetails, RevocationsAnswer
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork


class OwnAccess:
    """Access tokens that were taken back, and API keys (plumbing.access.Access)."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def revocations(self) -> RevocationsAnswer:
        """All that were taken back and have not expired."""
        async with self._uow.across_businesses() as tx:
            return RevocationsAnswer(revocations=await revocations(tx, now=utc_now()))

    async def api_key(self, key_hash: str) -> ApiKeyAnswer:
        """The key with this SHA-256, in hexadecimal; notes that it is used."""
        async with self._uow.across_businesses() as tx:
            found = await api_key(tx, key_hash)
            if found is None:
                return ApiKeyAnswer()
            await note_key_use(tx, found, now=utc_now())
        details = ApiKeyDetails(id=found.id, business_id=found.business_id, name=found.name, scopes=list(found.scopes))
        return ApiKeyAnswer(key=details)
