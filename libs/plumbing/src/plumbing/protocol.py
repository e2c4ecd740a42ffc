"""HTTP/1.1 as our processes speak it: what cannot be read as a request is answered in the form of other problems."""

from http import HTTPStatus

from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from plumbing.answers import PROBLEM_JSON, encode
from plumbing.problems import BadRequest

_NO_PATH = "/"
_ids = RandomIdGenerator()


class ProblemProtocol(HttpToolsProtocol):
    """Uvicorn's, which else would answer in plain text."""

    def send_400_response(self, msg: str) -> None:
        """`msg` says how the parser calls it: of no use to a client."""
        trace_id = format(_ids.generate_trace_id(), "032x")
        content = encode(BadRequest().body(instance=_NO_PATH, trace_id=trace_id))
        status = HTTPStatus.BAD_REQUEST
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: {PROBLEM_JSON}\r\n"
            f"content-length: {len(content)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + content)
        self.transport.close()
