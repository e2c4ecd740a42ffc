"""Traces: W3C trace context in and out, recorded only where a collector is configured."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from random import getrandbits

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, SpanKind, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_HEADER = b"traceparent"
_propagator = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("plumbing.tracing")


def setup_tracing(service: str, endpoint: str | None) -> None:
    """Send spans to an OTLP/HTTP collector; without one nothing is recorded and trace ids are only passed on."""
    if endpoint is None:
        return
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")))
    trace.set_tracer_provider(provider)


def current_traceparent() -> str | None:
    """The `traceparent` of the current span, or None outside of any trace."""
    span = trace.get_current_span().get_span_context()
    if not span.is_valid:
        return None
    return f"00-{span.trace_id:032x}-{span.span_id:016x}-{span.trace_flags:02x}"


def current_trace_id() -> str | None:
    """The 32 hex digits of the current trace, or None outside of any."""
    span = trace.get_current_span().get_span_context()
    return format(span.trace_id, "032x") if span.is_valid else None


def context_of(traceparent: str | None) -> Context:
    """The context in which work for this trace goes on; a new trace where there is none."""
    if traceparent:
        found = _propagator.extract({"traceparent": traceparent})
        if trace.get_current_span(found).get_span_context().is_valid:
            return found
    started = SpanContext(getrandbits(128) or 1, getrandbits(64) or 1, is_remote=False, trace_flags=TraceFlags(1))
    return trace.set_span_in_context(NonRecordingSpan(started))


def consuming(event_type: str, *traceparents: str | None) -> AbstractContextManager[Span]:
    """The span of handling an event, in the event's own trace; several events have one span, linked to their traces."""
    parent = context_of(traceparents[0])
    links = [_link_to(other) for other in traceparents[1:] if other] if is_recorded() else None
    return _tracer.start_as_current_span(f"consume {event_type}", context=parent, kind=SpanKind.CONSUMER, links=links)


def extract_or_start(headers: Iterable[tuple[bytes, bytes]]) -> Context:
    """The caller's trace, from ASGI headers, or a new one."""
    for name, value in headers:
        if name == _HEADER:
            return context_of(value.decode("latin-1"))
    return context_of(None)


def is_recorded() -> bool:
    """Whether spans are kept and sent anywhere."""
    return isinstance(trace.get_tracer_provider(), TracerProvider)


def _link_to(traceparent: str) -> Link:
    return Link(trace.get_current_span(context_of(traceparent)).get_span_context())
