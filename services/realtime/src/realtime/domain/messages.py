"""What is sent: a message that only lacks its number on the connection, and the frame around its bytes."""

from collections.abc import Hashable
from dataclasses import dataclass

from plumbing.auth import Role

_FINAL_TEXT = 0x81
_FINAL_PING = 0x89
_TWO_BYTES = 126
_EIGHT_BYTES = 127

PING_FRAME = bytes([_FINAL_PING, 0])
"""The frame of an empty ping."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as JSON around its sequence: written once, however many sockets it goes to.

    A later one with the same `subject` and a higher revision says all that this one says. `only_for`: the roles that
    may see it, when not everybody may.
    """

    type: str
    subject: Hashable
    revision: int
    head: bytes
    tail: bytes
    only_for: frozenset[Role] | None = None

    @property
    def size(self) -> int:
        """How many bytes it has, about: without its number."""
        return len(self.head) + len(self.tail)

    def frame(self, sequence: int) -> bytes:
        """The frame of this message as the one with this number."""
        return text_frame(self.head + str(sequence).encode() + self.tail)


def text_frame(payload: bytes) -> bytes:
    """A whole text message from a server: one frame, not masked, not compressed (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < _TWO_BYTES:
        return bytes((_FINAL_TEXT, size)) + payload
    if size < 1 << 16:
        return bytes((_FINAL_TEXT, _TWO_BYTES)) + size.to_bytes(2) + payload
    return bytes((_FINAL_TEXT, _EIGHT_BYTES)) + size.to_bytes(8) + payload
