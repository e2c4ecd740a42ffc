"""What a business does with its own people and with another's: the steps of the probe of scoping.

Signing up, signing in and accepting an invitation are left out. They work across businesses by design: whoever does
that is in no business yet, and is looked for in all of them by what only they know. Refreshing and signing out by
cookie begin like that as well, but they are about a session of one business, and are here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from joserfc.jws import extract_compact

from accounts import jobs
from accounts.routes.cookies import REFRESH_COOKIE
from plumbing.api_keys import key_hash
from plumbing.auth import Role
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys
from tests.walls.probe import Foreign, Step

from .make import Browser, an_email

LONG_AGO = """
UPDATE sessions SET ended_at = ended_at - interval '1 day';
UPDATE refresh_tokens SET used_at = used_at + interval '1 hour'
"""
"""A session ended so long ago that no list of what was taken back has it, and the grace of a used token lasts."""

_OF_A_USED_ONE = "IN (SELECT t.session_id FROM public.refresh_tokens t WHERE t.used_at IS NOT NULL)"

type Ids = Mapping[str, str]
type Request = tuple[str, str, Any]


async def fill(owner: Browser, app: FastAPI, called: str) -> Ids:
    """One of everything; the ids, and what gives access."""
    made = await owner.signed_up(name=f"Amira {called}", business={"name": f"Studio {called}"})
    staff_id, invited = str(uuid4()), [await owner.invited(an_email()) for _ in range(3)]
    for role, more in ((Role.MANAGER, {"staffId": staff_id}), (Role.STAFF, {})):
        joining = await owner.invited(an_email(), role, **more)
        accepted = await Browser(app).accept(joining["token"], name=f"Noor {called}")
        assert accepted.status_code == 201, accepted.text
    keys = [await _key(owner, called) for _ in range(3)]
    members = {one["role"]: one["id"] for one in (await owner.members()).values()}
    gone, used = await _again(owner, app), await _again(owner, app)
    assert (await gone.call("POST", "/api/auth/sign-out")).status_code == 204
    following = await used.refresh()
    assert following.status_code == 200, following.text
    replaced = used.cookies[REFRESH_COOKIE]
    used.keep(following)
    return {
        **members,
        "business": made["business"]["id"],
        "staff_id": staff_id,
        "email": owner.email,
        "invitation": invited[0]["id"],
        "invited": invited[0]["email"],
        "key_id": keys[0]["id"],
        "key": keys[0]["key"],
        "gone": gone.token,
        "session": _session_of(owner),
        "session_gone": _session_of(gone),
        "replaced": replaced,
        "following": used.cookies[REFRESH_COOKIE],
        "unused": owner.cookies[REFRESH_COOKIE],
    }


def poisoned() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What the twin has otherwise, so that it is seen where it counts.

    Its sessions are live, but were not used lately. Of the session that was refreshed it has the tokens and not the
    session, of all others the session and other tokens: a token finds one session, and what is done then finds two.
    """
    other_member = {
        "role": "'manager'",
        "staff_id": "md5(staff_id::text)::uuid",
        "created_at": "created_at - interval '1 day'",
        "revision": "revision + 5",
    }
    live = {
        "id": f"CASE WHEN id {_OF_A_USED_ONE} THEN md5(id::text)::uuid ELSE id END",
        "used_at": "used_at - interval '1 day'",
        "ended_at": "NULL",
    }
    hashed = "sha256(token_hash)"
    return {
        "members": (other_member,),
        "sessions": (live,),
        "refresh_tokens": ({"token_hash": f"CASE WHEN session_id {_OF_A_USED_ONE} THEN token_hash ELSE {hashed} END"},),
        "invitations": (
            {"token_hash": hashed},
            {"token_hash": hashed, "id": "md5(id::text)::uuid", "email": "email || ' of the twin'"},
        ),
    }


def with_ids(ids: Ids) -> Iterator[Request]:
    """Every request about one thing."""
    member = f"/api/members/{ids['staff']}"
    yield "GET", member, None
    yield "PUT", member, {"role": "manager"}
    yield "PUT", member, {"role": "owner", "staffId": str(uuid4())}
    for path in (member, f"/api/invitations/{ids['invitation']}", f"/api/api-keys/{ids['key_id']}"):
        yield "DELETE", path, None


def of_the_business(mine: Ids, theirs: Ids) -> Iterator[Request]:
    """Lists, what is made, what its last owner may not, and who is signed in."""
    for path in ("members", "invitations", "api-keys", "business", "auth/me"):
        yield "GET", f"/api/{path}", None
    yield "PUT", "/api/business", {"name": "Changed"}
    yield "POST", "/api/api-keys", {"name": "Robot", "scopes": ["read"]}
    for email, more in (
        (mine["invited"], {}),
        (theirs["email"], {}),
        ("noor@example.com", {"staffId": theirs["staff_id"]}),
        ("noor@example.com", {"staffId": mine["staff_id"]}),
    ):
        yield "POST", "/api/invitations", {"email": email, "role": "staff", **more}
    last = f"/api/members/{mine['owner']}"
    yield "PUT", last, {"role": "staff"}
    yield "DELETE", last, None


def internal(mine: Ids) -> Iterator[Request]:
    """What other services ask: about this business, about all, and whose a key is."""
    yield "POST", "/internal/businesses", {"businessId": mine["business"]}
    yield "POST", "/internal/revocations", {}
    asked = [{"businessId": mine["business"], "sessionId": mine[name]} for name in ("session", "session_gone")]
    yield "POST", "/internal/sessions", {"sessions": asked}
    yield "POST", "/internal/api-keys", {"keyHash": key_hash(mine["key"])}


def steps(owner: Browser, mine: Ids, theirs: Ids, app: FastAPI, caller: TestKeys) -> list[Step]:
    """All of them."""

    def step(name: str, request: Request, foreign: Foreign | None = None, token: str | None = None) -> Step:
        method, path, body = request
        return Step(f"{name}: {method} {path} {body or ''}", partial(_send, owner, request, token), foreign)

    inside = ServiceToken(caller.private_json, audience="accounts").current()
    lists = ("members", "invitations", "api-keys")
    return [
        *(step("own", one) for one in (*with_ids(mine), *of_the_business(mine, theirs))),
        *(step("another's", one, "refused") for one in with_ids(theirs)),
        *(step("internal", one, token=inside) for one in internal(mine)),
        *(Step(f"pages of {path}", partial(_pages, owner, f"/api/{path}?limit=2")) for path in lists),
        step("by key", ("GET", "/api/business", None), token=mine["key"]),
        Step("by the token of a session that is over", partial(_status, owner, mine["gone"])),
        *_of_sessions(owner, mine),
        Step("own businesses", partial(owner.call, "GET", "/api/auth/businesses"), of_everybody=True),
        Step("republish", partial(jobs.republish, app.state.uow), of_everybody=True),
    ]


def _of_sessions(owner: Browser, mine: Ids) -> Iterator[Step]:
    for name in ("unused", "replaced", "following"):
        yield Step(f"refresh by {name}", partial(_refresh, owner, mine[name]))
    cookies = {REFRESH_COOKIE: mine["unused"]}
    yield Step("sign out by cookie", partial(owner.post, "/api/auth/sign-out", cookies=cookies))
    yield Step("sign out by token", partial(owner.call, "POST", "/api/auth/sign-out"))


async def _send(owner: Browser, request: Request, token: str | None) -> httpx.Response:
    method, path, body = request
    return await owner.client.request(method, path, json=body, headers=owner.bearer(token))


async def _pages(owner: Browser, path: str) -> list[httpx.Response]:
    """The first page of a list and the next."""
    first = await owner.call("GET", path)
    return [first, await owner.call("GET", f"{path}&cursor={first.json()['nextCursor']}")]


async def _refresh(owner: Browser, token: str) -> Any:
    """Who is signed in by a refresh token, without the access token, which is another each second."""
    answer = await owner.refresh(cookies={REFRESH_COOKIE: token})
    assert answer.status_code == 200, answer.text
    return {name: value for name, value in answer.json().items() if name in ("user", "business")}


async def _status(owner: Browser, token: str) -> int:
    """How it is answered who is signed in."""
    return (await owner.me(token)).status_code


def _session_of(who: Browser) -> str:
    """The session that a token says."""
    claims = extract_compact(who.token.encode()).payload
    return json.loads(claims)["sid"]


async def _key(owner: Browser, called: str) -> Any:
    body = {"name": f"Robot {called}", "scopes": ["read"]}
    answer = await owner.call("POST", "/api/api-keys", body, idempotency_key=str(uuid4()))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _again(owner: Browser, app: FastAPI) -> Browser:
    """The owner, signed in once more."""
    browser = Browser(app)
    browser.email = owner.email
    answer = await browser.sign_in()
    assert answer.status_code == 200, answer.text
    browser.keep(answer)
    return browser
