"""Copies of what another service owns: news of it may come late and in any order."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert

from plumbing.db import Tx


async def keep_newer(tx: Tx, table: Table, told: Mapping[str, Any]) -> bool:
    """Keep a row as it was told, by its primary key; False when this `revision` or a newer one is kept already."""
    newer = insert(table).values(told)
    result = await tx.execute(
        newer.on_conflict_do_update(
            index_elements=list(table.primary_key), set_=told, where=table.c.revision < told["revision"]
        )
    )
    return bool(result.rowcount)
