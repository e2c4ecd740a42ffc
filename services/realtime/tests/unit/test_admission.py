"""What a request shows: by a header, or by the cookie of our own pages."""

import pytest
from websockets.datastructures import Headers

from plumbing.problems import CrossSiteRequest, NotSignedIn
from realtime.live.admission import Credential, credential_of, network_of

OURS = frozenset({"https://book.example.com"})
FROM_OURS = ("Origin", "https://book.example.com")


@pytest.mark.parametrize(
    "sent",
    [
        [("Cookie", "session=token")],
        [("Cookie", 'odd={"a": "b c"}; =; session=token; other')],
        [("Cookie", "odd=@[]"), ("Cookie", "__Host-session=token; session=old")],
    ],
    ids=["alone", "beside odd ones", "by its safer name"],
)
def test_the_cookie_is_found_whatever_other_cookies_are_like(sent: list[tuple[str, str]]):
    assert credential_of(Headers([*sent, FROM_OURS]), OURS) == Credential("token", may_be_key=False)


@pytest.mark.parametrize("origins", [[], [FROM_OURS, FROM_OURS], [("Origin", "https://book.example.com.evil.example")]])
def test_a_cookie_counts_only_with_the_one_origin(origins: list[tuple[str, str]]):
    with pytest.raises(CrossSiteRequest):
        credential_of(Headers([("Cookie", "session=token"), *origins]), OURS)


@pytest.mark.parametrize("values", [["Basic abc"], ["Bearer"], ["Bearer one", "Bearer two"]])
def test_a_header_that_says_nothing_is_refused(values: list[str]):
    with pytest.raises(NotSignedIn):
        credential_of(Headers([("Authorization", value) for value in values]), OURS)


@pytest.mark.parametrize(
    ("said", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("nonsense", "127.0.0.1"),
    ],
)
def test_a_network_is_an_address_or_what_one_customer_has_of_ipv6(said: str, network: str):
    assert network_of(Headers([("X-Real-IP", said)]), "127.0.0.1") == network
