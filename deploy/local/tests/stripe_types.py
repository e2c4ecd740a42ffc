"""Whether an object has the shape that the types of the `stripe` SDK say: no field less, none that it does not know."""

import typing
from types import UnionType
from typing import Any

import stripe
from stripe._stripe_object import UntypedStripeObject

_NONE = type(None)


def wrongs(value: Any, of: type, where: str = "") -> list[str]:
    """What is wrong with an object of this class of the SDK; nothing when it is right."""
    if not isinstance(value, dict):
        return [f"{where}: {type(value).__name__} instead of {of.__name__}"]
    fields = {name: kind for name, kind in of.__annotations__.items() if typing.get_origin(kind) is not typing.ClassVar}
    known = {name: value[name] for name in value if name in fields}
    found = [f"{where}.{name}: unknown to the SDK" for name in value if name not in fields]
    found += [f"{where}.{name}: missing" for name, kind in fields.items() if name not in value and not _may_miss(kind)]
    return found + [wrong for name, each in known.items() for wrong in _check(each, fields[name], f"{where}.{name}")]


def _check(value: Any, kind: Any, where: str) -> list[str]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, UnionType}:
        return min((_check(value, each, where) for each in _alternatives(inner)), key=len)
    if origin is list:
        return [wrong for each in value for wrong in _check(each, inner[0], f"{where}[]")]
    return _check_one(
        value,
        getattr(stripe, kind.__forward_arg__.removesuffix("Resource")) if isinstance(kind, typing.ForwardRef) else kind,
        where,
    )


def _check_one(value: Any, kind: Any, where: str) -> list[str]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return [] if value in inner else [f"{where}: {value!r} is none of {inner}"]
    if kind is Any or UntypedStripeObject in {origin, kind}:
        return []
    if issubclass(kind, stripe.StripeObject):
        return wrongs(value, kind, where)
    return [] if isinstance(value, kind) else [f"{where}: {value!r} is no {kind}"]


def _alternatives(inner: tuple[Any, ...]) -> list[Any]:
    """The SDK adds `str` to its own words, for those of later versions; the words that it knows are meant here."""
    literal = any(typing.get_origin(each) is typing.Literal for each in inner)
    return [each for each in inner if not (literal and each is str)]


def _may_miss(kind: Any) -> bool:
    return typing.get_origin(kind) in {typing.Union, UnionType} and _NONE in typing.get_args(kind)
