"""Who may come in: by the cookie of our own pages, by a header, or by a first message."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from uuid import UUID

from websockets.datastructures import Headers

from contracts.ids import BusinessId
from plumbing.auth import COOKIE, KEY_PREFIX, PLAIN_COOKIE, Member, TokenVerifier
from plumbing.problems import CrossSiteRequest, NotFound, NotSignedIn

PATH = "/ws/calendar/"
_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Credential:
    """An access token or an API key."""

    token: str
    may_be_key: bool = True

    @property
    def api_key(self) -> str | None:
        """The API key, if it is one."""
        return self.token if self.may_be_key and self.token.startswith(KEY_PREFIX) else None

    async def holder(self, verifier: TokenVerifier) -> Member:
        """Whoever it stands for. Raises NotSignedIn and ServiceUnavailable."""
        return await (verifier.bearer(self.token) if self.may_be_key else verifier.verify(self.token))


def business_of(path: str) -> BusinessId:
    """The business whose calendar this path names. Raises NotFound for any other path."""
    try:
        named = path.removeprefix(PATH)
        business_id = UUID(named)
    except ValueError:
        raise NotFound from None
    if path != f"{PATH}{business_id}":
        raise NotFound
    return BusinessId(business_id)


def credential_of(headers: Headers, public_origins: frozenset[str]) -> Credential | None:
    """What the request shows; None when a first message has to say it.

    The cookie counts only for pages of ours: a browser sends it whoever asks it to. Raises CrossSiteRequest, and
    NotSignedIn for a header that says nothing.
    """
    if said := [each for each in headers.get_all("Authorization") if each]:
        scheme, _, token = said[0].partition(" ")
        if len(said) > 1 or scheme.lower() != "bearer" or not token.strip():
            raise NotSignedIn
        return Credential(token.strip())
    cookie = _cookie(headers)
    if cookie is None:
        return None
    if headers.get_all("Origin") not in [[origin] for origin in public_origins]:
        raise CrossSiteRequest
    return Credential(cookie, may_be_key=False)


def network_of(headers: Headers, peer: str) -> str:
    """The address that a request comes from, as the gateway says; of IPv6 the /64, which is one customer's."""
    said = headers.get_all("X-Real-IP")
    try:
        address = ip_address(said[0] if len(said) == 1 else peer)
    except ValueError:
        return peer
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None or address.version == 4:  # IPv4
        return str(mapped or address)
    return str(ip_network((address, _NETWORK_BITS), strict=False))


def _cookie(headers: Headers) -> str | None:
    """The session's cookie. (`http.cookies` would read none of them when one of another site's is odd.)"""
    pairs = (each.partition("=") for line in headers.get_all("Cookie") for each in line.split(";"))
    sent = {name.strip(): value.strip() for name, _, value in pairs}
    return sent.get(COOKIE) or sent.get(PLAIN_COOKIE) or None
