"""`sundial-local`: the product as plain processes on this machine. `make` calls it."""

import shlex
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sundial_local import detached, ending, foreground
from sundial_local import logs as written
from sundial_local.failures import CannotRun
from sundial_local.installation import Installation
from sundial_local.layout import Service, state_folder
from sundial_local.running import Running
from sundial_local.terminal import console
from sundial_local.waiting import GaveUp

app = typer.Typer(no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False, add_completion=False)
_INTERRUPTED = 130


@app.command()
def up(
    port: Annotated[int, typer.Option(envvar="PORT", help="Where the gateway answers.")] = 8080,
    detach: Annotated[bool, typer.Option("--detach", help="Return when it is ready; `down` ends it.")] = False,
    processes: Annotated[
        list[str] | None, typer.Option(help="Several processes of a service: availability=2. May be repeated.")
    ] = None,
) -> None:
    """Start everything and keep it alive until Ctrl-C."""
    with _failing_readably():
        counts = dict(map(_count, processes or []))
        if detach:
            options = [f"--processes={service}={count}" for service, count in counts.items()]
            detached.start(state_folder(), [f"--port={port}", *options])
        else:
            foreground.run(state_folder(), port, counts)


@app.command()
def down() -> None:
    """End what `up` started; the data are kept."""
    with _failing_readably():
        ended = ending.end(state_folder())
        console.print("Sundial has ended." if ended else "Sundial does not run.")


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """End it, and delete all of its data and secrets."""
    if not yes and not sys.stdin.isatty():
        raise typer.BadParameter("nobody can be asked here: say --yes (make reset YES=1)")
    if yes or typer.confirm("Delete all data of the local Sundial?"):
        with _failing_readably():
            ending.forget(state_folder())
            console.print("Everything is forgotten; make up begins anew.")


@app.command()
def logs(
    part: Annotated[str | None, typer.Argument(help="postgres, rabbitmq, nginx, or a service; all if none.")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many of each.")] = 30,
) -> None:
    """Print what the parts wrote."""
    with _failing_readably():
        found = written.files(Installation(state_folder()).home, part)
        for log in found:
            console.rule(escape(str(log)), align="left")
            console.out("\n".join(written.last_lines(log, lines)))
        for name, line in written.follow(found) if follow else ():
            console.out(line if part else f"{name:<14}{line}")


@app.command()
def status() -> None:
    """Which parts run. Exit code 1 when nothing does."""
    begun = foreground.supervisor(state_folder()) is not None
    running = Running.read(state_folder()) if begun else None
    table = Table("part", "process")
    for name, process in Installation(state_folder()).processes().items():
        table.add_row(name, f"[green]runs[/] as {process.pid}" if process else "[red]has ended[/]")
    idle = "Sundial is starting." if begun else "Sundial does not run."
    console.print(f"Sundial runs at {running.url}" if running else idle)
    if table.row_count:
        console.print(table)
    raise typer.Exit(0 if running else 1)


@app.command()
def env() -> None:
    """Print the environment of the operator's command: eval "$(make -s env)"."""
    running = Running.read(state_folder())
    if running is None:
        console.print("echo 'Sundial does not run: make up' >&2; false")
        raise typer.Exit(1)
    for name, value in running.environment.items():
        print(f"export {name}={shlex.quote(value)}")


def _count(option: str) -> tuple[str, int]:
    """`availability=2`"""
    service, _, count = option.partition("=")
    if service not in list(Service) or not count.isdecimal() or not 1 <= int(count) <= 32:
        raise typer.BadParameter(f"{option!r} is not like availability=2", param_hint="--processes")
    return service, int(count)


@contextmanager
def _failing_readably() -> Generator[None]:
    """What a person can do something about is said in red, without a traceback."""
    try:
        yield
    except (CannotRun, GaveUp) as error:
        console.print(f"[red]{escape(str(error))}[/]")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        console.print("Ended.")
        raise typer.Exit(_INTERRUPTED) from None
