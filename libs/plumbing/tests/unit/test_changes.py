"""A change counts only what it sends."""

import pytest
from pydantic import ValidationError

from plumbing.changes import ChangesBody, Sent


class Renaming(ChangesBody):
    """A name that is never null, and a remark that may be."""

    name: Sent[str] = None
    remark: str | None = None


def test_what_is_absent_is_no_change():
    assert Renaming.model_validate({}).changes() == {}


def test_null_clears_a_field_that_may_be_null():
    assert Renaming.model_validate({"remark": None, "name": "Noor"}).changes() == {"remark": None, "name": "Noor"}


def test_null_is_refused_where_it_may_not_be():
    with pytest.raises(ValidationError, match="must not be null; leave it out to keep it as it is") as refused:
        Renaming.model_validate({"name": None})
    assert refused.value.errors()[0]["loc"] == ("name",)
