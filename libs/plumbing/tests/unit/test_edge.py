from opentelemetry.propagate import inject
from prometheus_client import REGISTRY
from starlette.types import Message, Receive, Scope, Send

from plumbing.edge import Edge
from plumbing.tracing import current_traceparent

TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def test_the_callers_trace_goes_on_in_what_is_called():
    assert TRACEPARENT[3:35] in (await _traceparent_of([(b"traceparent", TRACEPARENT.encode())]) or "")


async def test_a_request_without_a_trace_begins_one_of_its_own():
    first, second = await _traceparent_of([]), await _traceparent_of([])
    assert first
    assert second
    assert first[3:35] != second[3:35]


async def test_a_trace_ends_with_its_request():
    await _traceparent_of([])
    assert current_traceparent() is None


async def test_what_a_library_passes_on_is_the_same_trace():
    passed = {}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        inject(passed)

    await Edge(app)(_scope([(b"traceparent", TRACEPARENT.encode())]), _receive, _send)
    assert passed["traceparent"] == TRACEPARENT


async def test_every_answer_is_counted_by_route_and_status():
    labels = {"method": "GET", "route": "unknown", "status": "500"}
    before = REGISTRY.get_sample_value("http_requests_total", labels) or 0
    await _traceparent_of([])
    await _traceparent_of([])
    assert REGISTRY.get_sample_value("http_requests_total", labels) == before + 2


async def _traceparent_of(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The trace inside of a request with these headers."""
    found = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(current_traceparent())

    await Edge(app)(_scope(headers), _receive, _send)
    return found[0]


def _scope(headers: list[tuple[bytes, bytes]]) -> Scope:
    return {"type": "http", "method": "GET", "path": "/", "headers": headers}


async def _receive() -> Message:
    return {"type": "http.disconnect"}


async def _send(message: Message) -> None:
    assert message
