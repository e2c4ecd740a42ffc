"""Errors that a client can meet: RFC 9457 problems, one class each, named after the fact."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from inspect import cleandoc
from typing import Any, ClassVar

from contracts.wire import Wire


class Problem(Exception):
    """Something went wrong.

    The code is the class name, the title the first line of the docstring, `fields` the extra members.
    """

    status: ClassVar[int] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str | None = None, *, headers: Mapping[str, str] | None = None, **fields: Any) -> None:
        super().__init__(detail or self.title())
        self.detail = detail or self.title()
        self.headers = dict(headers or {})
        self.fields = fields

    @classmethod
    def code(cls) -> str:
        """The stable, upper camel case name of this problem."""
        return cls.__name__

    @classmethod
    def title(cls) -> str:
        """One sentence for people, the same for every occurrence."""
        return cleandoc(cls.__doc__ or "").splitlines()[0]

    def body(self, *, instance: str, trace_id: str) -> dict[str, Any]:
        """The members of the problem document, as JSON-able values."""
        return {
            "type": f"/problems/{_kebab(self.code())}",
            "title": self.title(),
            "status": int(self.status),
            "detail": self.detail,
            "instance": instance,
            "code": self.code(),
            "traceId": trace_id,
            **self.fields,
        }


class FieldError(Wire):
    """One field of the request that cannot be accepted; `pointer` is a JSON pointer (RFC 6901)."""

    pointer: str
    detail: str


class Invalid(Problem):
    """Some fields of the request cannot be accepted."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(
            "; ".join(f"{error.pointer}: {error.detail}" for error in errors)[:1000],
            errors=[error.model_dump(mode="json") for error in errors],
        )

    @classmethod
    def at(cls, pointer: str, detail: str) -> "Invalid":
        """A single field."""
        return cls([FieldError(pointer=pointer, detail=detail)])


class BadRequest(Problem):
    """The request could not be understood."""

    status = HTTPStatus.BAD_REQUEST


class NotSignedIn(Problem):
    """Sign in to do this."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class NotAllowed(Problem):
    """Your role does not allow this."""

    status = HTTPStatus.FORBIDDEN


class CrossSiteRequest(Problem):
    """This request came from another site."""

    status = HTTPStatus.FORBIDDEN


NAMES_NOTHING = "names nothing of this business"
"""What is said of an id, wherever it was sent."""


class NotFound(Problem):
    """There is nothing here."""

    status = HTTPStatus.NOT_FOUND

    @classmethod
    def asked(cls, parameter: str) -> "NotFound":
        """For an id in a query, which is one of several."""
        return cls(f"{parameter} {NAMES_NOTHING}")


class MethodNotAllowed(Problem):
    """This address does not answer to that method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED


class PayloadTooLarge(Problem):
    """The request is larger than this address accepts."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class StaleRevision(Problem):
    """Somebody has changed this since you read it."""

    status = HTTPStatus.PRECONDITION_FAILED


class IdempotencyKeyReused(Problem):
    """This Idempotency-Key was used for a different request."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RequestInProgress(Problem):
    """The first request with this Idempotency-Key is still being worked on."""

    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("Ask again in a second.", headers={"Retry-After": "1"})


class TooManyRequests(Problem):
    """Too many requests; slow down."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Try again in {retry_after} s.", headers={"Retry-After": str(retry_after)})


class ServiceUnavailable(Problem):
    """This cannot be answered right now; try again in a moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "2"})


class InternalError(Problem):
    """Something went wrong on our side; it has been recorded."""


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
