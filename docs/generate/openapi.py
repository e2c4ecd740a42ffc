"""OpenAPI: what every service answers, from the application itself, and all of it in one; nothing is connected to."""

import json
from importlib import import_module
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from docs.generate.merged import merge
from plumbing.settings import Environment, ServiceSettings
from plumbing.testing import TestKeys

SERVICES = ("accounts", "availability", "appointments", "booking_public", "notifications")
"""The packages."""

ALL_SERVICES = (*SERVICES, "realtime")
"""Also what answers no HTTP but a handshake: docs/reference/api/live-calendar.md describes it."""


def pages() -> dict[str, str]:
    """A file per service, and one of all."""
    documents = {service: application(service).openapi() for service in SERVICES}
    documents |= {"sundial": merge(documents, version=version("sundial-accounts"))}
    return {f"openapi/{name.replace('_', '-')}.json": _text(document) for name, document in documents.items()}


def application(service: str) -> FastAPI:
    """The service's application, with settings that lead nowhere."""
    kind: type[ServiceSettings] = import_module(f"{service}.settings").Settings
    needed = {name: _value(service, name) for name, field in kind.model_fields.items() if field.is_required()}
    settings = kind.model_validate({"env": Environment.TEST, **needed})
    return import_module(f"{service}.main").create_app(settings)


def _value(service: str, name: str) -> Any:
    """Something that a setting of this name accepts."""
    if name == "database_url":
        return SecretStr("postgresql://nobody@localhost/nowhere")
    if name == "amqp_url":
        return SecretStr("amqp://localhost")
    if name.endswith("_key"):
        return SecretStr(TestKeys(service).private_json)
    if name.endswith("_keys"):
        return SecretStr(f'{{"keys": [{TestKeys(service).private_json}]}}')
    if name.endswith("_url"):
        return "http://localhost"
    return {"port": 1, "public_origins": ("http://localhost",)}[name]


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
