"""RabbitMQ for the tests, and virtual hosts in which a test has the broker for itself."""

import json
import os
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from sundial_local import rabbitmq
from sundial_local.failures import CannotRun
from sundial_local.ports import free_ports
from tests.servers import containers
from tests.servers.run import Run

GIVEN = "AMQP_URL"
MANAGEMENT_GIVEN = "RABBITMQ_MANAGEMENT_URL"
"""`http://user:password@host:15672` of the broker that AMQP_URL names; without it tests share its virtual host."""


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a user may make, write to and read from, and tell and hear on a topic exchange: regular expressions."""

    configure: str
    write: str
    read: str
    exchange: str
    tells: str
    hears: str


def broker(run: Run) -> tuple[str, str]:
    """The AMQP URL and the management API's (empty when unknown): as given, else of a node that this run starts."""
    if given := os.environ.get(GIVEN):
        return given, os.environ.get(MANAGEMENT_GIVEN, "")
    amqp, management = json.loads(run.once("rabbitmq", lambda: json.dumps(_start(run))))
    return amqp, management


@contextmanager
def limited(run: Run, url: str, permissions: Permissions) -> Generator[str]:
    """The URL for a new user who may do only this there; the same URL on a given broker without a known API."""
    _, management = broker(run)
    if not management:
        yield url
        return
    where, user, password = urlsplit(url), f"user-{uuid4().hex[:12]}", uuid4().hex
    host = quote(unquote(where.path[1:]) or "/", safe="")
    rights = {"configure": permissions.configure, "write": permissions.write, "read": permissions.read}
    topics = {"exchange": permissions.exchange, "write": permissions.tells, "read": permissions.hears}
    _ask(management, "PUT", f"/api/users/{user}", {"password": password, "tags": ""})
    _ask(management, "PUT", f"/api/permissions/{host}/{user}", rights)
    _ask(management, "PUT", f"/api/topic-permissions/{host}/{user}", topics)
    yield where._replace(netloc=f"{user}:{password}@{where.hostname}:{where.port}").geturl()
    _ask(management, "DELETE", f"/api/users/{user}")


class VirtualHosts:
    """Makes virtual hosts."""

    def __init__(self, run: Run) -> None:
        self._amqp, self._management = broker(run)
        self._made: list[str] = []

    def new(self) -> str:
        """The AMQP URL of a new, empty virtual host."""
        if not self._management:
            return self._amqp
        name = f"sundial-test-{uuid4().hex[:12]}"
        _ask(self._management, "PUT", f"/api/vhosts/{name}", {})
        user = quote(urlsplit(self._management).username or "", safe="")
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        _ask(self._management, "PUT", f"/api/permissions/{name}/{user}", everything)
        self._made.append(name)
        return urlsplit(self._amqp)._replace(path=f"/{name}").geturl()

    def drop_all(self) -> None:
        """On a broker that was given, leave nothing behind; ours is thrown away whole."""
        for name in self._made if GIVEN in os.environ else []:
            _ask(self._management, "DELETE", f"/api/vhosts/{name}")


def _start(run: Run) -> tuple[str, str]:
    try:
        server = rabbitmq.Server(run.folder / "rabbitmq", rabbitmq.Ports(*free_ports(4)), uuid4().hex)
        server.start()
    except CannotRun:
        return containers.rabbitmq()
    return server.url, server.management_url


def _ask(management: str, method: str, path: str, body: dict[str, str] | None = None) -> None:
    where = urlsplit(management)
    login = f"{unquote(where.username or '')}:{unquote(where.password or '')}"
    headers = {
        "Authorization": f"Basic {b64encode(login.encode()).decode()}",
        "Content-Type": "application/json",
    }
    connection = HTTPConnection(where.hostname or "", where.port, timeout=20)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    assert status < 300, f"RabbitMQ's management API answered {method} {path} with {status}"
