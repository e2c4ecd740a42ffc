"""`problems.md`: every error that a client can meet."""

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pkgutil import walk_packages

from docs.generate.markdown import code, page, table
from docs.generate.openapi import SERVICES
from plumbing.problems import Problem

_INTRODUCTION = """\
An error is answered as `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `instance`,
`code` and `traceId`. Programs look at `code`: it never changes. `detail` is for people and may. What else is in the
document is in the last column. Which call can answer which of them is in the OpenAPI files beside this page."""

_FIELDS = {
    "Invalid": "`errors`: `[{pointer, detail}]`",
    "StaleRevision": "`current`: the present state",
    "SlotTaken": "`conflicts`",
    "NotBookable": "`conflicts`",
    "StatusNotAllowed": "`from`, `to`",
}
"""What a document has besides the usual members."""


def pages() -> dict[str, str]:
    """The page."""
    rows = [
        (str(int(kind.status)), code(kind.code()), kind.title(), _home(kind), _FIELDS.get(kind.code(), ""))
        for kind in sorted(every_problem(), key=lambda kind: (kind.status, kind.code()))
    ]
    head = ("status", "code", "title", "from", "further members")
    return {"problems.md": page("Problems", _INTRODUCTION, table(head, rows))}


def every_problem() -> list[type[Problem]]:
    """All subclasses of Problem in plumbing and the services."""
    for package in ("plumbing", *SERVICES):
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            import_module(module.name)
    return [kind for kind in _below(Problem) if kind.__module__.split(".")[0] in {"plumbing", *SERVICES}]


def sentence_of(kind: type[Problem]) -> str:
    """The first paragraph of the docstring that the class itself has; empty when it has none of its own."""
    return re.split(r"\n\s*\n", cleandoc(kind.__dict__.get("__doc__") or ""))[0]


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _home(kind: type[Problem]) -> str:
    package = kind.__module__.split(".")[0]
    return "every service" if package == "plumbing" else package
