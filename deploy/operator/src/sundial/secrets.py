"""`sundial secrets`: what a new installation must keep to itself, made once: a file of variables for each part."""

import json
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joserfc.jwk import OKPKey

from sundial.environment import KEEPING, Service

CALLERS = {
    Service.ACCOUNTS: [each for each in Service if each is not Service.ACCOUNTS],
    Service.AVAILABILITY: [Service.APPOINTMENTS, Service.BOOKING_PUBLIC],
    Service.APPOINTMENTS: [Service.BOOKING_PUBLIC],
    Service.BOOKING_PUBLIC: [Service.NOTIFICATIONS],
}
"""Which services may call `/internal` of which."""

Files = dict[str, dict[str, str]]


def make(*, postgres: str, rabbitmq: str) -> Files:
    """New secrets, as the environment of each part; `postgres` and `rabbitmq` are `host:port` as the services see them.

    Nothing has a default, and no two parts share a password: each database has an owner and a runtime role of its own.
    """
    keys = {service: _key(service.value) for service in Service}
    owners, apps = ({service: secrets.token_urlsafe(24) for service in KEEPING} for _ in range(2))
    broker = secrets.token_urlsafe(24)
    files: Files = {
        "postgres": {"POSTGRES_PASSWORD": secrets.token_urlsafe(24)},
        "rabbitmq": {"RABBITMQ_DEFAULT_USER": "sundial", "RABBITMQ_DEFAULT_PASS": broker},
        "operator": {"AMQP_URL": f"amqp://sundial:{broker}@{rabbitmq}/%2F"},
    }
    for service in KEEPING:
        name, role = service.variable, service.identifier
        database = f"{postgres}/sundial_{role}"
        app_url = f"postgresql://{role}_app:{apps[service]}@{database}"
        files["postgres"] |= {f"{name}_OWNER_PASSWORD": owners[service], f"{name}_APP_PASSWORD": apps[service]}
        files["operator"] |= {
            f"{name}_DATABASE_URL": app_url,
            f"{name}_MIGRATION_DATABASE_URL": f"postgresql://{role}_owner:{owners[service]}@{database}",
        }
        files[service.value] = {
            "DATABASE_URL": app_url,
            "AMQP_URL": files["operator"]["AMQP_URL"],
            "SERVICE_PRIVATE_KEY": _json(keys[service].as_dict(private=True)),
            "TRUSTED_SERVICE_KEYS": _public(*(keys[caller] for caller in CALLERS.get(service, []))),
        }
    files[Service.REALTIME.value] = {
        "AMQP_URL": files["operator"]["AMQP_URL"],
        "SERVICE_PRIVATE_KEY": _json(keys[Service.REALTIME].as_dict(private=True)),
    }
    files[Service.ACCOUNTS.value]["SIGNING_KEYS"] = _json({"keys": [_key(secrets.token_hex(8)).as_dict(private=True)]})
    return files


def write(folder: Path, files: Mapping[str, Mapping[str, str]]) -> bool:
    """Write `<part>/environment` files for a shell to read, unless all are there already. Whether it wrote.

    Each part has a folder of its own, so that it can be given its own secrets and no other's.
    """
    done = folder / "operator" / "complete"
    if done.exists():
        return False
    for part, variables in files.items():
        path = folder / part / "environment"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in variables.items()))
    done.touch()
    return True


def _key(name: str) -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": name}, private=True)


def _public(*keys: OKPKey) -> str:
    return _json({"keys": [key.as_dict(private=False) for key in keys]})


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"))
