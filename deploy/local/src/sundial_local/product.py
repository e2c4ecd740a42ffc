"""The whole product as plain processes on one machine: what `make up` runs, and the end-to-end tests."""

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Literal

from sundial_local import (
    debian,
    inbox,
    nginx,
    nginx_programs,
    operator_command,
    postgres,
    rabbitmq,
    rabbitmq_programs,
    stripe,
)
from sundial_local.failures import CannotRun
from sundial_local.installation import Installation
from sundial_local.layout import KEEPING, Service
from sundial_local.parts import Part
from sundial_local.ports import LOOPBACK, free_port, free_ports
from sundial_local.service_environment import Wiring
from sundial_local.services import ServiceProcesses
from sundial_local.steps import Steps, silently

Role = Literal["app", "owner", "admin"]


class Profile(StrEnum):
    """What it is run for."""

    DEMO = "demo"
    """By a person, who wants to find the data again after a power cut."""
    TEST = "test"
    """By a test: not a byte is forced to the disk."""


class Product:
    """PostgreSQL, RabbitMQ, the stand-ins, the services and nginx, data in `folder`. Start again keeps the data."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        profile: Profile | Literal["demo", "test"] = Profile.DEMO,
        processes: Mapping[str, int] | None = None,
        environment: Mapping[str, str] | None = None,
        postgres_url: str | None = None,
        amqp_url: str | None = None,
    ) -> None:
        """`port`: the gateway's, a free one if None. `processes`: how many of a service, one if not named.

        `environment`: more variables for every service. `postgres_url` (of a superuser) and `amqp_url` name servers to
        use instead of private ones; without them, DATABASE_URL and AMQP_URL do.
        """
        test = Profile(profile) is Profile.TEST
        self.installation = Installation(folder, private_names=test)
        self.port = port or free_port()
        self._given_postgres = postgres_url or os.environ.get("DATABASE_URL")
        self._given_broker = amqp_url or os.environ.get("AMQP_URL")
        self._environment = dict(environment or {})
        self._ending = Event()
        self._make_servers(durable=not test)
        self._make_services(processes or {})

    @property
    def url(self) -> str:
        """Where the gateway answers."""
        return self.nginx.url

    @property
    def admin_url(self) -> str:
        """PostgreSQL's superuser."""
        return self._given_postgres or self.postgres.admin_url

    @property
    def amqp_url(self) -> str:
        """The broker."""
        return self._given_broker or self.rabbitmq.url

    @property
    def postgres(self) -> postgres.Server:
        """The private server; LookupError when another is used."""
        if self._postgres is None:
            raise LookupError("DATABASE_URL names a server that is not ours to stop")
        return self._postgres

    @property
    def rabbitmq(self) -> rabbitmq.Server:
        """The private node; LookupError when another is used."""
        if self._rabbitmq is None:
            raise LookupError("AMQP_URL names a broker that is not ours to stop")
        return self._rabbitmq

    def service(self, name: str) -> ServiceProcesses:
        """The processes of a service."""
        return self._services[Service(name)]

    def part(self, name: str) -> Part | ServiceProcesses:
        """`postgres`, `rabbitmq`, `stripe-sim`, `inbox`, `nginx`, or a service."""
        servers: dict[str, Part] = {part.name: part for part in self._servers()}
        return servers[name] if name in servers else self.service(name)

    @property
    def parts(self) -> list[Part]:
        """Every process, in the order in which they need each other."""
        processes = [process for service in self._services.values() for process in service.processes]
        return [*self._servers()[:-1], *processes, self.nginx]

    def database_url(self, service: str, role: Role = "app") -> str:
        """A service's database, as its runtime role, its owner, or the superuser."""
        database = self.installation.databases(self.admin_url)[Service(service)]
        match role:
            case "app":
                return database.app_url
            case "owner":
                return database.owner_url
            case "admin":
                return f"{self.admin_url.rpartition('/')[0]}/{database.name}"

    def operator_environment(self) -> dict[str, str]:
        """What the command `sundial` needs to be told."""
        found = {"AMQP_URL": self.amqp_url, "SUNDIAL_URL": self.url}
        for service in KEEPING:
            found[f"{service.variable}_DATABASE_URL"] = self.database_url(service)
            found[f"{service.variable}_MIGRATION_DATABASE_URL"] = self.database_url(service, "owner")
        return found

    def start(self, steps: Steps = silently) -> None:
        """Start everything, and wait until it is ready. Raises CannotRun or GaveUp; leaves nothing running."""
        self._ending.clear()
        together = ThreadPoolExecutor()
        try:
            self.installation.end_leftovers()
            self._start_all(steps, together)
        except BaseException:
            self._ending.set()
            self.kill()
            together.shutdown(cancel_futures=True)
            self.kill()
            raise
        together.shutdown()

    def stop(self) -> None:
        """End everything, in an order in which nobody misses anybody."""
        self.nginx.stop()
        with ThreadPoolExecutor() as together:
            list(together.map(ServiceProcesses.stop, self._services.values()))
            list(together.map(lambda part: part.stop(), self._servers()[:-1]))

    def kill(self) -> None:
        """kill -9 of everything."""
        for part in reversed(self.parts):
            part.kill()
        self.installation.end_leftovers()

    def forget(self) -> None:
        """Delete all that it keeps; it must not run."""
        self.installation.forget(self._given_postgres)

    def _make_servers(self, *, durable: bool) -> None:
        place, secrets = self.installation.part, self.installation.secrets
        self._postgres = None
        if self._given_postgres is None:
            password = secrets.password("postgres")
            self._postgres = postgres.Server(place("postgres"), free_port(), password, durable=durable)
        self._rabbitmq = None
        if self._given_broker is None:
            ports = rabbitmq.Ports(*free_ports(4))
            self._rabbitmq = rabbitmq.Server(place("rabbitmq"), ports, secrets.password("rabbitmq"))
        webhooks = f"http://{LOOPBACK}:{self.port}/api/webhooks/stripe"
        self.stripe = stripe.Server(place("stripe-sim"), free_port(), secrets.stripe(), webhook_url=webhooks)
        self.inbox = inbox.Server(place("inbox"), *free_ports(2))
        self.nginx = nginx.Server(
            place("nginx"),
            self.port,
            lambda: {name: service.ports for name, service in self._services.items()},
            stand_ins={"/dev/stripe": self.stripe.port, "/dev/inbox": self.inbox.port},
        )

    def _make_services(self, processes: Mapping[str, int]) -> None:
        directory = self.installation.part("services")
        self._services = {
            service: ServiceProcesses(service, directory, free_ports(processes.get(service, 1))) for service in Service
        }

    def _servers(self) -> list[Part]:
        servers = (self._postgres, self._rabbitmq, self.stripe, self.inbox, self.nginx)
        return [part for part in servers if part is not None]

    def _start_all(self, steps: Steps, together: ThreadPoolExecutor) -> None:
        """RabbitMQ is the slowest, and migrations do not need it: it starts beside them."""
        installed = together.submit(self._install, steps)
        broker = together.submit(self._start_broker, steps, installed)
        if self._postgres:
            with steps("Starting PostgreSQL"):
                self._start(self._postgres)
        with steps("Preparing the databases"):
            self.installation.create_databases(self.admin_url)
            operator_command.run("migrate", self.operator_environment())
        stand_ins = together.submit(self._start_stand_ins, steps)
        begun = [together.submit(self._start_service, steps, each) for each in self._services.values()]
        for each in (broker, stand_ins, *begun):
            each.result()
        with steps("Starting the gateway"):
            self._start(self.nginx)

    def _install(self, steps: Steps) -> None:
        """All packages at once; where we may not install, each server unpacks its own."""
        broker = () if self._given_broker else rabbitmq_programs.missing()
        packages = (*broker, *nginx_programs.missing())
        if packages and debian.is_debian() and debian.can_install():
            with steps(f"Installing {', '.join(packages)}"):
                debian.install(packages, self.installation.home / "packages.log")

    def _start_broker(self, steps: Steps, installed: Future[None]) -> None:
        installed.result()
        if self._rabbitmq:
            with steps("Starting RabbitMQ"):
                self._start(self._rabbitmq)

    def _start_stand_ins(self, steps: Steps) -> None:
        with steps("Starting the stand-in for Stripe, and the inbox"):
            self._start(self.stripe)
            self._start(self.inbox)

    def _start_service(self, steps: Steps, service: ServiceProcesses) -> None:
        service.env.update(self._wiring().environment(service.service) | self._environment)
        with steps(f"Starting {service.name}"):
            self._start(service)

    def _start(self, part: Part | ServiceProcesses) -> None:
        """Nothing more is started once the end has begun."""
        if self._ending.is_set():
            raise CannotRun(f"{part.name} was not started: the product is ending")
        part.start()

    def _wiring(self) -> Wiring:
        return Wiring(
            gateway_port=self.port,
            amqp_url=self.amqp_url,
            database_urls={service: self.database_url(service) for service in KEEPING},
            ports={name: service.ports[0] for name, service in self._services.items()},
            secrets=self.installation.secrets,
            stripe_url=self.stripe.url,
            inbox=self.inbox.variables(),
        )
