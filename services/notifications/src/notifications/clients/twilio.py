"""SMS and WhatsApp by Twilio's SDK."""

import logging
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, encode_basic_auth
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from notifications.clients.channels import Leaves, Outgoing
from notifications.domain.deliveries import NotDelivered, Receipt, Refused, Unanswered

_SECONDS = 15.0
_SIGN_IN = frozenset({401, 403})
_TOO_MANY = 429

_silent = logging.getLogger("notifications.twilio")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False


class TwilioAccount:
    """An account at Twilio; `api_base` is another address of its API, for a stand-in."""

    def __init__(self, sid: str, token: str, *, api_base: str | None = None) -> None:
        self._http = _Http(api_base)
        self._client = Client(sid, token, http_client=self._http)

    async def create(self, *, to: str, sender: str, text: str) -> Receipt:
        """Send a text. Raises Refused and Unanswered."""
        try:
            made = await self._client.messages.create_async(to=to, from_=sender, body=text)
        except TwilioRestException as error:
            raise _meaning(error) from error
        except (TwilioException, ClientError, OSError, TimeoutError, ValueError) as error:
            raise Unanswered("noAnswer", type(error).__name__) from error
        return Receipt(made.sid, str(made.status))

    async def close(self) -> None:
        """Close the kept connections."""
        await self._http.close()


class TwilioSms:
    """SMS, from one number or name."""

    def __init__(self, account: TwilioAccount, sender: str) -> None:
        self._account = account
        self._sender = sender

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Hand it over: it leaves with the request. Raises Refused and Unanswered."""
        leaves()
        return await self._account.create(to=message.to, sender=self._sender, text=message.text)

    async def close(self) -> None:
        """The account is closed by whoever opened it."""


class TwilioWhatsApp(TwilioSms):
    """WhatsApp messages; outside a conversation WhatsApp takes texts only that it has approved as templates."""

    def __init__(self, account: TwilioAccount, sender: str) -> None:
        super().__init__(account, f"whatsapp:{sender}")

    async def send(self, message: Outgoing, leaves: Leaves) -> Receipt:
        """Hand it over: it leaves with the request. Raises Refused and Unanswered."""
        leaves()
        return await self._account.create(to=f"whatsapp:{message.to}", sender=self._sender, text=message.text)


class _Http(AsyncHttpClient):
    """The SDK's way to the API: its own logs addresses and texts, waits for ever, and knows one host."""

    def __init__(self, api_base: str | None) -> None:
        super().__init__(_silent, is_async=True, timeout=_SECONDS)
        self._base = urlsplit(api_base) if api_base else None
        self._session: ClientSession | None = None

    async def request(  # noqa: PLR0917  # the SDK's own signature
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  # ours is of the session
        allow_redirects: bool = False,  # noqa: FBT001, FBT002
    ) -> Response:
        """One request of the SDK's."""
        sent = dict(headers or {}) | ({"Authorization": encode_basic_auth(*auth)} if auth else {})
        known: Any = {"params": params, "data": data, "headers": sent, "allow_redirects": allow_redirects}
        async with self._open().request(method, self._address(uri), **known) as answer:
            return Response(answer.status, await answer.text(), dict(answer.headers))

    async def close(self) -> None:
        """Close the kept connections."""
        if self._session is not None:
            await self._session.close()

    def _address(self, url: str) -> str:
        if self._base is None:
            return url
        return urlunsplit(urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc))

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=_SECONDS), cookie_jar=DummyCookieJar())
        return self._session


def _meaning(error: TwilioRestException) -> NotDelivered:
    said = f"{error.status} {error.code}"  # the words of the answer have the number in them
    is_ours = error.status in _SIGN_IN or error.status == _TOO_MANY or error.status >= 500
    return Unanswered("notNow", said) if is_ours else Refused("refused", said)
