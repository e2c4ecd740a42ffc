"""B2: bookings by pgbench, each one statement: what PostgreSQL can do when nothing but the booking is done."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncpg

from sundial_local import postgres_binaries
from sundial_local.os_account import Account
from tests.load.loopback import ours
from tests.load.samples import Sample

CLIENTS = 8
_HERE = Path(__file__).parent


class NotMeasured(Exception):
    """pgbench did not do what it was asked to."""


async def make_tables(database_url: str, rows: int) -> None:
    """So many stored appointments, in an empty database. Raises NotMeasured where a commit does not reach the disk."""
    connection = await asyncpg.connect(ours(database_url), timeout=30)
    try:
        for setting in ("fsync", "synchronous_commit"):
            if await connection.fetchval(f"SHOW {setting}") != "on":
                raise NotMeasured(f"PostgreSQL runs with {setting} off")
        await connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        await connection.execute(f"SET bench.rows = {rows:d}")
        await connection.execute((_HERE / "booking_tables.sql").read_text(), timeout=600)
        await connection.execute("VACUUM ANALYZE", timeout=600)
    finally:
        await connection.close()


async def book(database_url: str, *, seconds: float, copies: Path) -> Sample:
    """Book all the time. `copies`: where PostgreSQL's programs may be copied to."""
    pgbench = postgres_binaries.find(Account(), copies)["pgbench"]
    options = ["--no-vacuum", "--protocol", "prepared", "--client", str(CLIENTS), "--jobs", "2"]
    script = ["--file", str(_HERE / "booking.sql"), "--time", str(max(1, round(seconds)))]
    said = await _run([pgbench, *options, *script], _environment(ours(database_url)))
    done, failed = re.search(r"tps = ([\d.]+)", said), re.search(r"failed transactions: ([1-9]\d*)", said)
    if not done or failed:
        raise NotMeasured(said)
    return Sample(float(done[1]))


def _environment(url: str) -> Mapping[str, str]:
    where = urlsplit(url)
    return {
        "PGHOST": where.hostname or "",
        "PGPORT": str(where.port),
        "PGUSER": unquote(where.username or ""),
        "PGPASSWORD": unquote(where.password or ""),
        "PGDATABASE": where.path.removeprefix("/"),
    }


async def _run(command: list[str], env: Mapping[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    return (await process.communicate())[0].decode(errors="replace")
