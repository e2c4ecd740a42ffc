"""Structured logs: JSON lines on stdout, each with its trace, none with a secret or personal data."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

from plumbing.tracing import current_trace_id

HIDDEN = "[hidden]"

_HIDDEN_KEYS = re.compile(
    r"password|passwd|secret|token|authorization|cookie|credential|private|api_?key|jwk|signature|email|e_mail|phone"
    r"|address|^customer$|customer_?name|notes",
    re.IGNORECASE,
)
_HIDDEN_PARTS = (
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*"), HIDDEN),
    (re.compile(r"(://)[^/\s@]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"(?i)\b(bearer|basic) [\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), HIDDEN),
    (re.compile(r"\bsk_sundial_[\w-]+"), HIDDEN),
    (re.compile(r"(/api/(?:feeds|public/(?:bookings|waiting-list))/)[\w-]{20,}"), rf"\1{HIDDEN}"),
    (re.compile(r"(/booking/(?:manage|waiting-list)/|/accept-invitation#token=)[\w-]{20,}"), rf"\1{HIDDEN}"),
    # What pydantic, SQLAlchemy and PostgreSQL quote when they complain about a value.
    (re.compile(r"input_value=.*?(?=, input_type=)", re.DOTALL), f"input_value={HIDDEN}"),
    (re.compile(r"\[parameters: .*?\]\s*$", re.MULTILINE), f"[parameters: {HIDDEN}]"),
    (re.compile(r"(Key \([^)]*\)=)\(.*?\)|(Failing row contains )\(.*?\)"), rf"\1\2({HIDDEN})"),
)
"""Tokens, credentials in addresses, mail addresses, and values in other people's error messages."""

_QUIET = {"alembic": logging.WARNING, "aiormq": logging.CRITICAL}
"""Libraries that say too much: of every lost connection we tell ourselves, once."""


def setup_logs(level: str) -> None:
    """Write this process's logs, and those of every library in it, as JSON lines at `level` and above."""
    shared = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        add_trace,
        hide,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _Stdout()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _line],
        )
    )
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if not isinstance(other, _Stdout)] + [handler]
    root.setLevel(level)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def add_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Add the current trace's id, if there is one."""
    if trace_id := current_trace_id():
        event["trace_id"] = trace_id
    return event


def hide(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Hide what nobody may read in a log: by the key it has, or by what it looks like."""
    return hidden(event)


def hidden(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields, with what nobody may read hidden, at any depth."""
    return {key: _hidden(key, value) for key, value in fields.items()}


class _Stdout(logging.StreamHandler[TextIO]):
    """Writes to what is stdout at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stdout
        super().emit(record)


def _hidden(key: str, value: Any) -> Any:
    if not key.startswith("_") and _HIDDEN_KEYS.search(key):
        return HIDDEN
    if isinstance(value, str):
        for part, instead in _HIDDEN_PARTS:
            value = part.sub(instead, value)
        return value
    if isinstance(value, Mapping):
        return hidden({str(inner): each for inner, each in value.items()})
    if isinstance(value, list | tuple):
        return [_hidden("", each) for each in value]
    return value


def _line(_: WrappedLogger, __: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
