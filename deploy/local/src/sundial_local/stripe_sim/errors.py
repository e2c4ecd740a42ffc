"""What Stripe answers when it refuses, in its own form."""

from http import HTTPStatus
from typing import Any


class Refused(Exception):
    """An error object of Stripe's, with the status that it is sent with."""

    def __init__(
        self, message: str, *, status: int = HTTPStatus.BAD_REQUEST, kind: str = "invalid_request_error", **fields: Any
    ) -> None:
        """`fields`: `code`, `param`, `decline_code`, `payment_intent` and whatever else the error object has."""
        super().__init__(message)
        self.status = int(status)
        self.kind = kind
        self.fields = {name: value for name, value in fields.items() if value is not None}

    def body(self) -> dict[str, Any]:
        """The answer's body."""
        return {"error": {"message": str(self), "type": self.kind, **self.fields}}


def missing(kind: str, wanted: str) -> Refused:
    """Nothing has that id."""
    return Refused(f"No such {kind}: '{wanted}'", status=HTTPStatus.NOT_FOUND, code="resource_missing", param="id")


def wrong(param: str, message: str, code: str | None = None) -> Refused:
    """A parameter that cannot be used."""
    return Refused(message, param=param, code=code)


def declined(
    message: str, *, code: str, decline_code: str | None, intent: dict[str, Any], charge: str | None
) -> Refused:
    """The card was refused; the PaymentIntent as it is now comes with it."""
    return Refused(
        message,
        status=HTTPStatus.PAYMENT_REQUIRED,
        kind="card_error",
        code=code,
        decline_code=decline_code,
        charge=charge,
        payment_intent=intent,
    )
