"""What the load is made of: reports that are read, requests, times that are free; and it meets this machine only."""

from datetime import date, timedelta

import pytest

from tests.load import wrk
from tests.load.dataset import HALVES, TAKEN, Dataset, is_taken, large, small
from tests.load.figures.kernel import Month, people, search
from tests.load.http_client import post
from tests.load.loopback import NotOurs, ours

TODAY = date(2026, 11, 25)
REPORT = """\
Running 2s test @ http://127.0.0.1:21000/
  1 threads and 32 connections
  Latency Distribution
     50%  812.00us
     75%    1.31ms
     99%    1.20s
  24100 requests in 2.00s, 142.95MB read
Requests/sec:  12040.51
"""


def test_a_report_of_wrk_is_read():
    found = wrk.read(REPORT)
    assert (found.per_second, found.p50, found.p99) == (12_040.51, pytest.approx(812e-6), 1.2)


@pytest.mark.parametrize(
    "trouble",
    ["  Non-2xx or 3xx responses: 7", "  Socket errors: connect 0, read 1, write 0, timeout 0"],
)
def test_answers_that_are_errors_are_no_measurement(trouble: str):
    with pytest.raises(wrk.WrongAnswers, match=trouble.strip()):
        wrk.read(REPORT + trouble + "\n")


def test_no_answer_at_all_is_no_measurement():
    with pytest.raises(wrk.WrongAnswers):
        wrk.read(REPORT.replace("12040.51", "0.00"))


@pytest.mark.parametrize(
    "url", ["http://localhost:80/", "http://example.com/", "postgresql://a:b@10.0.0.1/c", "amqp:///"]
)
def test_load_is_put_on_this_machine_only(url: str):
    with pytest.raises(NotOurs):
        ours(url)


def test_the_loopback_address_is_ours():
    assert ours("amqp://user:secret@127.0.0.1:21000/%2F")


def test_a_request_says_how_long_its_body_is():
    request = post("http://127.0.0.1:21000/api/appointments", {"notes": "ö"}, {"Authorization": "Bearer x"})
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /api/appointments HTTP/1.1\r\nHost: 127.0.0.1:21000\r\n")
    assert f"Content-Length: {len(body)}".encode() in head


def test_every_day_of_everybody_has_as_many_appointments():
    counts = {sum(is_taken(staff, day, half) for half in range(HALVES)) for staff in range(200) for day in range(358)}
    assert counts == {TAKEN}


def test_the_large_dataset_has_a_million_and_the_small_one_ten_thousand():
    assert large(TODAY).appointments == 1_002_400
    assert small(TODAY).appointments == 10_080


def test_what_is_free_lies_ahead_and_is_not_taken():
    size = Dataset(3, TODAY - timedelta(days=1), 10)
    gaps = size.gaps(TODAY)
    assert len(gaps) == len(set(gaps)) == 3 * 8 * (HALVES - TAKEN)
    assert gaps != sorted(gaps)
    for staff, start in gaps:
        day, rest = divmod(start - size.opening, timedelta(days=1))
        assert day >= 2
        assert not is_taken(staff, day, rest // timedelta(minutes=30))


@pytest.mark.parametrize(("staff", "busy", "slots"), [(1, 10, 646), (1, 40, 33), (20, 10, 1_410), (20, 40, 543)])
def test_the_interval_walk_and_our_search_find_the_same_slots(staff: int, busy: int, slots: int):
    month = Month.of(staff, busy)
    assert len(search(people(month.rows()))) == sum(map(len, month.walked())) == slots
