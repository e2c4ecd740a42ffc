"""`sundial`: what an operator does by hand: migrate, republish, dead letters, outbox, demo."""

import asyncio
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from plumbing.migrations import upgrade
from sundial import dead_letters, outboxes
from sundial.demo import load as load_demo
from sundial.environment import KEEPING, Service, owner_url
from sundial.republish import republish as republish_all
from sundial.secrets import make as make_secrets
from sundial.secrets import write as write_secrets

app = typer.Typer(no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False, add_completion=False)
app.add_typer(dead_letters.app, name="dlq")
app.add_typer(outboxes.app, name="outbox")
console = Console()

Services = Annotated[list[Service] | None, typer.Argument(help="Which services; all when none is named.")]


def _keeping(named: list[Service] | None) -> list[Service]:
    """Those of them that have a database."""
    return [service for service in KEEPING if named is None or service in named]


def _version(asked: bool) -> None:
    if asked:
        console.print(version("sundial-operator"))
        raise typer.Exit


@app.callback()
def sundial(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Databases and broker are taken from the environment: see docs/how-to/operate.md."""


@app.command()
def migrate(services: Services = None) -> None:
    """Bring every database to the newest schema. Safe to run twice, and by two at once."""
    for service in _keeping(services):
        upgrade(service.value, owner_url(service))
        console.print(f"[green]✓[/] {service} is at the newest schema")


@app.command()
def republish(services: Services = None) -> None:
    """Tell the present state of everything again, so that copies and a lost broker are filled anew."""
    for service in _keeping(services):
        told = asyncio.run(republish_all(service))
        console.print(f"[green]✓[/] {service}: {told} events wait in the outbox; its relay publishes them")


@app.command()
def demo(
    url: Annotated[str, typer.Option(help="Where the gateway answers.")] = "http://localhost:8080",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print no progress.")] = False,
) -> None:
    """Fill in a demo business with three weeks of appointments. Running it again adds nothing."""
    summary = asyncio.run(load_demo(url, None if quiet else console))
    if not quiet:
        console.print(summary)


@app.command()
def secrets(
    folder: Annotated[Path, typer.Argument(help="Where the files go: `<part>/environment`, for a shell to read.")],
    postgres: Annotated[str, typer.Option(help="host:port of PostgreSQL, as the services see it.")],
    rabbitmq: Annotated[str, typer.Option(help="host:port of RabbitMQ, as the services see it.")],
) -> None:
    """Make the passwords and keys of a new installation. A folder that has them is left as it is."""
    made = write_secrets(folder, make_secrets(postgres=postgres, rabbitmq=rabbitmq))
    console.print("[green]✓[/] new secrets are written" if made else "the secrets are there already")


def main() -> None:
    """The console script."""
    app()
