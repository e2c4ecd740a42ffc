"""`sundial-local up`: start the product, show it, keep it alive, and end it when told to."""

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import psutil

from sundial_local import demo, running
from sundial_local.failures import CannotRun
from sundial_local.locks import locked_at_once
from sundial_local.ports import is_free
from sundial_local.processes import Record
from sundial_local.product import Product
from sundial_local.running import Running
from sundial_local.supervision import Supervisor
from sundial_local.terminal import console, progress, welcome

SUPERVISOR = "supervisor.json"
_STARTING = "Sundial is being started already (make down ends it)."
_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(folder: Path, port: int, processes: Mapping[str, int]) -> None:
    """Until Ctrl-C or SIGTERM. Raises CannotRun when it cannot start, KeyboardInterrupt when ended while it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    refuse_second(folder)
    with locked_at_once(folder / "up.lock", otherwise=_STARTING):
        running.forget(folder)
        Record.of(os.getpid()).write(folder / SUPERVISOR)
        try:
            _run(folder, port, processes)
        finally:
            running.forget(folder)
            (folder / SUPERVISOR).unlink(missing_ok=True)


def refuse_second(folder: Path) -> None:
    """Raises CannotRun when the product runs on this folder, or is about to."""
    if supervisor(folder) is None:
        return
    here = Running.read(folder)
    raise CannotRun(f"Sundial already runs at {here.url} (make down ends it)." if here else _STARTING)


def supervisor(folder: Path) -> psutil.Process | None:
    """The process that runs the product, or None."""
    record = Record.read(folder / SUPERVISOR)
    return record.process() if record else None


def _run(folder: Path, port: int, processes: Mapping[str, int]) -> None:
    began = time.monotonic()
    for each in _ENDS:
        signal.signal(each, signal.default_int_handler)
    product = Product(folder, port=port, processes=processes)
    product.installation.end_leftovers()
    if not is_free(port):
        raise CannotRun(f"Port {port} is taken by another program. Choose another: make up PORT={port + 1}")
    with progress() as steps:
        product.start(steps)
        try:
            with steps("Loading the demo business"):
                summary = demo.load(product)
        except BaseException:
            product.stop()
            raise
    asked = _when_asked()
    watch = Supervisor(product.parts, console.print)
    watch.start()
    welcome(product.url, summary, time.monotonic() - began)
    Running.of(product).write(folder)  # who waits for it, shows what was said before it
    asked.wait()
    console.print("Ending …")
    watch.end()
    product.stop()
    product.installation.end_leftovers()  # a part that was just being started again
    console.print("Sundial has ended. Its data are kept; make reset forgets them.")


def _when_asked() -> Event:
    """Set by whatever asks us to end, instead of interrupting what we do."""
    asked = Event()
    for each in _ENDS:
        signal.signal(each, lambda *_: asked.set())
    return asked
