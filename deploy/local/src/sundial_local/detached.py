"""`sundial-local up --detach`: the same in a process of its own, waited for until it is ready."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sundial_local.failures import CannotRun
from sundial_local.foreground import refuse_second
from sundial_local.running import Running
from sundial_local.waiting import wait_until

LOG = "up.log"
_START_SECONDS = 900.0


def start(folder: Path, options: Sequence[str]) -> None:
    """Show what it says until it is ready. Raises CannotRun when it ends instead."""
    folder.mkdir(parents=True, exist_ok=True)
    refuse_second(folder)
    with (folder / LOG).open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "sundial_local", "up", *options],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _show(folder, process)
    except KeyboardInterrupt:
        process.terminate()
        raise
    if process.poll() is not None:
        raise CannotRun("Sundial was not started.")


def _show(folder: Path, process: subprocess.Popen[bytes]) -> None:
    with (folder / LOG).open(encoding="utf-8") as words:

        def settled() -> bool:
            done = process.poll() is not None or Running.read(folder) is not None
            print(words.read(), end="", flush=True)
            return done

        wait_until(settled, seconds=_START_SECONDS, what="Sundial starts")
