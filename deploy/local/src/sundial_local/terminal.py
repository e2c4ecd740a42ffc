"""What the launcher shows: progress while it starts, and then what to do with it."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sundial_local.steps import Steps

console = Console(highlight=False, soft_wrap=True)


@contextmanager
def progress() -> Generator[Steps]:
    """Steps that are shown while they last; where nobody looks, a line for each when it is done."""
    columns = SpinnerColumn(finished_text="[green]✓[/]"), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:

        @contextmanager
        def step(what: str) -> Generator[None]:
            task, began = shown.add_task(escape(what), total=1), time.monotonic()
            yield
            shown.update(task, completed=1)
            if not console.is_terminal:
                console.print(f"✓ {escape(what)} ({time.monotonic() - began:.1f} s)")

        yield step


def welcome(url: str, demo: str, took: float) -> None:
    """Where it is and what to try."""
    console.print(f"""
[bold green]Sundial is ready[/] after {took:.0f} s:  [bold]{url}[/]

{escape(demo)}

Try next
  the calendar      {url}/calendar
  the booking page  {url}/booking/marina-wellness
  what is sent      {url}/dev/inbox
  the tutorial      docs/tutorials/first-appointment.md
  the API           {url}/api/docs
  a first request   curl -s {url}/api/auth/sign-in -H 'Content-Type: application/json' \\
                      -d '{{"email": "demo@sundial.example", "password": "sundial-demo"}}'
  its logs          make logs          or of one part: make logs PART=appointments FOLLOW=1
  an operator       eval "$(make -s env)" && .venv/bin/sundial outbox status

Ctrl-C ends it; make reset forgets its data.
""")
