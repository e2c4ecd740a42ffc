"""The writer of slots and the documented shape are the same."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import orjson

from availability.queries.slots import Found
from availability.schemas.slots import SlotsOut, encode_slots

START = datetime(2027, 3, 1, 5, tzinfo=UTC)
DAYS = [(date(2027, 3, 1), [START, START + timedelta(minutes=15)]), (date(2027, 3, 2), [])]


def test_what_is_written_is_what_is_documented():
    staff = (uuid4(), uuid4())
    starts = DAYS[0][1]
    found = Found(
        "Asia/Dubai", timedelta(hours=1), DAYS, free=dict.fromkeys(starts, staff), seats=dict.fromkeys(starts, 3)
    )
    written = encode_slots(found)
    read = SlotsOut.model_validate_json(written)
    assert [slot.staff_ids for slot in read.days[0].slots] == [list(staff), list(staff)]
    assert [slot.seats_left for slot in read.days[0].slots] == [3, 3]
    assert orjson.loads(written) == orjson.loads(read.model_dump_json())


def test_staff_ids_are_left_out_unless_asked_for():
    written = orjson.loads(encode_slots(Found("Asia/Dubai", timedelta(hours=1), DAYS)))
    assert written == {
        "timezone": "Asia/Dubai",
        "days": [
            {
                "date": "2027-03-01",
                "slots": [
                    {"start": "2027-03-01T05:00:00Z", "end": "2027-03-01T06:00:00Z"},
                    {"start": "2027-03-01T05:15:00Z", "end": "2027-03-01T06:15:00Z"},
                ],
            },
            {"date": "2027-03-02", "slots": []},
        ],
        "nextAvailable": None,
    }


def test_the_next_available_date_is_written():
    found = Found("Asia/Dubai", timedelta(hours=1), [(date(2027, 3, 2), [])], date(2027, 3, 8))
    assert orjson.loads(encode_slots(found))["nextAvailable"] == "2027-03-08"
