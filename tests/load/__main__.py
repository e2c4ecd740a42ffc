"""`python -m tests.load`: measure, print a table, keep it in docs/reference/performance.md."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import uvloop

from plumbing.clock import utc_now
from sundial_local.failures import CannotRun
from sundial_local.layout import state_folder
from sundial_local.os_account import folder_for, server_account
from tests.load import page, wrk
from tests.load.figure import Effort, Figure, Measured
from tests.load.figures.booking import BOOKING
from tests.load.figures.calendar import CALENDAR
from tests.load.figures.events import EVENTS
from tests.load.figures.fan_out import FAN_OUT
from tests.load.figures.growth import GROWTH
from tests.load.figures.kernel import KERNEL
from tests.load.figures.many_calendars import MANY_CALENDARS
from tests.load.figures.public_slots import PUBLIC_SLOTS
from tests.load.figures.slots import SLOTS
from tests.load.figures.staff import STAFF
from tests.load.figures.stampede import STAMPEDE
from tests.load.machine import described
from tests.load.rounds import take
from tests.load.stage import Stage
from tests.load.table import plain

FIGURES = (KERNEL, SLOTS, PUBLIC_SLOTS, BOOKING, STAMPEDE, EVENTS, STAFF, CALENDAR, GROWTH, FAN_OUT, MANY_CALENDARS)
type Keep = Callable[[Measured], None]
QUICK = Effort(rounds=1, seconds=1, quick=True)
_LAST_WORDS = """\
Every figure is a ratio to a limit that is measured in the same rounds, in turn; the median of the rounds' ratios
counts.
The exit status is 1 when a target is missed or a check is broken. What was measured is written to
docs/reference/performance.md, unless --quick or --only-print is given."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit status."""
    asked = _parser().parse_args(arguments)
    figures = [figure for figure in FIGURES if not asked.only or figure.name in asked.only]
    effort = QUICK if asked.quick else Effort(asked.rounds, asked.seconds)
    home = folder_for(server_account(), state_folder())
    for given in ("DATABASE_URL", "AMQP_URL"):
        os.environ.pop(given, None)  # only servers of our own, which write everything to the disk, say something
    try:
        wrk.install(home / "bench-install.log")

        def keep(measured: Measured) -> None:
            print(f"{plain(measured)}\n", flush=True)
            if not (effort.quick or asked.only_print):
                page.write(measured, described(home), effort, utc_now().date().isoformat())

        measured = asyncio.run(_measure(figures, effort, home / "bench", keep), loop_factory=uvloop.new_event_loop)
    except CannotRun as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if effort.quick:
        print("One short round on a hundredth of the data: it runs, and the figures say nothing.")
    return 0 if all(each.holds for each in measured) else 1


async def _measure(figures: Sequence[Figure], effort: Effort, folder: Path, keep: Keep) -> list[Measured]:
    """Each is kept at once: one that breaks after half an hour takes nothing along."""
    measured = list[Measured]()
    async with Stage(folder, quick=effort.quick, say=_say) as stage:
        for figure in figures:
            measured.append(await take(figure, stage, effort, _say))
            keep(measured[-1])
    return measured


def _say(words: str) -> None:
    print(f"{utc_now():%H:%M:%S} {words}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "make bench", description=__doc__, epilog=_LAST_WORDS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [figure.name for figure in FIGURES]
    parser.add_argument("--only", action="append", choices=names, help="measure only this figure; may be repeated")
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count (7)")
    parser.add_argument("--seconds", type=float, default=2, help="seconds of each measurement in a round (2)")
    parser.add_argument("--quick", action="store_true", help="one short round on little data: does it run at all?")
    parser.add_argument("--only-print", action="store_true", help="leave the documentation as it is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
