"""B3: the plain interval walk: what is free between one appointment and the next, in pure Python on plain numbers."""

from collections.abc import Sequence

Day = Sequence[tuple[int, int]]
"""What is busy on a day: start and end in minutes since midnight, ascending, none overlapping."""


def starts_of_month(
    staff: Sequence[Sequence[Day]], *, opens: int, closes: int, duration: int, step: int
) -> list[list[int]]:
    """For each day the starts, in minutes, at which anybody is free for the whole duration. All have the same hours."""
    found: list[list[int]] = []
    for day in range(len(staff[0])):
        anybody: set[int] = set()
        for days in staff:
            free_from = opens
            for start, end in (*days[day], (closes, closes)):
                if start - free_from >= duration:
                    anybody.update(range(free_from + -free_from % step, start - duration + 1, step))
                free_from = max(free_from, end)
        found.append(sorted(anybody))
    return found
