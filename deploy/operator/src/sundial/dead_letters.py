"""`sundial dlq`: messages that a consumer could not handle: list, show, replay, discard."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Column, Table

from plumbing.broker import Broker, BrokerUnavailable, NoSuchQueue
from plumbing.dead_letters import DeadLetter, DeadLetters, Wanted, dead_letters
from plumbing.logs import hidden
from sundial.environment import KEEPING, Service, amqp_url

app = typer.Typer(no_args_is_help=True, help="Messages that could not be handled.")
console = Console(width=None if sys.stdout.isatty() else 200)  # into a file or a pipe nothing is cut

Ids = Annotated[list[str] | None, typer.Argument(help="Message ids; all that the options leave when none is given.")]
Queue = Annotated[Service | None, typer.Option("--queue", help="The service that could not handle them.")]
Type = Annotated[str | None, typer.Option("--type", help="The type of event, such as claims.changed.")]
Since = Annotated[datetime | None, typer.Option("--since", help="Failed at this time (UTC) or later.")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="At most so many from each queue.")]
Rate = Annotated[float, typer.Option("--rate", min=0.1, help="At most so many a second.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only print what would be done.")]


@app.command(name="list")
def list_letters(queue: Queue = None, kind: Type = None, since: Since = None, limit: Limit = 100) -> None:
    """List dead letters: what they are, why and when they failed."""
    _run(_list(queue, Wanted(type=kind, since=_utc(since)), limit))


@app.command()
def show(message_id: Annotated[str, typer.Argument(help="The message's id.")], queue: Queue = None) -> None:
    """Show one dead letter whole, but for personal data."""
    _run(_show(queue, Wanted(ids=(message_id,))))


@app.command()
def replay(
    ids: Ids = None,
    *,
    queue: Queue = None,
    kind: Type = None,
    since: Since = None,
    limit: Limit = 10_000,
    rate: Rate = 50.0,
    dry_run: DryRun = False,
) -> None:
    """Put dead letters back into the queue where they failed. What was done already is not done twice."""
    wanted = Wanted(ids or (), kind, _utc(since))
    _run(_replay(queue, wanted, limit, 1 / rate, dry_run=dry_run))


@app.command()
def discard(
    ids: Ids = None,
    *,
    queue: Queue = None,
    kind: Type = None,
    since: Since = None,
    limit: Limit = 10_000,
    dry_run: DryRun = False,
) -> None:
    """Throw dead letters away, for good. Say which: by id, queue, type or time."""
    if not (ids or queue or kind or since):
        raise typer.BadParameter("say which: give ids, --queue, --type or --since")
    wanted = Wanted(ids or (), kind, _utc(since))
    _run(_discard(queue, wanted, limit, dry_run=dry_run))


async def _list(queue: Service | None, wanted: Wanted, limit: int) -> None:
    whole = Column("id", no_wrap=True, min_width=36)  # on the narrowest terminal it can be copied
    shown = Table(whole, "queue", "type", "error", "attempts", "first failed at")

    async def add(_: DeadLetters, letter: DeadLetter) -> None:
        at = letter.failed_at.isoformat(timespec="seconds") if letter.failed_at else "-"
        shown.add_row(letter.id, letter.queue, letter.type, letter.error, str(letter.attempts), at)

    found = await _for_each(queue, wanted, limit, add)
    console.print(shown if found else "No dead letters.")


async def _show(queue: Service | None, wanted: Wanted) -> None:
    async def describe(_: DeadLetters, letter: DeadLetter) -> None:
        console.print_json(orjson.dumps(_described(letter)).decode())

    if not await _for_each(queue, wanted, 1, describe):
        console.print("There is no such dead letter.")
        raise typer.Exit(1)


async def _replay(queue: Service | None, wanted: Wanted, limit: int, pause: float, *, dry_run: bool) -> None:
    async def put_back(opened: DeadLetters, letter: DeadLetter) -> None:
        if not dry_run:
            await opened.replay(letter)
            await asyncio.sleep(pause)
        console.print(f"{'would replay' if dry_run else 'replayed'} {_named(letter)}")

    found = await _for_each(queue, wanted, limit, put_back)
    console.print(f"{found} {'would be ' if dry_run else ''}replayed")


async def _discard(queue: Service | None, wanted: Wanted, limit: int, *, dry_run: bool) -> None:
    async def throw_away(opened: DeadLetters, letter: DeadLetter) -> None:
        if not dry_run:
            await opened.discard(letter)
        console.print(f"{'would discard' if dry_run else 'discarded'} {_named(letter)}")

    found = await _for_each(queue, wanted, limit, throw_away)
    console.print(f"{found} {'would be ' if dry_run else ''}discarded")


async def _for_each(
    queue: Service | None, wanted: Wanted, limit: int, act: Callable[[DeadLetters, DeadLetter], Awaitable[None]]
) -> int:
    """Do it with all that are wanted; how many. A service that never listened has no dead letters."""
    broker, found = Broker(amqp_url(), name="sundial-dlq"), 0
    try:
        for service in [queue] if queue else KEEPING:
            async with dead_letters(broker, service.value) as opened:
                with suppress(NoSuchQueue):
                    for letter in await opened.find(wanted, limit):
                        await act(opened, letter)
                        found += 1
    finally:
        await broker.close()
    return found


def _run(action: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(action)
    except BrokerUnavailable as error:
        console.print(f"[red]RabbitMQ does not answer:[/] {error}")
        raise typer.Exit(1) from error


def _named(letter: DeadLetter) -> str:
    return f"{letter.id} {letter.type} ({letter.queue})"


def _described(letter: DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "queue": letter.queue,
        "type": letter.type,
        "error": letter.error,
        "detail": letter.detail,
        "attempts": letter.attempts,
        "firstFailedAt": letter.failed_at,
        "traceId": letter.trace_id,
        "body": _readable(letter.message.body),
    }


def _readable(body: bytes) -> object:
    try:
        return hidden(orjson.loads(body))
    except (orjson.JSONDecodeError, AttributeError):
        return f"{len(body)} bytes that are no JSON object"


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=UTC)
