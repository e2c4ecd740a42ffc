"""A service's database as a role sees it that row-level security does not stop."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

from sundial_local.databases import Database, url_for


@dataclass(frozen=True, slots=True)
class Unwalled:
    """The database: for the service, and as its superuser sees it."""

    url: str
    admin: asyncpg.Connection


@asynccontextmanager
async def unwalled(database: Database, admin_url: str) -> AsyncGenerator[Unwalled]:
    """A new role may do all that the service's may, and sees all rows; gone afterwards."""
    app_role, password = urlsplit(database.app_url).username, uuid4().hex
    name = f"{app_role}_past_{uuid4().hex[:8]}"
    admin = await asyncpg.connect(admin_url.rsplit("/", 1)[0] + "/" + database.name)
    try:
        await admin.execute(f'CREATE ROLE "{name}" LOGIN BYPASSRLS PASSWORD \'{password}\' IN ROLE "{app_role}"')
        yield Unwalled(url_for(admin_url, name, password, database.name), admin)
    finally:
        await admin.execute(f'DROP ROLE "{name}"')
        await admin.close()
