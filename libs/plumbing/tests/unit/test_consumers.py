"""The registry of reactions, and how what has arrived is put into groups."""

from typing import Any, cast
from uuid import UUID

import pytest

from contracts.accounts import SessionEnded
from contracts.appointments import AppointmentDeleted, ClaimsChanged
from contracts.ids import uuid7
from plumbing.arrivals import Arrival, by_subject, in_groups
from plumbing.consumers import Consumers, Reaction

A, B, C = (uuid7() for _ in range(3))


async def react(tx: Any, event: Any) -> None:
    """Nothing."""


CLAIMS = Reaction(ClaimsChanged, react, together=True)
SESSIONS = Reaction(SessionEnded, react, together=True)
DELETED = Reaction(AppointmentDeleted, react, together=False)


def arrival(reaction: Reaction, subject: UUID) -> Arrival:
    return Arrival(cast(Any, None), uuid7(), subject, cast(Any, None), reaction)


def test_a_registry_knows_what_it_listens_to():
    consumers = Consumers("heard")
    consumers.on(SessionEnded)(react)
    assert not consumers.takes_batches
    consumers.on_batch(ClaimsChanged)(react)
    assert consumers.takes_batches
    assert consumers.types == ("claims.changed", "session.ended")
    assert consumers.reaction_to("claims.changed") == CLAIMS
    assert consumers.reaction_to("unheard.of") is None


def test_a_type_has_one_reaction():
    consumers = Consumers("heard")
    consumers.on(SessionEnded)(react)
    with pytest.raises(ValueError, match=r"heard reacts to session\.ended already"):
        consumers.on_batch(SessionEnded)(react)


def test_a_reaction_stays_a_function_that_can_be_called():
    assert Consumers("heard").on(SessionEnded)(react) is react


def test_events_of_a_kind_are_one_group_whatever_comes_between():
    first, between, second = arrival(CLAIMS, A), arrival(SESSIONS, B), arrival(CLAIMS, C)
    assert in_groups([first, between, second]) == [[first, second], [between]]


def test_a_group_never_overtakes_an_event_of_the_same_subject():
    first, between, second = arrival(CLAIMS, A), arrival(SESSIONS, B), arrival(CLAIMS, B)
    assert in_groups([first, between, second]) == [[first], [between], [second]]


def test_effects_are_one_group_with_a_chain_for_each_subject():
    one, two, three = arrival(DELETED, A), arrival(DELETED, B), arrival(DELETED, A)
    assert in_groups([one, two, three]) == [[one, two, three]]
    assert by_subject([one, two, three]) == [[one, three], [two]]
