"""PostgreSQL for the tests, and databases of a service cloned from a migrated template."""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from uuid import uuid4

from plumbing.migrations import upgrade
from sundial_local import postgres
from sundial_local.databases import Database, Roles, Server
from sundial_local.failures import CannotRun
from sundial_local.layout import Service
from sundial_local.ports import free_port
from tests.servers import containers
from tests.servers.run import Run

GIVEN = "DATABASE_URL"


def admin_url(run: Run) -> str:
    """The superuser's URL: of the server that was given, else of one that this run starts."""
    return os.environ.get(GIVEN) or run.once("postgres", lambda: _start(run))


class Databases:
    """Makes databases; each test that changes data takes one of its own."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._given = GIVEN in os.environ
        self._server = Server(admin_url(run), run.folder.parent.parent)
        self._prefix = f"sundial_test_{run.folder.name}_"

    def new(self, service: str) -> Database:
        """An empty database of the service, at its newest schema."""
        roles = self._roles(Service(service))
        template = self._run.once(f"template-{service}", lambda: self._make_template(roles))
        return self._server.clone(template, f"{self._prefix}{roles.service.identifier}_{uuid4().hex[:12]}", roles)

    def drop_all(self) -> None:
        """On a server that was given, leave nothing behind; ours is thrown away whole."""
        if self._given:
            self._server.drop_all(self._prefix)

    def _make_template(self, roles: Roles) -> str:
        database = self._server.create(f"{self._prefix}{roles.service.identifier}_template", roles)
        with ThreadPoolExecutor(1) as outside_of_the_event_loop:
            outside_of_the_event_loop.submit(upgrade, str(roles.service), database.owner_url).result()
        return database.name

    def _roles(self, service: Service) -> Roles:
        """Of another name than those of a product that may run on the same server."""
        password = sha256(self._server.admin_url.encode()).hexdigest()[:32]
        return Roles(service, password, password, prefix="sundial_test_")


def _start(run: Run) -> str:
    try:
        server = postgres.Server(run.folder / "postgres", free_port(), uuid4().hex, durable=False)
        server.start()
    except CannotRun:
        return containers.postgres()
    return server.admin_url
