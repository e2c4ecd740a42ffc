"""Twilio's API, as far as the product uses it: sending a message by SMS or WhatsApp."""

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sundial_local.inbox_app.faults import Faults
from sundial_local.inbox_app.mail import now
from sundial_local.inbox_app.store import Arrived, Store

UNREACHABLE = "+15005550001"
"""Twilio's own magic number for one that is not valid."""

_WHATSAPP = "whatsapp:"


def routes(store: Store, faults: Faults) -> list[Route]:
    """`POST /2010-04-01/Accounts/{sid}/Messages.json`."""
    return [Route("/2010-04-01/Accounts/{sid}/Messages.json", _sending(store, faults), methods=["POST"])]


def _sending(store: Store, faults: Faults) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        to, text = form.get("To", ""), form.get("Body", "")
        channel = "whatsapp" if to.startswith(_WHATSAPP) else "sms"
        if not request.headers.get("authorization", "").startswith("Basic "):
            return _refused(401, 20003, "Authenticate")
        if faults.is_down(channel):
            return _refused(503, 20503, "The stand-in was asked to be out of order")
        number = to.removeprefix(_WHATSAPP)
        if number == UNREACHABLE or not number.startswith("+") or not text:
            return _refused(400, 21211, "The 'To' number is not a valid phone number.")
        store.add(Arrived(channel=channel, to=number, text=text, attachments=[], at=now()))
        return JSONResponse(_message(request.path_params["sid"], form), 201)

    return endpoint


def _message(account: str, form: dict[str, str]) -> dict[str, object]:
    return {
        "sid": f"SM{secrets.token_hex(16)}",
        "account_sid": account,
        "to": form.get("To"),
        "from": form.get("From"),
        "body": form.get("Body"),
        "status": "queued",
        "direction": "outbound-api",
        "num_segments": "1",
        "num_media": "0",
        "error_code": None,
        "error_message": None,
    }


def _refused(status: int, code: int, message: str) -> Response:
    return JSONResponse({"code": code, "message": message, "more_info": "", "status": status}, status)
