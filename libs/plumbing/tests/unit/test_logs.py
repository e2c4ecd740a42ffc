"""Logs are JSON lines with a trace, and hold no secret and nothing personal."""

import json
import logging

import pytest
import structlog
from opentelemetry import context

from plumbing.logs import HIDDEN, hidden, setup_logs
from plumbing.tracing import context_of

TOKEN = "eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]):
    """The lines that were logged."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    setup_logs("INFO")
    yield lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "key",
    ["password", "accessToken", "Authorization", "cookie", "contactEmail", "phone_number", "apiKey", "private_key"],
)
def test_what_has_a_telling_key_is_hidden(key: str):
    assert hidden({key: "x", "other": {"deep": [{key: "x"}]}}) == {key: HIDDEN, "other": {"deep": [{key: HIDDEN}]}}


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"got {TOKEN} from somebody", TOKEN),
        ("cannot reach postgresql://app:s3cret@db/x", "s3cret"),
        ("Authorization: Bearer abcdefgh12345678", "abcdefgh12345678"),
        ("https://book.example/accept-invitation#token=0123456789abcdefghij", "0123456789abcdefghij"),
        ("https://book.example/booking/manage/0123456789abcdefghij", "0123456789abcdefghij"),
        ("GET /api/public/waiting-list/0123456789abcdefghij", "0123456789abcdefghij"),
        ("Key (email)=(noor@example.com) already exists", "noor"),
        ("Key (name)=(Noor Al Suwaidi) already exists", "Noor"),
        ("Failing row contains (1, Noor, +971501234567).", "Noor"),
        ("[type=string_type, input_value='Noor', input_type=str]", "Noor"),
        ("INSERT …\n[parameters: ('Noor', 1)]", "Noor"),
    ],
)
def test_what_looks_like_a_secret_is_hidden_wherever_it_is(text: str, secret: str):
    shown = hidden({"message": text})["message"]
    assert secret not in shown
    assert HIDDEN in shown


def test_the_rest_is_left_as_it_is():
    fields = {"event": "answered", "ms": 3, "route": "/api/appointments", "id": None}
    assert hidden(fields) == fields


def test_a_line_has_its_trace(written):
    token = context.attach(context_of("00-" + "a" * 32 + "-" + "b" * 16 + "-01"))
    structlog.get_logger("here").info("said", password="x")
    context.detach(token)
    [line] = written()
    assert line["trace_id"] == "a" * 32
    assert (line["event"], line["level"], line["logger"], line["password"]) == ("said", "info", "here", HIDDEN)
    assert line["timestamp"].endswith("Z")


def test_libraries_log_in_the_same_form(written):
    logging.getLogger("somebody.else").warning("for %s", "noor@example.com")
    [line] = written()
    assert line["event"] == f"for {HIDDEN}"
    assert line["logger"] == "somebody.else"


def test_an_exception_is_told_without_its_values(written):
    try:
        raise KeyError("noor@example.com")
    except KeyError:
        structlog.get_logger("here").exception("failed")
    [line] = written()
    assert "KeyError" in line["exception"]
    assert "noor@" not in line["exception"]


def test_what_is_below_the_level_is_not_written(written):
    structlog.get_logger("here").debug("nothing")
    assert written() == []
