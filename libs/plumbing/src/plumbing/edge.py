"""What surrounds every request: its trace, its metrics, and one log line."""

import time
from typing import Any

import structlog
from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plumbing.tracing import extract_or_start

log = structlog.get_logger("http")
_tracer = trace.get_tracer("plumbing.edge")

REQUESTS = Counter("http_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "http_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)


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
        with _tracer.start_as_current_span(scope["method"], context=parent, kind=SpanKind.SERVER) as span:
            try:
                await self._app(scope, receive, watched)
            finally:
                _record(scope, status, time.perf_counter() - started, span)


def _record(scope: Scope, status: int, seconds: float, span: Span) -> None:
    route = route_of(scope)
    REQUESTS.labels(scope["method"], route, status).inc()
    SECONDS.labels(route).observe(seconds)
    if span.is_recording():
        span.update_name(f"{scope['method']} {route}")
        span.set_attribute("http.response.status_code", status)
    if status >= 500:
        log.warning("answered", method=scope["method"], route=route, status=status, ms=round(seconds * 1000))


def route_of(scope: Scope) -> str:
    """The route's template, never the path itself: ids do not belong into metrics."""
    route: Any = scope.get("route")
    return getattr(route, "path", "unknown")


def trace_id() -> str:
    """The 32 hex digits of the current trace."""
    return format(trace.get_current_span().get_span_context().trace_id, "032x")
