"""The templates: everything that comes from people is escaped, and what no document can hold is left out."""

import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters but tab and line feed, halves of characters, and what is no character (HTML, 13.2.3.5)."""

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the text after it. In the page each text is kept apart; a title cannot be."""


def in_one_line(text: str, most: int = 200) -> str:
    """A text for a title or an attribute: no line ends, nothing that turns what follows, at most so many characters."""
    words = " ".join(_TURNS.sub("", text).split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def render(template: str, **values: Any) -> bytes:
    """The document in UTF-8."""
    return _environment.get_template(template).render(values).encode()


def _printable(value: Any) -> Any:
    return value.__class__(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else value


_environment = Environment(
    loader=PackageLoader(__name__.rpartition(".")[0]),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_printable,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_environment.filters["in_one_line"] = in_one_line
