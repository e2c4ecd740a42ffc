"""The two cookies of a browser that is signed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Self

from fastapi import Request, Response

from accounts.domain import ACCESS_TOKEN_LIFE
from plumbing.auth import COOKIE, PLAIN_COOKIE, is_loopback

REFRESH_COOKIE = "__Secure-refresh"
PLAIN_REFRESH_COOKIE = "refresh"
REFRESH_PATH = "/api/auth"
"""The refresh token goes to no other part of the product: a `__Host-` name would not allow that."""

_WHOLE_SITE = "/"


@dataclass(frozen=True, slots=True)
class Cookies:
    """How the cookies are named and flagged."""

    secure: bool

    @classmethod
    def for_origins(cls, origins: Collection[str]) -> Self:
        """Plain only where every public origin is plain http on this machine: there browsers refuse the prefixes."""
        return cls(secure=not origins or not all(map(is_loopback, origins)))

    @property
    def session(self) -> str:
        """The name of the cookie with the access token."""
        return COOKIE if self.secure else PLAIN_COOKIE

    @property
    def refresh(self) -> str:
        """The name of the cookie with the refresh token."""
        return REFRESH_COOKIE if self.secure else PLAIN_REFRESH_COOKIE

    def refresh_token(self, request: Request) -> str | None:
        """The refresh token of the request, if it has one."""
        return request.cookies.get(self.refresh) or None

    def set(self, response: Response, *, access_token: str, refresh_token: str, refreshable: timedelta) -> None:
        """Sign the browser in."""
        self._set(response, self.session, access_token, ACCESS_TOKEN_LIFE, path=_WHOLE_SITE, same_site="lax")
        self._set(response, self.refresh, refresh_token, refreshable, path=REFRESH_PATH, same_site="strict")

    def clear(self, response: Response) -> None:
        """Sign the browser out."""
        self._set(response, self.session, "", timedelta(), path=_WHOLE_SITE, same_site="lax")
        self._set(response, self.refresh, "", timedelta(), path=REFRESH_PATH, same_site="strict")

    def _set(
        self,
        response: Response,
        name: str,
        value: str,
        life: timedelta,
        *,
        path: str,
        same_site: Literal["lax", "strict"],
    ) -> None:
        response.set_cookie(
            name,
            value,
            max_age=int(life.total_seconds()),
            path=path,
            secure=self.secure,
            httponly=True,
            samesite=same_site,
        )
