"""Passwords: hashed with Argon2id in threads of their own, so that signing in never holds up the event loop."""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from plumbing.problems import ServiceUnavailable

MOST_WAITING = 256
"""Whoever comes when so many wait is asked to come again: they would have given up before it was their turn."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password is right, and its hash by the present settings when the stored one is by others."""

    right: bool
    renewed_hash: str | None = None


class Passwords:
    """Hashes and checks passwords, a bounded number of them at a time."""

    def __init__(self, *, memory_kib: int, passes: int, at_once: int) -> None:
        self._hashing = PasswordHash((Argon2Hasher(time_cost=passes, memory_cost=memory_kib, parallelism=1),))
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="passwords")
        self._waiting = 0
        self._nobodys = self._hashing.hash(secrets.token_urlsafe(32))

    async def hash(self, password: str) -> str:
        """The hash of a new password."""
        return await self._in_thread(lambda: self._hashing.hash(_normal(password)))

    async def check(self, password: str, stored: str | None) -> Checked:
        """Whether this is the password of that hash; without one it takes the same time, and it is not."""
        right, renewed = await self._in_thread(
            lambda: self._hashing.verify_and_update(_normal(password), stored or self._nobodys)
        )
        return Checked(right and stored is not None, renewed)

    async def close(self) -> None:
        """Finish what is being hashed."""
        self._threads.shutdown(wait=False)

    async def _in_thread[T](self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise ServiceUnavailable("Many people are signing in right now; try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _normal(password: str) -> str:
    """The same bytes for the same characters, whichever keyboard they come from (RFC 8265)."""
    return unicodedata.normalize("NFC", password)
