"""What an installation keeps: its folder, its secrets, its databases, its demo; and how all that is forgotten."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import psutil

from sundial_local import databases
from sundial_local.kept_secrets import Secrets
from sundial_local.layout import KEEPING, Service
from sundial_local.os_account import folder_for, server_account
from sundial_local.processes import kill_recorded, records

PARTS = ("postgres", "rabbitmq", "stripe-sim", "inbox", "nginx", "services")


class Installation:
    """The state in `folder`. `prefix` keeps its databases apart from another's on a server that both use."""

    def __init__(self, folder: Path, *, private_names: bool = False) -> None:
        """`private_names`: give databases and roles a prefix of this folder's own."""
        self.folder = folder
        self.home = folder_for(server_account(), folder)
        self.secrets = Secrets(folder)
        here = hashlib.sha256(bytes(folder.resolve())).hexdigest()[:8]
        self.prefix = f"test_{here}_" if private_names else ""

    def part(self, name: str) -> Path:
        """The folder of a part; servers that run as another account can read it."""
        return self.home / name

    def roles(self, service: Service) -> databases.Roles:
        """The two roles of a service."""
        owner, app = (self.secrets.password(f"{service.identifier}_{role}") for role in ("owner", "app"))
        return databases.Roles(service, owner, app, self.prefix)

    def database_name(self, service: Service) -> str:
        """What its database is called."""
        return f"sundial_{self.prefix}{service.identifier}"

    def databases(self, admin_url: str) -> Mapping[Service, databases.Database]:
        """How the services reach their databases on this server."""
        server = databases.Server(admin_url, self.home)
        return {each: server.database(self.database_name(each), self.roles(each)) for each in KEEPING}

    def create_databases(self, admin_url: str) -> None:
        """Make them, or bring roles and passwords up to date. Raises CannotRun."""
        server = databases.Server(admin_url, self.home)
        for service in KEEPING:
            server.create(self.database_name(service), self.roles(service))

    def end_leftovers(self) -> bool:
        """kill -9 of what a run that was cut off left behind; whether there was anything."""
        killed = [kill_recorded(self.part(name)) for name in PARTS]
        return any(killed)

    def processes(self) -> dict[str, psutil.Process | None]:
        """Every part that was started and not ended; None for one that has died."""
        return {name: each.process() for part in PARTS for name, each in records(self.part(part))}

    def forget(self, given_server: str | None = None) -> None:
        """Delete all data and secrets; on a server that was given, the databases."""
        if given_server:
            server = databases.Server(given_server, self.home)
            for service in KEEPING:
                server.drop(self.database_name(service))
        for name in PARTS:
            shutil.rmtree(self.part(name), ignore_errors=True)
        for name in ("secrets.json", "demo.json"):
            (self.folder / name).unlink(missing_ok=True)
