"""What may become of an event that others read: optional fields may be added, nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WORDS = frozenset({"title", "description", "default", "examples"})
"""Parts of a schema that say nothing about what is on the wire."""


class ContractBroken(Exception):
    """An event was changed by more than an added optional field."""


def refuse_broken_contracts(stored: Path, made: str) -> None:
    """Raise ContractBroken when the schemas about to be written break those that are stored."""
    if not stored.exists():
        return
    broken = breaches(json.loads(stored.read_text(encoding="utf-8")), json.loads(made))
    if broken:
        raise ContractBroken(
            "\n".join(
                [
                    "Only optional fields may be added to an event; publish a new version beside the old one.",
                    *broken,
                    "Whoever has made sure that nobody reads the old shape deletes it from the stored file first.",
                ]
            )
        )


def breaches(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What has become of the old schemas that must not; one line each."""
    found: list[str] = []
    for name, schema in old.items():
        found += [f"{name}: is gone"] if name not in new else _differences(schema, new[name], name)
    return found


def _differences(old: Any, new: Any, where: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_mappings(old, new, where)
    elif isinstance(old, list) and isinstance(new, list):
        if _ordered(old) != _ordered(new):
            yield f"{where}: was {old}, would be {new}"
    elif old != new:
        yield f"{where}: was {old!r}, would be {new!r}"


def _of_mappings(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    """Both sides must say the same; only named fields and shapes may come in addition."""
    may_grow = where.endswith(("/properties", "/$defs"))
    for key in [key for key in old if may_grow or key not in _WORDS]:
        if key in new:
            yield from _differences(old[key], new[key], f"{where}/{key}")
        elif old[key] != []:
            yield f"{where}/{key}: is gone"
    for key in [key for key in new if key not in old and key not in _WORDS]:
        if not may_grow and key != "$defs":
            yield f"{where}/{key}: was not there"


def _ordered(values: list[Any]) -> list[str]:
    return sorted(json.dumps(_bare(value), sort_keys=True) for value in values)


def _bare(value: Any) -> Any:
    """A schema without words."""
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key not in _WORDS}
    return [_bare(each) for each in value] if isinstance(value, list) else value
