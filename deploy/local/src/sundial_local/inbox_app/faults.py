"""What people and tests ask for: a provider that is out of order for a while."""

CHANNELS = ("email", "sms", "whatsapp")


class Faults:
    """Which channels are out of order; all is well at the start of the process."""

    def __init__(self) -> None:
        self._down: set[str] = set()

    def set(self, channels: list[str]) -> None:
        """These are out of order from now on, and no others. ValueError for one that there is not."""
        unknown = sorted(set(channels) - set(CHANNELS))
        if unknown:
            raise ValueError(f"no such channel: {', '.join(unknown)}")
        self._down = set(channels)

    def is_down(self, channel: str) -> bool:
        """Whether this one is out of order."""
        return channel in self._down

    def listed(self) -> list[str]:
        """Those that are."""
        return sorted(self._down)
