"""What the tests of accounts are arranged with: settings, and a browser that signs in."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http.cookies import Morsel, SimpleCookie
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from accounts.domain import Business, Membership, User
from accounts.settings import Settings
from contracts.ids import BusinessId, MemberId, UserId, uuid7
from plumbing.auth import Role
from plumbing.testing import TestKeys

ORIGIN = "https://book.example.com"
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
PASSWORD = "correct horse battery"


def jwks(*keys: TestKeys) -> str:
    """These private keys, as SIGNING_KEYS has them."""
    return json.dumps({"keys": [json.loads(key.private_json) for key in keys]})


def settings(**changed: Any) -> Settings:
    """Settings of a process that talks to nobody, with passwords that are hashed in no time."""
    values = {
        "env": "test",
        "port": 1,
        "database_url": "postgresql://nobody@127.0.0.1:1/nowhere",
        "amqp_url": "amqp://127.0.0.1:1",
        "public_origins": ORIGIN,
        "signing_keys": jwks(TestKeys("first")),
        "password_memory_kib": 8,
        "password_passes": 1,
    }
    return Settings.model_validate({**values, **changed})


def an_email() -> str:
    """An address that nobody has."""
    return f"{uuid4().hex[:12]}@example.com"


def a_business(**changed: Any) -> Business:
    """A business; any field can be changed."""
    fields: dict[str, Any] = {
        "id": BusinessId(uuid7()),
        "name": "Studio",
        "timezone": "Asia/Dubai",
        "currency": "AED",
        "locale": "en",
        "contact_email": None,
        "contact_phone": None,
        "address": None,
        "created_at": NOW,
        "updated_at": NOW,
        "revision": 1,
    }
    return Business(**{**fields, **changed})


def a_membership(**changed: Any) -> Membership:
    """An owner of a business; any field can be changed."""
    fields: dict[str, Any] = {
        "id": MemberId(uuid7()),
        "user": User(UserId(uuid7()), "amira@example.com", "Amira"),
        "business": a_business(),
        "role": Role.OWNER,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Membership(**{**fields, **changed})


def set_cookies(answer: httpx.Response) -> dict[str, Morsel[str]]:
    """The cookies that an answer sets, by name."""
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        found.load(line)
    return dict(found)


class Browser:
    """Somebody who calls the API; cookies are kept only as `cookies`, and sent only when asked to."""

    def __init__(self, app: FastAPI, *, origin: str = ORIGIN) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=origin)
        self.origin = origin
        self.email = an_email()
        self.cookies: dict[str, str] = {}
        self.token = ""

    async def post(
        self, path: str, body: Any = None, *, cookies: Mapping[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """POST as our own page does; other cookies than the kept ones can be sent."""
        sent = self.cookies if cookies is None else cookies
        fields = {"origin": self.origin, **({"cookie": _line(sent)} if sent else {}), **_named(headers)}
        answer = await self.client.post(path, json=body, headers=fields)
        self.client.cookies.clear()
        return answer

    def keep(self, answer: httpx.Response) -> httpx.Response:
        """Keep the cookies and the token of an answer, as a browser and its page do."""
        self.cookies |= {name: morsel.value for name, morsel in set_cookies(answer).items()}
        self.token = answer.json()["accessToken"]
        return answer

    async def sign_up(self, *, key: str | None = None, **changed: Any) -> httpx.Response:
        """POST /api/auth/sign-up."""
        body = {"email": self.email, "password": PASSWORD, "name": "Amira", "business": {"name": "Studio"}, **changed}
        return await self.post("/api/auth/sign-up", body, **({"idempotency_key": key} if key else {}))

    async def signed_up(self, **changed: Any) -> Any:
        """A sign-up that has to succeed; its body. Cookies and token are kept."""
        answer = await self.sign_up(**changed)
        assert answer.status_code == 201, answer.text
        return self.keep(answer).json()

    async def sign_in(self, password: str = PASSWORD, **changed: Any) -> httpx.Response:
        """POST /api/auth/sign-in."""
        body = {"email": self.email, "password": password, **changed}
        return await self.post("/api/auth/sign-in", body, cookies={})

    async def refresh(self, **changed: Any) -> httpx.Response:
        """POST /api/auth/refresh; the new cookies are not kept."""
        return await self.post("/api/auth/refresh", **changed)

    async def me(self, token: str | None = None) -> httpx.Response:
        """GET /api/auth/me."""
        return await self.client.get("/api/auth/me", headers=self.bearer(token))

    async def business(self, **changes: Any) -> httpx.Response:
        """PUT /api/business."""
        return await self.client.put("/api/business", json=changes, headers=self.bearer())

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Any request with the kept token."""
        fields = {**self.bearer(), **_named(headers)}
        return await self.client.request(method, path, json=body, headers=fields)

    async def invited(self, email: str, role: Role = Role.STAFF, **more: Any) -> Any:
        """An invitation that has to be made; its body, with token and link."""
        answer = await self.call("POST", "/api/invitations", {"email": email, "role": role, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def accept(self, token: str, *, key: str | None = None, **changed: Any) -> httpx.Response:
        """POST /api/invitations/accept, as somebody new."""
        body = {"token": token, "name": "Noor", "password": PASSWORD, **changed}
        sent = {name: value for name, value in body.items() if value is not None}
        return await self.post("/api/invitations/accept", sent, **({"idempotency_key": key} if key else {}))

    async def joins(self, owner: "Browser", role: Role = Role.STAFF, **more: Any) -> Any:
        """Become a member of the owner's business, by an invitation; the body of the answer. The token is kept."""
        invitation = await owner.invited(self.email, role, **more)
        answer = await self.accept(invitation["token"])
        assert answer.status_code == 201, answer.text
        return self.keep(answer).json()

    async def members(self) -> dict[str, Any]:
        """The members of the business, by their email addresses."""
        answer = await self.call("GET", "/api/members")
        assert answer.status_code == 200, answer.text
        return {each["email"]: each for each in answer.json()["items"]}

    def bearer(self, token: str | None = None) -> dict[str, str]:
        """The header that carries a token, or the kept one."""
        return {"Authorization": f"Bearer {token or self.token}"}


def _line(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
