"""`settings.md`: the environment variables of every service process."""

import ast
import inspect
from enum import Enum
from importlib import import_module
from itertools import pairwise
from typing import Any

from pydantic.fields import FieldInfo

from docs.generate.markdown import code, page, table
from docs.generate.openapi import ALL_SERVICES
from plumbing.settings import ProcessSettings, ServiceSettings

_INTRODUCTION = """\
A service process is configured by environment variables and by nothing else. It reads them once, at the start; when one
is missing or wrong it says so in words and ends with exit code 78. Those of the `sundial` command are in
[how-to/operate.md](../how-to/operate.md)."""

_KEEPING = """\
Realtime keeps nothing, and has no `DATABASE_URL`, `DATABASE_POOL_SIZE` and `TRUSTED_SERVICE_KEYS`."""

_FAILPOINT = """\
`FAILPOINT=name:kill` (also `raise`, or `sleep:SECONDS`) makes a process fail at a named point, for the fault tests. It
is refused when `ENV` is `production`."""


def pages() -> dict[str, str]:
    """The page."""
    parts = ["## Every service", _KEEPING, _fields_table(ServiceSettings, own_only=False)]
    for service in ALL_SERVICES:
        kind: type[ProcessSettings] = import_module(f"{service}.settings").Settings
        parts += [f"## {service}", _fields_table(kind, own_only=True)]
    return {"settings.md": page("Settings", _INTRODUCTION, *parts, "## For tests", _FAILPOINT)}


def _fields_table(kind: type[ProcessSettings], *, own_only: bool) -> str:
    names = inspect.get_annotations(kind) if own_only else kind.model_fields
    fields = {name: field for name, field in kind.model_fields.items() if name in names}
    meanings = _meanings(kind)
    rows = [(code(name.upper()), _default(field), meanings.get(name, "")) for name, field in fields.items()]
    return table(("variable", "default", "meaning"), rows) if rows else "Nothing else."


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value: Any = field.get_default(call_default_factory=True)
    if value in (None, ""):
        return "not set"
    return code(str(value.value if isinstance(value, Enum) else value))


def _meanings(kind: type[ProcessSettings]) -> dict[str, str]:
    """The docstring under each field, those of the parents included."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, ProcessSettings):
            found |= _docstrings(each)
    return found


def _docstrings(kind: type[ProcessSettings]) -> dict[str, str]:
    [tree] = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: " ".join(inspect.cleandoc(text.value.value).split())
        for field, text in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }
