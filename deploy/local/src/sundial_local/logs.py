"""`sundial-local logs`: the last lines of what the parts wrote, and what they write from now on."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TextIO

from sundial_local.failures import CannotRun
from sundial_local.installation import PARTS

LOOK_EVERY = 0.3


def files(home: Path, part: str | None) -> list[Path]:
    """The logs of a part, or of all. Raises CannotRun, naming the parts that have one."""
    found = sorted(log for folder in PARTS for log in (home / folder).glob("*.log"))
    chosen = [log for log in found if part is None or log.stem == part or log.stem.startswith(f"{part}-")]
    if found and not chosen:
        raise CannotRun(f"There is no log of {part!r}; there are {', '.join(log.stem for log in found)}.")
    return chosen


def last_lines(log: Path, count: int) -> list[str]:
    """The end of a log."""
    return log.read_text(errors="replace").splitlines()[-count:]


def follow(logs: list[Path]) -> Iterator[tuple[str, str]]:
    """The name of the part and its line, as they are written, for ever."""
    opened = [(log.stem, _at_end(log)) for log in logs]
    never = Event()
    while not never.wait(LOOK_EVERY):
        for name, file in opened:
            yield from ((name, line.rstrip("\n")) for line in file)


def _at_end(log: Path) -> TextIO:
    file = log.open(errors="replace")
    file.seek(0, 2)
    return file
