"""Why a socket is closed: the codes that clients are told (RFC 6455, section 7.4), with words for people."""

from enum import Enum


class Close(Enum):
    """A code and a reason. Those from 4000 on are this product's own, after the HTTP status that says the same."""

    NOT_SIGNED_IN = (4401, "not signed in")
    NOT_THIS_BUSINESS = (4403, "not this business")
    TOO_SLOW = (4408, "too slow")
    SIGNED_OUT = (4409, "signed out elsewhere")
    TOO_MANY = (4429, "too many connections")
    FLOODING = (1008, "too many messages")
    RESTARTING = (1012, "restarting; come back")
    UNAVAILABLE = (1013, "try again later")

    @property
    def code(self) -> int:
        """The number."""
        return self.value[0]

    @property
    def reason(self) -> str:
        """The words."""
        return self.value[1]
