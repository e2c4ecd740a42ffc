"""Traces: W3C trace context in and out, recorded only where a collector is configured."""

from collections.abc import Iterable
from random import getrandbits

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_HEADER = b"traceparent"
_propagator = TraceContextTextMapPropagator()


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


def context_of(traceparent: str | None) -> Context:
    """The context in which work for this trace goes on; a new trace where there is none."""
    if traceparent:
        found = _propagator.extract({"traceparent": traceparent})
        if trace.get_current_span(found).get_span_context().is_valid:
            return found
    started = SpanContext(getrandbits(128) or 1, getrandbits(64) or 1, is_remote=False, trace_flags=TraceFlags(1))
    return trace.set_span_in_context(NonRecordingSpan(started))


def extract_or_start(headers: Iterable[tuple[bytes, bytes]]) -> Context:
    """The caller's trace, from ASGI headers, or a new one."""
    for name, value in headers:
        if name == _HEADER:
            return context_of(value.decode("latin-1"))
    return context_of(None)
