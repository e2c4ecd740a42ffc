"""API keys."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field

from accounts.domain import ApiKey
from contracts.access import Scope
from contracts.ids import ApiKeyId
from contracts.wire import Instant, Wire
from plumbing.schemas import Body, Name


def _each_once(scopes: list[Scope]) -> list[Scope]:
    if len(set(scopes)) < len(scopes):
        raise ValueError("must not name a scope twice")
    return sorted(scopes)


class NewApiKey(Body):
    """A key for a program. `read` may look at everything that a manager may, `write` may do it, too."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=2), AfterValidator(_each_once)]


class ApiKeyOut(Wire):
    """A key, known by its first letters. `lastUsedAt` is exact to a minute."""

    id: ApiKeyId
    name: str
    scopes: list[Scope]
    prefix: str
    created_at: Instant
    last_used_at: Instant | None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """The answer for this key."""
        return cls(
            id=key.id,
            name=key.name,
            scopes=list(key.scopes),
            prefix=key.hint,
            created_at=key.created_at,
            last_used_at=key.last_used_at,
        )


class ApiKeyMade(ApiKeyOut):
    """A new key. `key` is shown this once, and never stored.

    In an answer that is given again for an Idempotency-Key it is null: delete that key and make another.
    """

    key: str | None = None

    def with_secret(self, key: str) -> Self:
        """The same, to be shown once."""
        return self.model_copy(update={"key": key})
