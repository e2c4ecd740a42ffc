"""If-Match refuses a change made from a stale revision."""

import pytest
from pydantic import BaseModel

from plumbing.problems import StaleRevision
from plumbing.revisions import NEVER, _expected, etag, refuse_stale


class Thing(BaseModel):
    name: str


def test_an_etag_is_the_quoted_revision():
    assert etag(3) == {"ETag": '"3"'}


@pytest.mark.parametrize(
    ("header", "read"), [(None, None), ("*", None), ('"3"', 3), (' "12" ', 12), ('W/"3"', NEVER), ("3", NEVER)]
)
def test_only_a_strong_etag_of_ours_names_a_revision(header, read):
    assert _expected(header) == read


def test_no_expectation_is_never_stale():
    refuse_stale(None, 7, Thing(name="a"))
    refuse_stale(7, 7, Thing(name="a"))


def test_a_stale_revision_answers_with_the_present_state():
    with pytest.raises(StaleRevision) as refused:
        refuse_stale(6, 7, Thing(name="a"))
    assert refused.value.fields == {"current": {"name": "a"}}
    assert refused.value.headers == {"ETag": '"7"'}
