"""Booking pages over HTTP: what is stored, who may, what is refused and where."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from plumbing.auth import Role

from ..make import Sold, Studio, a_page, a_service, a_slug

PAGES = "/api/booking-pages"
NOWHERE = "01890000-0000-7000-8000-000000000000"


async def told(sql: asyncpg.Connection, studio: Studio) -> list[dict[str, Any]]:
    """The pages in the events that wait, oldest first."""
    rows = await sql.fetch(
        "SELECT body FROM outbox WHERE routing_key = $1 ORDER BY id", f"booking_page.changed.{studio.id}"
    )
    return [json.loads(row["body"])["data"]["page"] for row in rows]


async def test_a_page_needs_only_a_slug(studio: Studio):
    made = await studio.page()
    assert (made["title"], made["locale"], made["active"], made["revision"]) == ("Studio", "en", True, 1)
    assert made["serviceIds"] is made["staffIds"] is None
    assert (made["confirmation"], made["refundPolicy"]) == ("automatic", {"late": "none", "percent": None})
    assert made["captcha"] is made["payments"] is None
    assert await studio.must("GET", f"{PAGES}/{made['id']}") == made
    assert (await studio.must("GET", PAGES))["items"] == [made]


async def test_a_page_keeps_all_that_was_sent(studio: Studio):
    wanted = a_page(
        title="Book with us",
        description="Come in",
        policyText="Be on time",
        confirmationText="See you",
        serviceIds=[str(studio.pilates.id)],
        staffIds=[str(studio.amira.id)],
        confirmation="manual",
        cancelWindowMinutes=1440,
        rescheduleWindowMinutes=60,
        refundPolicy={"late": "percent", "percent": 50},
        theme={"accent": "#1d4ed8", "logoUrl": "https://cdn.example.com/logo.svg", "radius": 8},
        embedOrigins=["https://www.example.com"],
        locale="ar-AE",
        active=False,
    )
    made = await studio.must("POST", PAGES, wanted)
    assert {name: made[name] for name in wanted} == wanted


async def test_every_change_is_told(studio: Studio, sql: asyncpg.Connection):
    made = await studio.page()
    await studio.must("PUT", f"{PAGES}/{made['id']}", {"active": False})
    await studio.must("PUT", f"{PAGES}/{made['id']}", {"active": False})
    await studio.must("DELETE", f"{PAGES}/{made['id']}")
    assert [(page["active"], page["archived"]) for page in await told(sql, studio)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


async def test_services_and_staff_of_others_are_refused_by_their_pointer(
    studio: Studio, new_studio: Callable[..., Studio]
):
    theirs, mine = new_studio(), str(studio.pilates.id)
    question = {"label": "Injuries?", "serviceId": str(theirs.pilates.id)}
    for wrong, pointer in (
        ({"serviceIds": [mine, str(theirs.pilates.id)]}, "/serviceIds/1"),
        ({"staffIds": [str(theirs.amira.id)]}, "/staffIds/0"),
        ({"staffIds": [mine]}, "/staffIds/0"),
        ({"intakeQuestions": [question]}, "/intakeQuestions/0/serviceId"),
    ):
        refused = await studio.call("POST", PAGES, a_page(**wrong))
        assert refused.status_code == 422, refused.text
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    made = await studio.page()
    refused = await studio.call("PUT", f"{PAGES}/{made['id']}", {"serviceIds": [str(theirs.pilates.id)]})
    assert refused.json()["errors"][0]["pointer"] == "/serviceIds/0"


async def test_what_was_added_a_moment_ago_can_be_named_and_what_was_archived_cannot(studio: Studio, sold: Sold):
    made = await studio.page()
    new, gone = a_service(), a_service(archived=True)
    sold.services[studio.id] += [new, gone]
    await studio.must("PUT", f"{PAGES}/{made['id']}", {"serviceIds": [str(new.id)]})
    assert (await studio.call("PUT", f"{PAGES}/{made['id']}", {"serviceIds": [str(gone.id)]})).status_code == 422


async def test_without_availability_only_what_is_known_can_be_named(studio: Studio, sold: Sold):
    await studio.page()
    sold.is_down = True
    await studio.page(serviceIds=[str(studio.pilates.id)])
    refused = await studio.call("POST", PAGES, a_page(serviceIds=[NOWHERE]))
    assert (refused.status_code, refused.json()["code"]) == (503, "ServiceUnavailable")


async def test_the_order_of_services_stays_and_none_is_there_twice(studio: Studio, sold: Sold):
    cut, wash = a_service(name="Cut"), a_service(name="Wash")
    sold.services[studio.id] += [cut, wash]
    made = await studio.page(serviceIds=[str(each.id) for each in (wash, cut, wash)])
    assert made["serviceIds"] == [str(wash.id), str(cut.id)]


async def test_intake_questions_keep_their_ids(studio: Studio):
    questions = [
        {"label": "Injuries?", "kind": "text", "required": True},
        {"label": "Level", "kind": "choice", "options": ["new", "old"], "serviceId": str(studio.pilates.id)},
        {"label": "I have read the rules", "kind": "checkbox", "required": True},
    ]
    made = await studio.page(intakeQuestions=questions)
    kept = made["intakeQuestions"]
    assert [question["label"] for question in kept] == [question["label"] for question in questions]
    again = await studio.must("PUT", f"{PAGES}/{made['id']}", {"intakeQuestions": kept})
    assert again == made


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"slug": "ab"}, "/slug"),
        ({"slug": "a" * 61}, "/slug"),
        ({"slug": "Studio"}, "/slug"),
        ({"slug": "-studio"}, "/slug"),
        ({"slug": "stu dio"}, "/slug"),
        ({"slug": "studio\n"}, "/slug"),
        ({"slug": "stüdio"}, "/slug"),
        ({"slug": "admin"}, "/slug"),
        ({"title": ""}, "/title"),
        ({"cancelWindowMinutes": -1}, "/cancelWindowMinutes"),
        ({"refundPolicy": {"late": "percent"}}, "/refundPolicy"),
        ({"refundPolicy": {"late": "none", "percent": 5}}, "/refundPolicy"),
        ({"theme": {"accent": "#ffff00"}}, "/theme/accent"),
        ({"theme": {"accent": "red"}}, "/theme/accent"),
        ({"theme": {"logoUrl": "http://example.com/logo.png"}}, "/theme/logoUrl"),
        ({"theme": {"logoUrl": "javascript:alert(1)"}}, "/theme/logoUrl"),
        ({"theme": {"logoUrl": "https://example.com/a\"onerror='x"}}, "/theme/logoUrl"),
        ({"intakeQuestions": [{"label": "x", "kind": "choice"}]}, "/intakeQuestions/0"),
        ({"intakeQuestions": [{"label": "x", "options": ["a"]}]}, "/intakeQuestions/0/options"),
        ({"embedOrigins": ["https://example.com/page"]}, "/embedOrigins/0"),
        ({"embedOrigins": ["http://example.com"]}, "/embedOrigins/0"),
        ({"embedOrigins": ["https://*.example.com"]}, "/embedOrigins/0"),
        ({"embedOrigins": ["https://a.example; script-src *"]}, "/embedOrigins/0"),
        ({"embedOrigins": ["*"]}, "/embedOrigins/0"),
        ({"locale": "english please"}, "/locale"),
        ({"confirmation": "never"}, "/confirmation"),
        ({"businessId": NOWHERE}, "/businessId"),
    ],
)
async def test_what_makes_no_sense_is_refused_by_its_pointer(studio: Studio, wrong: dict[str, Any], pointer: str):
    refused = await studio.call("POST", PAGES, a_page(**wrong))
    assert (refused.status_code, refused.json()["code"]) == (422, "Invalid"), refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


async def test_sites_are_kept_as_origins(studio: Studio):
    sent = ["https://WWW.Example.com/", "https://shop.example.com:8443", "http://localhost:3000"]
    made = await studio.page(embedOrigins=sent)
    assert made["embedOrigins"] == sorted(
        ["https://www.example.com", "https://shop.example.com:8443", "http://localhost:3000"]
    )


async def test_a_slug_is_no_other_page_s_of_whatever_business(studio: Studio, new_studio: Callable[..., Studio]):
    made = await studio.page()
    for other in (studio, new_studio()):
        refused = await other.call("POST", PAGES, a_page(slug=made["slug"]))
        assert (refused.status_code, refused.json()["code"]) == (409, "SlugTaken")
    second = await studio.page()
    refused = await studio.call("PUT", f"{PAGES}/{second['id']}", {"slug": made["slug"]})
    assert refused.json()["code"] == "SlugTaken"
    assert (await studio.must("GET", f"{PAGES}/{second['id']}")) == second


async def test_of_many_who_want_a_slug_at_once_one_gets_it(new_studio: Callable[..., Studio]):
    slug = a_slug()
    answers = await asyncio.gather(*(new_studio().call("POST", PAGES, a_page(slug=slug)) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]


async def test_a_former_slug_stays_the_page_s_and_is_nobody_else_s(studio: Studio, new_studio: Callable[..., Studio]):
    made = await studio.page()
    later = await studio.must("PUT", f"{PAGES}/{made['id']}", {"slug": a_slug()})
    assert [alias["slug"] for alias in later["aliases"]] == [made["slug"]]
    stranger = new_studio()
    assert (await stranger.call("POST", PAGES, a_page(slug=made["slug"]))).json()["code"] == "SlugTaken"
    back = await studio.must("PUT", f"{PAGES}/{made['id']}", {"slug": made["slug"]})
    assert (back["slug"], [alias["slug"] for alias in back["aliases"]]) == (made["slug"], [later["slug"]])


async def test_a_business_may_give_a_former_slug_to_another_page(studio: Studio):
    made = await studio.page()
    await studio.must("PUT", f"{PAGES}/{made['id']}", {"slug": a_slug()})
    second = await studio.page(slug=made["slug"])
    assert second["slug"] == made["slug"]
    assert (await studio.must("GET", f"{PAGES}/{made['id']}"))["aliases"] == []


async def test_of_two_pages_that_want_a_former_slug_at_once_one_gets_it(studio: Studio):
    made = await studio.page()
    await studio.must("PUT", f"{PAGES}/{made['id']}", {"slug": a_slug()})
    answers = await asyncio.gather(*(studio.call("POST", PAGES, a_page(slug=made["slug"])) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_only_so_many_former_slugs_are_kept(studio: Studio, new_studio: Callable[..., Studio]):
    made = await studio.page()
    for _ in range(11):
        page = await studio.must("PUT", f"{PAGES}/{made['id']}", {"slug": a_slug()})
    assert len(page["aliases"]) == 10
    assert made["slug"] not in {alias["slug"] for alias in page["aliases"]}
    await new_studio().page(slug=made["slug"])


async def test_a_removed_page_is_gone_and_its_slug_is_nobody_else_s(studio: Studio, new_studio: Callable[..., Studio]):
    made = await studio.page()
    await studio.must("DELETE", f"{PAGES}/{made['id']}")
    for method, body in (("GET", None), ("PUT", {"title": "x"}), ("DELETE", None)):
        assert (await studio.call(method, f"{PAGES}/{made['id']}", body)).status_code == 404
    assert (await studio.must("GET", PAGES))["items"] == []
    assert (await new_studio().call("POST", PAGES, a_page(slug=made["slug"]))).status_code == 409
    await studio.page(slug=made["slug"])


async def test_a_change_from_a_stale_revision_is_refused(studio: Studio):
    made = await studio.page()
    path = f"{PAGES}/{made['id']}"
    after = await studio.must("PUT", path, {"title": "New"})
    for method, body in (("PUT", {"title": "Newer"}), ("DELETE", None)):
        refused = await studio.call(method, path, body, If_Match='"1"')
        assert (refused.status_code, refused.json()["code"]) == (412, "StaleRevision")
        assert refused.json()["current"]["title"] == "New"
    kept = await studio.call("PUT", path, {"title": "Newest"}, If_Match=f'"{after["revision"]}"')
    assert (kept.status_code, kept.headers["ETag"]) == (200, '"3"')


async def test_a_key_makes_one_page_and_one_answer(studio: Studio):
    body = a_page()
    first, second = [await studio.call("POST", PAGES, body, Idempotency_Key="k1") for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len((await studio.must("GET", PAGES))["items"]) == 1


async def test_staff_may_look_and_managers_may_change(studio: Studio):
    made = await studio.page()
    studio.act_as(Role.STAFF)
    assert (await studio.must("GET", PAGES))["items"] == [made]
    for method, path in (("POST", PAGES), ("PUT", f"{PAGES}/{made['id']}"), ("DELETE", f"{PAGES}/{made['id']}")):
        refused = await studio.call(method, path, a_page() if method == "POST" else {"title": "x"})
        assert (refused.status_code, refused.json()["code"]) == (403, "NotAllowed")
    studio.act_as(Role.MANAGER)
    await studio.must("PUT", f"{PAGES}/{made['id']}", {"title": "By a manager"})


async def test_another_business_s_page_does_not_exist(studio: Studio, new_studio: Callable[..., Studio]):
    made = await studio.page()
    stranger = new_studio()
    for method, body in (("GET", None), ("PUT", {"title": "Mine"}), ("DELETE", None)):
        answer = await stranger.call(method, f"{PAGES}/{made['id']}", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert (await stranger.must("GET", PAGES))["items"] == []


async def test_pages_come_in_pages_with_the_same_number_of_statements(studio: Studio, statements: list[str]):
    made = [await studio.page() for _ in range(5)]
    counts: list[int] = []
    for limit in (2, 5):
        statements.clear()
        answer = await studio.must("GET", f"{PAGES}?limit={limit}")
        counts.append(len(statements))
        assert answer["items"] == made[:limit]
    assert counts[0] == counts[1]
    first = await studio.must("GET", f"{PAGES}?limit=3")
    rest = await studio.must("GET", f"{PAGES}?limit=3&cursor={first['nextCursor']}")
    assert [*first["items"], *rest["items"]] == made
