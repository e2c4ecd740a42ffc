"""What surrounds every request: its trace, its metrics, and one log line."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import structlog
from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plumbing.tracing import extract_or_start, is_recorded

log = structlog.get_logger("http")
_tracer = trace.get_tracer("plumbing.edge")

REQUESTS = Counter("http_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "http_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)


@dataclass(frozen=True, slots=True)
class NamedRoute:
    """What a request that never reaches the router leaves in `scope["route"]`: its name in the metrics."""

    path: str


class Edge:
    """ASGI middleware: continue the caller's trace, count and time the answer, log what failed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        parent = extract_or_start(scope["headers"])
        with _within(parent, scope["method"]) as span:
            try:
                await self._app(scope, receive, watched)
            finally:
                _record(scope, status, time.perf_counter() - started, span)


@contextmanager
def _within(parent: Context, name: str) -> Generator[Span | None]:
    """A span in the caller's trace; where no spans are kept, only the trace itself, to be passed on."""
    if is_recorded():
        with _tracer.start_as_current_span(name, context=parent, kind=SpanKind.SERVER) as span:
            yield span
        return
    token = context.attach(parent)
    try:
        yield None
    finally:
        context.detach(token)


def _record(scope: Scope, status: int, seconds: float, span: Span | None) -> None:
    route = route_of(scope)
    requests, times = _metrics(scope["method"], route, status)
    requests.inc()
    times.observe(seconds)
    if span is not None:
        span.update_name(f"{scope['method']} {route}")
        span.set_attribute("http.response.status_code", status)
    if status >= 500:
        log.warning("answered", method=scope["method"], route=route, status=status, ms=round(seconds * 1000))


@lru_cache(maxsize=4096)
def _metrics(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Finding a metric by its labels costs more than counting with it."""
    return REQUESTS.labels(method, route, status), SECONDS.labels(route)


def route_of(scope: Scope) -> str:
    """The route's template, never the path itself: ids do not belong into metrics."""
    route: Any = scope.get("route")
    return getattr(route, "path", "unknown")


def trace_id() -> str:
    """The 32 hex digits of the current trace."""
    return format(trace.get_current_span().get_span_context().trace_id, "032x")
