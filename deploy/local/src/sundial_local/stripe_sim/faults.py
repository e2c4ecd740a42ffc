"""Faults that tests ask for: the next calls that match are answered wrongly, late or not at all."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with a call."""

    ERROR = "error"
    """500, and nothing was done."""
    ERROR_AFTER = "error_after"
    """500, although it was done."""
    SILENCE = "silence"
    """No answer for a while, and nothing was done."""
    SILENCE_AFTER = "silence_after"
    """No answer for a while, although it was done."""
    LIMITED = "limited"
    """429."""
    DECLINED = "declined"
    """402: the bank does not want to."""
    BROKEN = "broken"
    """200 with a body that is no JSON."""


@dataclass(slots=True)
class Planned:
    """A fault of the next `times` calls whose `METHOD path` matches."""

    fault: Fault
    pattern: re.Pattern[str]
    times: int
    seconds: float
    """For how long there is no answer."""


class Faults:
    """The faults that are planned; forgotten at the end of the process."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def plan(self, fault: Fault, pattern: str, *, times: int = 1, seconds: float = 30.0) -> None:
        """`pattern`: a regular expression that is searched for in `POST /v1/payment_intents`."""
        self._planned.append(Planned(fault, re.compile(pattern), times, seconds))

    def clear(self) -> None:
        """All is well from now on."""
        self._planned.clear()

    def take(self, method: str, path: str) -> Planned | None:
        """The fault of this call, which counts as one of its times."""
        for planned in self._planned:
            if planned.times > 0 and planned.pattern.search(f"{method} {path}"):
                planned.times -= 1
                return planned
        return None
