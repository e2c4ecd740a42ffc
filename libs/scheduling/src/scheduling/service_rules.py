"""What a service asks of a start."""

from dataclasses import dataclass
from datetime import timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ResourceNeed:
    """So many units of a kind of resource."""

    kind: str
    quantity: int = 1

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise ValueError(f"a need is for at least one unit: {self.quantity}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRules:
    """What a service asks of a start. All lengths are whole minutes, else ValueError."""

    duration: timedelta
    active: bool = True
    buffer_before: timedelta = timedelta()
    buffer_after: timedelta = timedelta()
    slot_interval: timedelta = timedelta(minutes=15)
    min_notice: timedelta = timedelta()
    max_advance_days: int = 60
    resource_needs: tuple[ResourceNeed, ...] = ()

    def __post_init__(self) -> None:
        if self.duration <= timedelta() or self.slot_interval <= timedelta():
            raise ValueError("the duration and the slot interval must be longer than nothing")
        if min(self.buffer_before, self.buffer_after, self.min_notice) < timedelta() or self.max_advance_days < 0:
            raise ValueError("buffers, notice and horizon must not be negative")
        if any(length % MINUTE for length in self._lengths()):
            raise ValueError("a service is timed in whole minutes")
        if len({need.kind for need in self.resource_needs}) < len(self.resource_needs):
            raise ValueError("each resource kind is needed once, with its quantity")

    def _lengths(self) -> tuple[timedelta, ...]:
        return (self.duration, self.buffer_before, self.buffer_after, self.slot_interval, self.min_notice)
