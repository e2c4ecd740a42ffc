"""`sundial-local down` and `reset`: end the product from another terminal, and forget what it keeps."""

from pathlib import Path

import psutil

from sundial_local.failures import CannotRun
from sundial_local.foreground import supervisor
from sundial_local.product import Product

_PATIENCE = 60.0


def end(folder: Path) -> bool:
    """Ask the process that runs the product to end, and wait for it; whether there was anything to end.

    What a run that was cut off left behind is killed. Raises CannotRun when it does not end.
    """
    process = supervisor(folder)
    if process:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except psutil.TimeoutExpired:
            raise CannotRun(f"Process {process.pid} does not end; its log is {folder / 'up.log'}.") from None
    if not folder.exists():
        return False
    return Product(folder).installation.end_leftovers() or process is not None


def forget(folder: Path) -> None:
    """End it, and delete its data and secrets."""
    end(folder)
    if folder.exists():
        Product(folder).forget()
