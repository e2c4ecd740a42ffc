"""How long what a guest is shown stays so, when nothing is booked and nothing is edited: only the clock goes on."""

from datetime import datetime

from scheduling.hours import day_bounds, local_date
from scheduling.service_rules import ServiceRules


def stays_until(service: ServiceRules, zone: str, first_to_go: datetime | None, *, now: datetime) -> datetime:
    """Until then (exclusive) neither notice nor horizon changes what was found `now`.

    Notice takes starts away one by one, `first_to_go` before all others that count; the horizon lets new ones in when
    the next local date of the business begins.
    """
    next_date = day_bounds(local_date(now, zone), zone).end
    if first_to_go is None:
        return next_date
    return min(next_date, first_to_go - service.min_notice)
