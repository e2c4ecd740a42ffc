"""What becomes of a message that fails: which rung of the ladder, or the end of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiormq.abc import DeliveredMessage
from pamqp.commands import Basic
from pamqp.header import ContentHeader

from plumbing.arrivals import NobodyReacts, NotUnderstood
from plumbing.broker import BrokerUnavailable
from plumbing.failures import (
    ATTEMPTS,
    DETAIL,
    ERROR,
    FIRST_FAILED_AT,
    ProcessDied,
    is_outage,
    is_permanent,
    is_unexpected,
    judge,
    replayed,
)
from plumbing.problems import NotFound, ServiceUnavailable
from plumbing.sqlstates import Contended
from plumbing.topology import LADDER, retries_of

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def message(**headers: Any) -> DeliveredMessage:
    properties = Basic.Properties(message_id="1", message_type="claims.changed", headers=headers)
    return DeliveredMessage(Basic.Deliver("t", 1), ContentHeader(properties=properties), b"{}", Any)


@pytest.mark.parametrize(
    ("error", "permanent", "outage", "unexpected"),
    [
        (NotUnderstood("no JSON"), True, False, False),  # nothing will make it JSON
        (ProcessDied(), True, False, False),  # three processes are enough
        (NotFound(), True, False, False),  # a rule has refused it
        (NobodyReacts("x"), False, False, False),  # a newer process beside this one may
        (ServiceUnavailable(), False, True, False),
        (Contended(), False, True, False),
        (BrokerUnavailable("x"), False, True, False),
        (ConnectionResetError(), False, True, False),
        (TimeoutError(), False, True, False),
        (KeyError("x"), False, False, True),  # a defect: a new version may be on its way
    ],
)
def test_errors_are_told_apart(error: Exception, permanent: bool, outage: bool, unexpected: bool):
    assert (is_permanent(error), is_outage(error), is_unexpected(error)) == (permanent, outage, unexpected)


def test_a_message_climbs_the_ladder_and_falls_off_its_end():
    seen: list[timedelta | None] = []
    headers: dict[str, Any] = {}
    for _ in range(6):
        verdict = judge(message(**headers), ServiceUnavailable(), queue="q", ladder=LADDER, now=NOW)
        seen.append(verdict.delay)
        headers = verdict.copy.headers
    assert seen == [*LADDER, None]
    assert sum(LADDER, timedelta()) == timedelta(hours=2, minutes=35, seconds=35)
    assert headers[ATTEMPTS] == 6


def test_what_can_never_be_handled_goes_to_the_end_at_once():
    verdict = judge(message(), NotUnderstood("no JSON"), queue="q", ladder=LADDER, now=NOW)
    assert verdict.delay is None
    assert verdict.copy.routing_key == "dlq.q"
    assert verdict.copy.headers == {
        ATTEMPTS: 1,
        ERROR: "NotUnderstood",
        DETAIL: "no JSON",
        FIRST_FAILED_AT: "2026-11-25T09:00:00Z",
        "x-queue": "q",
    }


def test_the_first_failure_and_the_trace_are_remembered():
    earlier = message(**{FIRST_FAILED_AT: "2026-11-24T09:00:00Z", ATTEMPTS: 2, "traceparent": "t", "x-death": []})
    copy = judge(earlier, KeyError("personal"), queue="q", ladder=LADDER, now=NOW).copy
    assert copy.headers[FIRST_FAILED_AT] == "2026-11-24T09:00:00Z"
    assert copy.headers["traceparent"] == "t"
    assert copy.headers[DETAIL] == ""
    assert "x-death" not in copy.headers
    assert (copy.message_id, copy.type, copy.body) == ("1", "claims.changed", b"{}")


def test_a_replayed_message_begins_anew():
    failed = message(**{ATTEMPTS: 6, ERROR: "KeyError", "traceparent": "t"})
    again = replayed(failed, "q")
    assert (again.exchange, again.routing_key, again.message_id) == ("", "q", "1")
    assert again.headers == {"traceparent": "t"}


@pytest.mark.parametrize(
    ("delay", "name"),
    [
        (timedelta(milliseconds=150), "150ms"),
        (timedelta(seconds=5), "5s"),
        (timedelta(seconds=90), "90s"),
        (timedelta(minutes=30), "30m"),
        (timedelta(hours=2), "2h"),
    ],
)
def test_a_retry_queue_is_named_after_its_delay(delay: timedelta, name: str):
    assert retries_of("q", delay) == f"retry.q.{name}"
