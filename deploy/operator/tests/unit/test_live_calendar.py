"""How long a client of live calendars waits."""

from sundial.live_calendar import Patience


def test_it_waits_longer_after_each_failure_and_never_longer_than_it_may():
    patience = Patience(first=1.0, longest=30.0)
    longest = [max(patience.pause(failures) for _ in range(200)) for failures in (0, 3, 5_000)]
    assert longest[0] <= 1 < longest[1] <= 8 < longest[2] <= 30
