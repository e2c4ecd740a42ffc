"""How a start tells what it is doing."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

Steps = Callable[[str], AbstractContextManager[None]]
"""`with steps("Starting PostgreSQL"): …`; several may run at once, each in a thread of its own."""


@contextmanager
def silently(_: str) -> Generator[None]:
    """Tell nothing."""
    yield
