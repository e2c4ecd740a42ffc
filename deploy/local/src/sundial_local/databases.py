"""The databases of the services on one PostgreSQL server: made by the same SQL as in the compose file."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from sundial_local import postgres_binaries
from sundial_local.failures import CannotRun
from sundial_local.layout import Service, postgres_files
from sundial_local.os_account import Account


@dataclass(frozen=True, slots=True)
class Database:
    """One service's database as its two roles see it."""

    name: str
    app_url: str
    owner_url: str


@dataclass(frozen=True, slots=True)
class Roles:
    """The two roles of a service; `prefix` keeps a test's apart from the product's on a server that both use."""

    service: Service
    owner_password: str
    app_password: str
    prefix: str = ""

    @property
    def owner(self) -> str:
        """Runs the migrations and owns the tables."""
        return f"{self.prefix}{self.service.identifier}_owner"

    @property
    def app(self) -> str:
        """What the service runs as; owns nothing."""
        return f"{self.prefix}{self.service.identifier}_app"


class Server:
    """A PostgreSQL server, wherever it runs, as its superuser sees it."""

    def __init__(self, admin_url: str, programs: Path) -> None:
        """`programs`: where a copy of the client programs may be kept."""
        self.admin_url = admin_url
        self._psql = postgres_binaries.find(Account(), programs)["psql"]

    def create(self, name: str, roles: Roles) -> Database:
        """The database and the roles, made or brought up to date. Raises CannotRun."""
        variables = {
            "DATABASE_NAME": name,
            "OWNER_ROLE": roles.owner,
            "OWNER_PASSWORD": roles.owner_password,
            "APP_ROLE": roles.app,
            "APP_PASSWORD": roles.app_password,
        }
        self._run((postgres_files() / "database.sql").read_text(), variables)
        return self.database(name, roles)

    def clone(self, template: str, name: str, roles: Roles) -> Database:
        """A copy of a database that nobody is connected to."""
        self._run(f"""
            CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{roles.owner}";
            REVOKE ALL ON DATABASE "{name}" FROM PUBLIC;
            GRANT CONNECT ON DATABASE "{name}" TO "{roles.owner}", "{roles.app}";
        """)
        return self.database(name, roles)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def drop_all(self, prefix: str) -> None:
        """Remove the databases whose names begin with `prefix`, whoever is connected to them."""
        self._run(f"""
            SELECT format('DROP DATABASE %I WITH (FORCE)', datname)
            FROM pg_database WHERE starts_with(datname, '{prefix}') \\gexec
        """)  # noqa: S608  # the prefix is ours

    def database(self, name: str, roles: Roles) -> Database:
        """How the two roles reach a database."""
        return Database(
            name,
            app_url=url_for(self.admin_url, roles.app, roles.app_password, name),
            owner_url=url_for(self.admin_url, roles.owner, roles.owner_password, name),
        )

    def _run(self, script: str, variables: dict[str, str] | None = None) -> None:
        """Secrets go by the environment, where other accounts of the machine cannot read them."""
        parts = urlsplit(self.admin_url)
        address = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")).geturl()
        own = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PGCONNECT_TIMEOUT": "10"}
        done = subprocess.run(
            [self._psql, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", "-", address],
            env=own | {"PGPASSWORD": unquote(parts.password or "")} | (variables or {}),
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotRun(f"PostgreSQL refused to prepare a database:\n{done.stderr.strip()}")


def url_for(admin_url: str, user: str, password: str, database: str) -> str:
    """The server of `admin_url` as another user and database."""
    parts = urlsplit(admin_url)
    server = parts.netloc.rpartition("@")[2]
    return parts._replace(
        netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{server}", path=f"/{database}"
    ).geturl()
