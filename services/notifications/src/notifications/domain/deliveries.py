"""What comes of handing a message to a provider: a receipt, a refusal for good, or no answer that counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took it: under which id, and in which words."""

    provider_id: str | None
    said: str


class NotDelivered(Exception):
    """The provider did not take it. `reason` is a word for programs, `said` what the provider said."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.said = said[:500]


class Refused(NotDelivered):
    """It never will: the address takes nothing, or may not be written to."""


class Unanswered(NotDelivered):
    """It may later: nobody answered, or the provider is out of order or too busy."""


class NotYet(NotDelivered):
    """Nobody was asked: something that it is written from is not known yet."""


class SwitchedOff(NotDelivered):
    """This product is not set up for that channel."""
