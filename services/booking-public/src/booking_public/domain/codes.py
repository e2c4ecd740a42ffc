"""The code by which a guest proves that an email address is theirs, and the problems that a guest can meet."""

import hmac
from datetime import timedelta
from hashlib import sha256
from secrets import randbelow

from contracts.wire import Instant, Wire
from plumbing.problems import Problem

CODE_LIFE = timedelta(minutes=15)
"""So long a code is good, and so long the time is kept for whoever was sent it."""

MOST_TRIES = 5
"""So many wrong codes end it: a guess is right once in a million times."""

_DIGITS = 6


class WrongCode(Problem):
    """This is not the code that was sent."""

    status = 409

    def __init__(self, tries_left: int) -> None:
        super().__init__(triesLeft=tries_left)


class NothingToVerify(Problem):
    """This booking waits for no code."""

    status = 409


class Verification(Wire):
    """Where a code was sent to, and until when it is good; after that the time is free again."""

    channel: str = "email"
    expires_at: Instant


def new_code() -> str:
    """Six digits."""
    return f"{randbelow(10**_DIGITS):0{_DIGITS}d}"


def hash_of_code(salt: bytes, code: str) -> bytes:
    """What is kept of a code, with the salt of its booking."""
    return hmac.digest(salt, b"code:" + code.encode(), sha256)
