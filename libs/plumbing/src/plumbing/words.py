"""What is wrong with a value, in words of ours: they follow the name of a field, and speak of JSON, not of Python."""

import re
from collections.abc import Mapping
from typing import Any

SHAPES = {
    r"^[A-Z]{3}$": "must be a currency code such as AED",
    r"^#[0-9a-fA-F]{6}$": "must be a colour such as #2f855a",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "must be a language tag such as en or ar-AE",
    "^[^\x00]*$": "must not contain the character U+0000",
    r"^[A-Za-z0-9_-]+$": "must be letters, digits, - and _",
    r"^[0-9]{6}$": "must be six digits",
    r"^[ -~]+$": "must be ASCII characters",
    r"^[!-~]+$": "must be visible ASCII characters",
}
"""The patterns of our fields, and what a person would call them."""

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this",
    "string_type": "must be text",
    "string_too_short": "must have at least {min_length} character",
    "string_too_long": "must have at most {max_length} character",
    "string_unicode": "must be text in UTF-8",
    "too_short": "must have at least {min_length} {unit}",
    "too_long": "must have at most {max_length} {unit}",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "finite_number": "must be a number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "uuid_type": "must be an id",
    "uuid_parsing": "must be an id",
    "uuid_version": "must be an id",
    "dict_type": "must be a JSON object",
    "mapping_type": "must be a JSON object",
    "model_type": "must be a JSON object",
    "model_attributes_type": "must be a JSON object",
}
_BY_BEGINNING = {
    "int_": "must be a whole number",
    "bool_": "must be true or false",
    "list_": "must be a list",
    "set_": "must be a list",
    "frozen_set_": "must be a list",
    "tuple_": "must be a list",
    "date_": "must be a date such as 2026-11-24",
    "datetime_": "must be an RFC 3339 instant with an offset, such as 2026-11-24T09:00:00Z",
    "timezone_": "must be an RFC 3339 instant with an offset, such as 2026-11-24T09:00:00Z",
}
_MEMBER = re.compile(r"<[^<>:]+: ('[^']*'|[^<>]*)>")
"""A member of an enumeration as Python shows it."""

_LISTS = frozenset({"List", "Set", "Frozenset", "Tuple", "Dictionary"})
_OWN = "Value error, "


def words(item: Mapping[str, Any]) -> str:
    """What is wrong, from an item of `ValidationError.errors()`; what a validator of ours says is taken as it is."""
    kind, context = item["type"], item.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        return f"must be {_values(context['expected'])}"
    if kind == "string_pattern_mismatch":
        return SHAPES.get(context["pattern"], "does not have the form that it must have")
    if kind in _WORDS:
        return _counted(_WORDS[kind], context)
    for beginning, said in _BY_BEGINNING.items():
        if kind.startswith(beginning):
            return said
    return str(item["msg"]).removeprefix(_OWN)


def _values(expected: str) -> str:
    """`CONFIRMED or CANCELLED`: the values as they stand in JSON, but for the quotes."""
    return _MEMBER.sub(r"\1", expected).replace("'", "")


def _counted(said: str, context: Mapping[str, Any]) -> str:
    """The words with their numbers in them, in the singular for one."""
    if context.get("min_length") == 1 and "character" in said:
        return "must not be empty"
    unit = "item" if context.get("field_type") in _LISTS else "character"
    text = said.format(**context, unit=unit)
    one = 1 in (context.get("min_length"), context.get("max_length"))
    return text if one or not text.endswith((" item", " character")) else f"{text}s"
