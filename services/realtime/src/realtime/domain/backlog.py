"""What a slow reader is owed: bounded, and of each subject only the newest."""

from collections.abc import Hashable

from realtime.domain.messages import Message

MOST_MESSAGES = 256
MOST_BYTES = 256 * 1024


class BacklogFull(Exception):
    """Somebody reads so slowly that nothing more is kept for them."""


class Backlog:
    """Messages in the order in which they came; one with news of a subject takes the place of an older one."""

    def __init__(self, *, most: int = MOST_MESSAGES, most_bytes: int = MOST_BYTES) -> None:
        """Empty."""
        self._most = most
        self._most_bytes = most_bytes
        self._waiting: dict[Hashable, Message] = {}
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, message: Message) -> bool:
        """Keep a message; whether it took an older one's place. Raises BacklogFull, and keeps nothing then."""
        older = self._waiting.get(message.subject)
        size = self._bytes + message.size - (older.size if older else 0)
        if size > self._most_bytes or (older is None and len(self._waiting) >= self._most):
            raise BacklogFull
        if older is not None and older.revision >= message.revision:
            return True
        self._waiting[message.subject] = message
        self._bytes = size
        return older is not None

    def take(self) -> Message:
        """The oldest; it is kept no longer. Raises StopIteration when there is none."""
        subject = next(iter(self._waiting))
        message = self._waiting.pop(subject)
        self._bytes -= message.size
        return message

    def clear(self) -> None:
        """Forget everything."""
        self._waiting.clear()
        self._bytes = 0
