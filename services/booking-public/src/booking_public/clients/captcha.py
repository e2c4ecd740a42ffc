"""hCaptcha: whether a guest has proven to be a person. Never open, never closed for everybody: unsure is an answer."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import aiohttp
import structlog
from pydantic import BaseModel, ValidationError

log = structlog.get_logger("captcha")

TRIES = 2
SECONDS = 2.0
MOST_BYTES = 16_384
REST_AFTER = 3
REST_SECONDS = 15.0
_NOT_NOW = frozenset({408, 429})


class Proof(StrEnum):
    """What a token proves."""

    GIVEN = "given"
    REFUSED = "refused"
    UNSURE = "unsure"
    """Nobody could say."""


class Captcha(Protocol):
    """What tells people from programs."""

    @property
    def is_on(self) -> bool:
        """Whether a token is asked for at all."""
        ...

    async def verify(self, token: str) -> Proof:
        """What this token proves; a token is good for one call."""
        ...

    async def close(self) -> None:
        """Close the kept connections."""
        ...


class NoCaptcha:
    """Where no captcha is set up: everybody is let in."""

    is_on = False

    async def verify(self, token: str) -> Proof:
        """Given, whatever is sent."""
        _ = token
        return Proof.GIVEN

    async def close(self) -> None:
        """Nothing is open."""


class _Verdict(BaseModel):
    success: bool
    hostname: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HCaptchaAccount:
    """The account with hCaptcha, and the hosts of ours on which its widget is shown."""

    secret: str
    site_key: str
    verify_url: str
    hosts: frozenset[str]


class HCaptcha:
    """Tokens of hCaptcha's widget, verified by its API: two seconds, two tries, for our site and our hosts alone."""

    is_on = True

    def __init__(self, account: HCaptchaAccount) -> None:
        self._account = account
        self._session: aiohttp.ClientSession | None = None
        self._failures = 0
        self._resting_until = 0.0

    async def verify(self, token: str) -> Proof:
        """What this token proves. What hCaptcha does not answer, or not in its own form, is unsure.

        What it does not take (4xx) is refused: else whoever sends what it chokes on would get in without a proof.
        After some that were unsure nobody is asked for a while, so that not every guest waits for nothing.
        """
        if time.monotonic() < self._resting_until:
            return Proof.UNSURE
        proof = await self._tried(token)
        self._failures = self._failures + 1 if proof is Proof.UNSURE else 0
        if self._failures >= REST_AFTER:
            self._resting_until = time.monotonic() + REST_SECONDS
        return proof

    async def _tried(self, token: str) -> Proof:
        for _ in range(TRIES):
            try:
                verdict = _Verdict.model_validate_json(await self._ask(token))
            except aiohttp.ClientResponseError as error:
                log.warning("the captcha could not be verified", status=error.status)
                if _is_refused(error.status):
                    return Proof.REFUSED
            except (TimeoutError, aiohttp.ClientError, ConnectionError, ValidationError) as error:
                log.warning("the captcha could not be verified", error=type(error).__name__)
            else:
                is_ours = verdict.success and verdict.hostname in self._account.hosts
                return Proof.GIVEN if is_ours else Proof.REFUSED
        return Proof.UNSURE

    async def close(self) -> None:
        """Close the kept connections."""
        if self._session is not None:
            await self._session.close()

    async def _ask(self, token: str) -> bytes:
        form = {"secret": self._account.secret, "response": token, "sitekey": self._account.site_key}
        async with self._open().post(self._account.verify_url, data=form, allow_redirects=False) as response:
            response.raise_for_status()
            return await response.content.read(MOST_BYTES)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def _is_refused(status: int) -> bool:
    return 400 <= status < 500 and status not in _NOT_NOW
