"""`sundial outbox`: what waits to be published."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from plumbing.db import UnitOfWork, create_engine
from plumbing.outbox import table as outbox
from sundial.environment import KEEPING, Service, database_url

app = typer.Typer(no_args_is_help=True, help="Events that wait to be published.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many events a service has yet to publish, and for how long the oldest has waited."""

    events: int
    oldest: timedelta | None


@app.callback()
def outbox_commands() -> None:
    """Events that wait to be published."""


@app.command()
def status() -> None:
    """Show, for each service, how many events wait and for how long."""
    shown = Table("service", "waiting", "oldest")
    for service in KEEPING:
        waiting = asyncio.run(waiting_events(service))
        age = "-" if waiting.oldest is None else f"{waiting.oldest.total_seconds():.1f} s"
        shown.add_row(service.value, str(waiting.events), age)
    Console().print(shown)


async def waiting_events(service: Service) -> Waiting:
    """Look into the service's outbox."""
    engine = create_engine(database_url(service), name="sundial-outbox", pool_size=1)
    try:
        async with UnitOfWork(engine).across_businesses() as tx:
            age = func.clock_timestamp() - func.min(outbox.c.created_at)
            look = select(func.count().label("events"), age.label("oldest")).select_from(outbox)
            found = (await tx.execute(look)).mappings().one()
            return Waiting(found["events"], found["oldest"])
    finally:
        await engine.dispose()
