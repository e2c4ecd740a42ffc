"""Statements that have forgotten a condition on the business: one for every such condition of a statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COLUMN = r"(?:\b\w+\.)?\bbusiness_id\b"
_VALUE = r"\$\d+(?:::\w+)?"
_CONDITION = re.compile(
    rf"(?P<before>\b(?:WHERE|AND|OR|ON|WHEN|NOT)\s+|\()"
    rf"(?P<condition>{_COLUMN}\s*=\s*"
    rf"(?:ANY\s*\((?P<values>\$\d+::\w+\[\])\)|(?P<value>{_VALUE})|(?P<column>{_COLUMN})))",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(rf"{_COLUMN}\s*(?:=|<>|!=|\bIN\b|\bIS\b)|USING\s*\([^)]*business_id", re.IGNORECASE)
_SET = re.compile(rf"(?:\bSET|,)\s+{_COLUMN}\s*=\s*\$\d+", re.IGNORECASE)
_NOTHING = "IN (NULL) AND (1 != 1)"
"""What SQLAlchemy asks for when it asks for none of nothing: no row is found, whatever else is asked."""

_SUBQUERY = re.compile(r"\((?=\s*(?:SELECT|DELETE|UPDATE|INSERT)\b)", re.IGNORECASE)
_SETTING = re.compile(r"set_config\('app\.business_id'")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A statement, and what is sent in its stead."""

    statement: str
    text: str

    place: str
    """The condition and the part of the statement that it belongs to; the same where that is the same."""

    def __str__(self) -> str:
        return self.place


def mutants(statement: str) -> Iterator[Mutant]:
    """One for every condition on the business. AssertionError for a condition in a form that is not known here."""
    if _SETTING.search(statement) or _NOTHING in statement:
        return
    known = list(_CONDITION.finditer(statement))
    for found in known:
        start, end = found.span("condition")
        text = statement[:start] + _always(found) + statement[end:]
        place = f"{shape(found['condition'])} in: {shape(_part(statement, start))}"
        yield Mutant(statement, text, place)
    left = _SET.sub("", _CONDITION.sub("", statement))
    unknown = _UNKNOWN.search(left)
    assert unknown is None, f"tests/walls/mutants.py cannot take the condition out of: {statement}"


def shape(statement: str) -> str:
    """What two statements have in common that differ in the numbers of their parameters."""
    return re.sub(r"\s+", " ", re.sub(r"\$\d+", "$", statement)).strip()


def _part(statement: str, position: int) -> str:
    """The innermost subquery around a position, or the whole statement."""
    for opening in (found.end() for found in reversed(list(_SUBQUERY.finditer(statement, 0, position)))):
        depth = 1
        for end in range(opening, len(statement)):
            depth += {"(": 1, ")": -1}.get(statement[end], 0)
            if depth == 0:
                break
        if depth == 0 and end > position:
            return statement[opening:end]
    return statement


def _always(found: re.Match[str]) -> str:
    """True, whatever the business; the parameter stays, or the driver would count one too many."""
    value = found["values"] or found["value"]
    if value is None:
        return "true"
    typed = value if "::" in value else f"{value}::uuid"
    return f"({typed} IS NOT NULL)"
