"""What the product is made of, as those see it who start, watch and end it."""

from typing import Protocol

from sundial_local.processes import Child


class Part(Protocol):
    """One server or service process."""

    @property
    def name(self) -> str:
        """Also the name of its log."""
        ...

    @property
    def child(self) -> Child:
        """Its process."""
        ...

    def start(self) -> None:
        """Start it on what it kept, and wait until it is ready. Raises CannotRun or GaveUp."""
        ...

    def stop(self) -> None:
        """An orderly end; nothing happens when it does not run."""
        ...

    def kill(self) -> None:
        """kill -9."""
        ...
