"""Calls between services: one kept-alive client, a short-lived token, bounded waits."""

import asyncio
from datetime import timedelta

import aiohttp
import structlog
from joserfc.jwk import KeySet
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random

from contracts.wire import Wire
from plumbing.answers import encode
from plumbing.clock import utc_now
from plumbing.problems import ServiceUnavailable
from plumbing.service_tokens import ServiceToken
from plumbing.tracing import current_traceparent

log = structlog.get_logger("http")

_LEAST_BETWEEN_READS = timedelta(seconds=5)
_MORE_TRIES = 2
_UNREACHED = (aiohttp.ClientConnectionError, ConnectionError)


class ServiceClient:
    """Asks another service; a model in, a model out."""

    def __init__(self, base_url: str, token: ServiceToken, *, seconds: float = 3.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=1.0)
        self._session: aiohttp.ClientSession | None = None

    async def ask[A: Wire](self, path: str, question: Wire, answer: type[A]) -> A:
        """POST a question that changes nothing. Raises ServiceUnavailable when no answer comes, after three tries."""
        try:
            body = await self._tried(path, encode(question))
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            raise ServiceUnavailable from error
        return answer.model_validate_json(body, extra="ignore")

    async def _tried(self, path: str, body: bytes) -> bytes:
        """The machinery of further tries is paid for only by a call that failed."""
        try:
            return await self._post(path, body)
        except _UNREACHED:
            again = AsyncRetrying(
                retry=retry_if_exception_type(_UNREACHED),
                stop=stop_after_attempt(_MORE_TRIES),
                wait=wait_random(0.02, 0.2),
                reraise=True,
            )
            return await again(self._post, path, body)

    async def _post(self, path: str, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token.current()}"}
        if traceparent := current_traceparent():
            headers["traceparent"] = traceparent
        async with self._open().post(self._base_url + path, data=body, headers=headers) as response:
            response.raise_for_status()
            return await response.read()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=100, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    async def close(self) -> None:
        """Close the kept connections."""
        if self._session is not None:
            await self._session.close()


class RemoteKeys:
    """Public keys read from an address, kept, and read again when a token names a new one."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: KeySet | None = None
        self._read_at = utc_now() - _LEAST_BETWEEN_READS
        self._reading = asyncio.Lock()

    async def current(self, *, unknown_kid: str | None = None) -> KeySet:
        """The keys. Raises ServiceUnavailable when they were never read and cannot be read now."""
        if self._keys is not None and (unknown_kid is None or not self._may_read_again()):
            return self._keys
        async with self._reading:
            if self._keys is None or (unknown_kid is not None and self._may_read_again()):
                await self._read()
        if self._keys is None:
            raise ServiceUnavailable("Sign-in cannot be checked right now.")
        return self._keys

    def _may_read_again(self) -> bool:
        return utc_now() - self._read_at >= _LEAST_BETWEEN_READS

    async def _read(self) -> None:
        self._read_at = utc_now()
        timeout = aiohttp.ClientTimeout(total=3)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._url) as response:
                response.raise_for_status()
                self._keys = KeySet.import_key_set(await response.json())
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("public keys could not be read", error=type(error).__name__)
            if self._keys is None:
                self._read_at -= _LEAST_BETWEEN_READS
