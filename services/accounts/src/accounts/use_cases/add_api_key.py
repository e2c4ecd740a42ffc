"""Making an API key, and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from accounts.domain import ApiKey
from accounts.tables import api_keys
from contracts.access import Scope
from contracts.ids import ApiKeyId, BusinessId, uuid7
from plumbing.api_keys import HINT_LENGTH, key_hash
from plumbing.db import Tx
from plumbing.problems import NotFound


def add_api_key(
    tx: Tx, business_id: BusinessId, name: str, scopes: Sequence[Scope], key: str, *, now: datetime
) -> ApiKey:
    """Store a key by its hash. `scopes` are in the order of the alphabet."""
    made = ApiKey(
        id=ApiKeyId(uuid7()),
        business_id=business_id,
        name=name,
        scopes=tuple(scopes),
        hint=key[:HINT_LENGTH],
        created_at=now,
    )
    tx.insert(
        api_keys,
        {
            "business_id": business_id,
            "id": made.id,
            "name": name,
            "scopes": " ".join(scopes),
            "hint": made.hint,
            "key_hash": key_hash(key),
            "created_at": now,
        },
    )
    return made


async def delete_api_key(tx: Tx, business_id: BusinessId, key_id: ApiKeyId) -> None:
    """Forget a key: it works nowhere any more within seconds. Raises NotFound."""
    c = api_keys.c
    gone = await tx.execute(delete(api_keys).where(c.business_id == business_id, c.id == key_id))
    if not gone.rowcount:
        raise NotFound
