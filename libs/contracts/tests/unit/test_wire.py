"""JSON on the wire: camelCase, UTC with Z, nothing undeclared, nothing changed after it was made."""

from datetime import datetime

import pytest
from pydantic import ValidationError

from contracts.wire import Instant, Wire


class Sample(Wire):
    """A value."""

    starts_at: Instant
    note: str | None = None


def test_keys_are_camel_case():
    sample = Sample(starts_at=datetime.fromisoformat("2026-11-24T09:00:00Z"))
    assert sample.model_dump_json() == '{"startsAt":"2026-11-24T09:00:00Z","note":null}'


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("2026-11-24T13:00:00+04:00", "2026-11-24T09:00:00Z"),
        ("2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"),
        ("2026-11-23T22:00:00-11:00", "2026-11-24T09:00:00Z"),
        ("2026-11-24T14:45:00.5+05:45", "2026-11-24T09:00:00.500000Z"),
    ],
)
def test_an_instant_is_read_with_any_offset_and_written_in_utc(read: str, written: str):
    sample = Sample.model_validate_json(f'{{"startsAt": "{read}"}}')
    assert sample.model_dump(mode="json")["startsAt"] == written


def test_an_instant_without_an_offset_is_none():
    with pytest.raises(ValidationError):
        Sample.model_validate_json('{"startsAt": "2026-11-24T09:00:00"}')


def test_what_is_undeclared_is_refused_unless_the_reader_ignores_it():
    newer = '{"startsAt": "2026-11-24T09:00:00Z", "ofTomorrow": 1}'
    with pytest.raises(ValidationError):
        Sample.model_validate_json(newer)
    assert Sample.model_validate_json(newer, extra="ignore").note is None


def test_a_value_does_not_change():
    sample = Sample.model_validate_json('{"startsAt": "2026-11-24T09:00:00Z"}')
    with pytest.raises(ValidationError):
        sample.note = "changed"  # pyright: ignore[reportAttributeAccessIssue]
