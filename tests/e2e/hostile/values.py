"""Which hostile values a field is sent: all that are none of its kind, whatever else would be right."""

from typing import Any

from tests.e2e.hostile.calls import Field
from tests.e2e.hostile.ids import IDS
from tests.e2e.hostile.money import MONEY, NUMBERS
from tests.e2e.hostile.texts import FLAGS, NO_TEXTS
from tests.e2e.hostile.times import DATES, INSTANTS, ZONES

_LISTS: tuple[Any, ...] = (0, 1.5, True, "", "[]", "a,b", {}, {"0": "a"}, {"length": 1}, [[]] * 5_000)
_OBJECTS: tuple[Any, ...] = (0, 1.5, True, "", "{}", "text", [], [[]], [{}], ["name"])
_BY_KIND: dict[str, tuple[Any, ...]] = {
    "id": IDS,
    "instant": INSTANTS,
    "date": DATES,
    "zone": (*ZONES, *NO_TEXTS),
    "money": MONEY,
    "number": NUMBERS,
    "flag": FLAGS,
    "list": _LISTS,
    "object": _OBJECTS,
}
_WRITTEN = {"number": {"1"}, "flag": {"yes", "no", "on", "true", "false"}}
"""In an address every value is a text, and these are numbers and flags."""


def in_a_body(field: Field) -> tuple[Any, ...]:
    """What a field of a body refuses."""
    if not field.is_strict:
        return ()
    if field.kind == "text":
        return (*NO_TEXTS, *(() if field.most is None else ("x" * (field.most + 1),)))
    return _BY_KIND[field.kind]


def in_a_query(field: Field) -> tuple[str, ...]:
    """What a field of a query refuses, as far as it can be written there."""
    known = tuple(one for one in in_a_body(field) if isinstance(one, str) and "\x00" not in one and one.isprintable())
    return tuple(one for one in known if one not in _WRITTEN.get(field.kind, ()))
