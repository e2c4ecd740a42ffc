"""The cookies: how they are named and flagged, where."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from fastapi import Response

from accounts.routes.cookies import Cookies


def _set(cookies: Cookies) -> SimpleCookie:
    response = Response()
    cookies.set(response, access_token="a", refresh_token="r", refreshable=timedelta(hours=12))
    return _read(response)


def _read(response: Response) -> SimpleCookie:
    found: SimpleCookie = SimpleCookie()
    for line in response.headers.getlist("set-cookie"):
        found.load(line)
    return found


@pytest.mark.parametrize(
    ("origins", "secure"),
    [
        (["http://localhost:8080"], False),
        (["http://localhost:8080", "http://127.0.0.1:8080"], False),
        (["https://localhost:8080"], True),
        (["http://localhost:8080", "https://book.example.com"], True),
        (["http://book.example.com"], True),
        ([], True),
    ],
)
def test_cookies_are_plain_only_where_every_origin_is_plain_loopback(origins: list[str], secure: bool):
    assert Cookies.for_origins(origins).secure is secure


def test_the_session_cookie_is_for_the_whole_site_and_no_script():
    session = _set(Cookies(secure=True))["__Host-session"]
    assert (session["path"], session["secure"], session["httponly"]) == ("/", True, True)
    assert (session["samesite"], session["domain"], session["max-age"]) == ("lax", "", "300")


def test_the_refresh_cookie_is_limited_to_sign_in():
    refresh = _set(Cookies(secure=True))["__Secure-refresh"]
    assert (refresh["path"], refresh["secure"], refresh["httponly"]) == ("/api/auth", True, True)
    assert (refresh["samesite"], refresh["max-age"]) == ("strict", "43200")


def test_plain_cookies_have_no_prefix_and_no_secure():
    found = _set(Cookies(secure=False))
    assert set(found) == {"session", "refresh"}
    assert not any(morsel["secure"] for morsel in found.values())


def test_clearing_ends_the_cookies_that_were_set():
    response = Response()
    Cookies(secure=True).clear(response)
    cleared, was = _read(response), _set(Cookies(secure=True))
    assert {name: (cookie.value, cookie["max-age"]) for name, cookie in cleared.items()} == dict.fromkeys(
        was, ("", "0")
    )
    assert all(cleared[name]["path"] == cookie["path"] for name, cookie in was.items())
