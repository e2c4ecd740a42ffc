"""What tests need more than once: keys, tokens, the statements that are run, and waiting for a condition."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from sqlalchemy import event

from plumbing.auth import ACCESS_TOKEN_TYPE, ALGORITHM, AUDIENCE, ISSUER, Role
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.session import Row, Session


class TestKeys:
    """A signing key and what is derived from it; also a source of public keys (plumbing.auth.Keys)."""

    __test__ = False

    def __init__(self, kid: str = "test") -> None:
        self._key = OKPKey.generate_key("Ed25519", {"kid": kid}, private=True)

    @property
    def private_json(self) -> str:
        """The private key as a JWK."""
        return json.dumps(self._key.as_dict(private=True))

    @property
    def public_json(self) -> str:
        """The public key as a JWKS."""
        return json.dumps({"keys": [self._key.as_dict(private=False)]})

    async def current(self, *, unknown_kid: str | None = None) -> KeySet:
        """The public key."""
        return KeySet.import_key_set(json.loads(self.public_json))

    def sign(self, claims: dict[str, Any], header: dict[str, Any] | None = None) -> str:
        """A token with exactly these claims."""
        fields = {"alg": ALGORITHM, "kid": self._key.kid, "typ": ACCESS_TOKEN_TYPE, **(header or {})}
        return jwt.encode(fields, claims, self._key, algorithms=[ALGORITHM])

    def access_token(self, business_id: UUID, *, role: Role = Role.OWNER, **changed: Any) -> str:
        """An access token of a member of the business; any claim can be changed."""
        now = utc_now()
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(uuid4()),
            "sid": str(uuid4()),
            "businessId": str(business_id),
            "role": str(role),
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(minutes=5)).timestamp()),
        }
        return self.sign({**claims, **changed})


@contextmanager
def noted_statements(uow: UnitOfWork) -> Generator[list[str]]:
    """Every statement that is run in transactions of this process from now on, by either way to the driver."""
    seen: list[str] = []
    fetch, engine = Session.fetch, uow.engine.sync_engine

    async def noted(session: Session, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        seen.append(sql)
        return await fetch(session, sql, parameters)

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with patch.object(Session, "fetch", noted):
            yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def eventually[T](
    look: Callable[[], Awaitable[T]], *, until: Callable[[T], bool] = bool, seconds: float = 10.0
) -> T:
    """Look again until it is so; fails with what was last seen."""
    deadline = time.monotonic() + seconds
    while True:
        seen = await look()
        if until(seen):
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"not so after {seconds} s; last seen: {seen!r}")
        await asyncio.sleep(0.02)
