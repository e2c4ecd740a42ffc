"""Stripe's way to send nested values in a form: `metadata[booking]=1`, `expand[]=charge`, `expand[0]=charge`."""

import re
from typing import Any
from urllib.parse import parse_qsl

from sundial_local.stripe_sim.errors import wrong

_PARTS = re.compile(r"[^\[\]]+|(?<=\[)(?=\])")


def parse(encoded: str) -> dict[str, Any]:
    """The values by name: texts, dictionaries of them, or lists where the names are empty or numbers."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        _place(found, _PARTS.findall(name), value)
    return {name: _with_lists(value) for name, value in found.items()}


def integer(params: dict[str, Any], name: str, *, least: int = 1) -> int | None:
    """A whole number; None when it was not sent. Raises Refused."""
    value = params.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"-?\d+", value):
        raise wrong(name, f"Invalid integer: {value}", "parameter_invalid_integer")
    if int(value) < least:
        raise wrong(name, f"This value must be greater than or equal to {least}.", "parameter_invalid_integer")
    return int(value)


def flag(params: dict[str, Any], name: str) -> bool:
    """A boolean; False when it was not sent. Raises Refused."""
    value = params.get(name, "false")
    if value not in {"true", "false"}:
        raise wrong(name, f"Invalid boolean: {value}")
    return value == "true"


def texts(params: dict[str, Any], name: str) -> dict[str, str]:
    """A dictionary of texts, such as metadata; empty when it was not sent. Raises Refused."""
    value = params.get(name) or {}
    if not isinstance(value, dict):
        raise wrong(name, "Invalid object")
    return {str(key): str(each) for key, each in value.items()}


def only(params: dict[str, Any], *known: str) -> None:
    """Raises Refused for a parameter that Stripe does not know here."""
    for name in params:
        if name not in known and name != "expand":
            raise wrong(name, f"Received unknown parameter: {name}", "parameter_unknown")


def _place(target: dict[str, Any], parts: list[str], value: str) -> None:
    *outer, last = parts
    for part in outer:
        target = target.setdefault(part, {})
    target[last or str(len(target))] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [_with_lists(each) for each in value.values()]
    return {name: _with_lists(each) for name, each in value.items()}
