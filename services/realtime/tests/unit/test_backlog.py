"""What a slow reader is owed: of each thing the newest, and never more than is kept for anybody."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.domain.backlog import Backlog, BacklogFull
from realtime.domain.messages import Message

from ..make import a_message

MESSAGES = st.lists(
    st.builds(a_message, st.sampled_from("abcdef"), st.integers(1, 9), size=st.integers(100, 300)), max_size=40
)


def _taken(backlog: Backlog) -> list[Message]:
    return [backlog.take() for _ in range(len(backlog))]


@given(MESSAGES)
def test_of_each_subject_the_newest_is_left_and_no_other(messages: Sequence[Message]):
    backlog = Backlog()
    for message in messages:
        backlog.put(message)
    newest: dict[object, int] = {}
    for message in messages:
        newest[message.subject] = max(newest.get(message.subject, 0), message.revision)
    assert {each.subject: each.revision for each in _taken(backlog)} == newest
    assert len(backlog) == 0


@given(MESSAGES)
def test_every_message_is_either_left_or_its_place_was_taken(messages: Sequence[Message]):
    backlog = Backlog()
    replaced = sum(backlog.put(message) for message in messages)
    assert len(backlog) == len(messages) - replaced


@given(MESSAGES, st.integers(1, 5), st.integers(100, 900))
def test_it_never_holds_more_than_it_may(messages: Sequence[Message], most: int, most_bytes: int):
    backlog = Backlog(most=most, most_bytes=most_bytes)
    for message in messages:
        try:
            backlog.put(message)
        except BacklogFull:
            break
    taken = _taken(backlog)
    assert len(taken) <= most
    assert sum(each.size for each in taken) <= most_bytes


def test_what_was_told_about_first_comes_first():
    backlog = Backlog()
    for subject, revision in (("a", 1), ("b", 1), ("a", 2), ("c", 1)):
        backlog.put(a_message(subject, revision))
    assert [(each.subject, each.revision) for each in _taken(backlog)] == [("a", 2), ("b", 1), ("c", 1)]


def test_more_subjects_than_are_kept_is_too_many():
    backlog = Backlog()
    for number in range(256):
        backlog.put(a_message(number))
    assert backlog.put(a_message(0, 2))
    with pytest.raises(BacklogFull):
        backlog.put(a_message(256))


def test_more_bytes_than_are_kept_are_too_many():
    backlog = Backlog()
    backlog.put(a_message(1, size=200 * 1024))
    with pytest.raises(BacklogFull):
        backlog.put(a_message(2, size=57 * 1024))
