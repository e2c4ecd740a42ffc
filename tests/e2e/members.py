"""People and programs beside the owner: made by the API, as an owner would."""

from typing import Any
from uuid import uuid4

from tests.e2e.owner import Owner


async def join(owner: Owner, role: str, staff_id: str | None = None) -> Owner:
    """Somebody new who accepts an invitation of the owner; they call like an owner, with their own token."""
    email = f"{role}-{uuid4().hex[:12]}@example.com"
    invitation = await owner.must("POST", "/api/invitations", {"email": email, "role": role, "staffId": staff_id})
    member = Owner(owner.session, owner.url, credentials={"email": email, "password": "correct horse battery"})
    accepted = {"token": invitation["token"], "name": role, "password": member.credentials["password"]}
    answer = await member.must("POST", "/api/invitations/accept", accepted)
    member.token, member.business = answer["accessToken"], answer["business"]
    return member


async def member_id(owner: Owner, member: Owner) -> str:
    """The id of a member, as the owner sees it."""
    items: list[dict[str, Any]] = (await owner.must("GET", "/api/members", limit=200))["items"]
    return next(each["id"] for each in items if each["email"] == member.credentials["email"])


async def program(owner: Owner, *scopes: str) -> Owner:
    """A program with a new API key; its `credentials` have the key's id."""
    made = await owner.must("POST", "/api/api-keys", {"name": "Robot", "scopes": list(scopes)})
    return Owner(owner.session, owner.url, made["key"], owner.business, {"id": made["id"]})
