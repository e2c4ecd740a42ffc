"""The operator's command `sundial`, run as an operator would: a process with an environment."""

import os
import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from sundial_local.failures import CannotRun

PASSED_ON = ("PATH", "LANG")


def run(command: str, environment: Mapping[str, str], *options: str) -> str:
    """What `sundial <command>` printed. Raises CannotRun with the end of what it said when it failed."""
    own = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    done = subprocess.run(
        [Path(sysconfig.get_path("scripts")) / "sundial", command, *options],
        env={"COLUMNS": "200", **own, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        end = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise CannotRun(f"`sundial {command}` failed:\n{end}")
    return done.stdout
