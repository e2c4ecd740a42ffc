"""A lock between processes: a file that one of them holds until it ends."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sundial_local.failures import CannotRun


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Wait for our turn."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_at_once(path: Path, *, otherwise: str) -> Generator[None]:
    """Take the lock now; raises CannotRun with `otherwise` when another process holds it."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(otherwise) from None
        yield
