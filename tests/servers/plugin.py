"""The fixtures: `postgres_server`, `rabbitmq_server`, `new_database`, `new_virtual_host`."""

import os
from collections.abc import Callable, Generator
from typing import Any

import pytest

from sundial_local.databases import Database
from tests.servers import distribution, postgres, rabbitmq, run

_began = pytest.StashKey[run.Run]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin a run, unless we are a worker of one."""
    if run.VARIABLE not in os.environ:
        config.stash[_began] = run.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever began the run ends its servers."""
    if _began in config.stash:
        os.environ.pop(run.VARIABLE, None)
        config.stash[_began].remove()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """How the tests are spread over workers (`-n 2`)."""
    return distribution.ByProduct(config, log)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The URL of PostgreSQL's superuser: of the server in DATABASE_URL, else of a private one."""
    return postgres.admin_url(run.current())


@pytest.fixture(scope="session")
def rabbitmq_server() -> str:
    """The AMQP URL of the broker in AMQP_URL, else of a private one."""
    return rabbitmq.broker(run.current())[0]


@pytest.fixture(scope="session")
def new_database() -> Generator[Callable[[str], Database]]:
    """`new_database("accounts")`: an empty database at the newest schema, with `app_url` and `owner_url`."""
    databases = postgres.Databases(run.current())
    yield databases.new
    databases.drop_all()


@pytest.fixture(scope="session")
def new_virtual_host() -> Generator[Callable[[], str]]:
    """`new_virtual_host()`: the AMQP URL of an empty virtual host, so that fixed names of queues do not meet."""
    hosts = rabbitmq.VirtualHosts(run.current())
    yield hosts.new
    hosts.drop_all()
