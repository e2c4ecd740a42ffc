"""Where Chromium is: installed, else from Debian's packages; and how it is started where nobody watches.

`python -m tests.servers.chromium` says it to others than pytest.
"""

import sys
import tempfile
from pathlib import Path
from shutil import which

import pytest

from sundial_local import debian
from tests.servers.run import Run

PACKAGES = ("chromium", "fonts-noto-core")
FLAGS = (
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # so that a page looks the same wherever it is pictured
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)


MISSING = "There is no Chromium for the tests: install it (see CONTRIBUTING.md)."


def program(run: Run) -> str:
    """Its path. Fails the test, with words, where there is none and none can be had."""
    return run.once("chromium", lambda: find(run.folder / "chromium.log") or pytest.fail(MISSING))


def find(log: Path) -> str | None:
    """Its path, if there is one or one can be had."""
    if not which("chromium") and debian.is_debian() and debian.can_install():
        debian.install(PACKAGES, log)
    return which("chromium")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(find(Path(folder) / "chromium.log") or sys.exit(MISSING))
