"""The import contracts hold, and each of them is broken by a planted breach: they are not only written down."""

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SERVICES, packages

BREACHES = [
    # (contract that refuses it, module that is changed or made, what is planted there)
    ("packages", "appointments/domain.py", "import availability"),
    ("packages", "availability/routes.py", "import accounts.domain"),
    ("packages", "accounts/use_cases/planted.py", "from appointments.use_cases.book import book"),
    ("packages", "plumbing/web.py", "import appointments.domain"),
    ("packages", "contracts/money.py", "import plumbing.problems"),
    ("packages", "contracts/money.py", "import scheduling.intervals"),
    ("packages", "scheduling/slots.py", "import contracts.ids"),
    ("packages", "plumbing/clock.py", "import sundial"),
    ("inside-a-service", "appointments/planted.py", '"""A module without a layer."""'),
    ("inside-a-service", "availability/planted/inner.py", '"""A package without a layer."""'),
    ("inside-a-service", "accounts/queries.py", "import accounts.routes"),
    ("inside-a-service", "appointments/domain.py", "import appointments.tables"),
    ("inside-a-service", "appointments/tables.py", "import appointments.queries"),
    ("inside-a-service", "appointments/use_cases/book.py", "import appointments.schemas"),
    ("inside-a-service", "appointments/routes.py", "import appointments.main"),
    ("inside-a-service", "appointments/jobs.py", "import appointments.routes"),
    ("inside-a-service", "availability/consumers.py", "import availability.jobs"),
    ("inside-a-service", "availability/queries.py", "import availability.use_cases"),
    ("inside-a-service", "accounts/settings.py", "import accounts.domain"),
    ("inside-realtime", "realtime/planted.py", '"""A module without a layer."""'),
    ("inside-realtime", "realtime/live/sockets.py", "import realtime.consumers"),
    ("inside-realtime", "realtime/consumers.py", "import realtime.jobs"),
    ("domain-is-pure", "appointments/domain.py", "import sqlalchemy"),
    ("domain-is-pure", "availability/domain.py", "from fastapi import Request"),
    ("domain-is-pure", "accounts/domain.py", "import joserfc.jwt"),
    ("arguments-only", "appointments/use_cases/book.py", "from plumbing.clock import utc_now"),
    ("arguments-only", "availability/queries.py", "from plumbing.http import ServiceClient"),
    ("arguments-only", "accounts/tables.py", "from accounts.settings import Settings"),
    ("acyclic", "scheduling/intervals.py", "import scheduling.slots"),
    ("acyclic", "appointments/use_cases/claim.py", "import appointments.use_cases.book"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of every package side by side, with the contracts."""
    folder = tmp_path_factory.mktemp("tree")
    for name, package in packages().items():
        shutil.copytree(package, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


@pytest.fixture
def plant(copy: Path) -> Iterator[Path]:
    """The copy, in which what a test plants is taken out again."""
    before = {path: path.read_bytes() for path in copy.rglob("*.py")}
    yield copy
    for path in copy.rglob("*.py"):
        if path not in before:
            path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


def test_every_package_is_under_contract():
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    assert set(config["importlinter"]["root_packages"].split()) == set(packages())
    inside = [config[f"importlinter:contract:inside-{which}"]["containers"] for which in ("a-service", "realtime")]
    assert sorted(" ".join(inside).split()) == SERVICES
    pure = config["importlinter:contract:domain-is-pure"]["source_modules"].split()
    assert sorted(pure) == [f"{service}.domain" for service in SERVICES]


def test_every_contract_holds():
    found = _lint(ROOT, [])
    assert found.returncode == 0, found.stdout


def test_the_copy_keeps_every_contract_before_anything_is_planted(copy: Path):
    found = _lint(copy, [])
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_planted_breach_is_refused(plant: Path, contract: str, module: str, line: str):
    path = plant / module
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(f"{path.read_text() if path.exists() else ''}\n{line}\n")
    found = _lint(plant, ["--contract", contract])
    assert found.returncode == 1, found.stdout
    assert "BROKEN" in found.stdout


def _lint(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-logo", "--no-cache", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder) if folder != ROOT else ""},
        capture_output=True,
        text=True,
        check=False,
    )
