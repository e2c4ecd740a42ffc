"""Counting what a call costs."""

import asyncio

from ..make import Studio


async def statements_of(studio: Studio, where: str, sent: list[str]) -> list[str]:
    """What one call sends to the database, but for the ends of transactions: some come after the answer."""
    await asyncio.sleep(0)  # the driver tells of a statement when the loop comes round again
    sent.clear()
    await studio.must("GET", where)
    await asyncio.sleep(0)
    return sorted(sql for sql in sent if sql != "COMMIT")
