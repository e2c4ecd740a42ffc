"""Ids: UUIDv7, unique, and in the order in which they were made."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

import time_machine

from contracts.ids import uuid7

AT = datetime(2026, 11, 24, 9, 0, 0, 123_000, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7():
    made = uuid7()
    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_the_millisecond_in_which_it_was_made():
    with time_machine.travel(AT, tick=False):
        made = uuid7()
    assert made.int >> 80 == round(AT.timestamp() * 1000)


def test_ids_of_later_milliseconds_are_greater():
    made = []
    for step in range(50):
        with time_machine.travel(AT + timedelta(milliseconds=step), tick=False):
            made.append(uuid7())
    assert made == sorted(made)


def test_ids_of_one_moment_differ():
    with time_machine.travel(AT, tick=False):
        assert len({uuid7() for _ in range(10_000)}) == 10_000


def test_every_random_bit_varies():
    made = [uuid7().int for _ in range(2_000)]
    fixed = 0xF000_C000_0000_0000_0000  # version and variant
    for bit in range(74 + 6):
        if not fixed >> bit & 1:
            assert len({number >> bit & 1 for number in made}) == 2
