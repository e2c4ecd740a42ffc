"""A business's own words: looked at before they are kept, used when something is sent, taken back."""

import time
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from plumbing.auth import Role

from ..make import Studio
from ..post import Post

BOOKED = "/api/templates/booked/email/en"
SMS = "/api/templates/booked/sms/en"


async def test_every_template_is_there_in_both_languages(studio: Studio):
    found = (await studio.must("GET", "/api/templates"))["items"]
    assert len(found) == len({(each["kind"], each["channel"], each["locale"]) for each in found})
    assert {each["locale"] for each in found} == {"en", "ar"}
    assert not any(each["isOwn"] for each in found)
    narrow = (await studio.client.get("/api/templates", params={"kind": "booked", "locale": "ar"})).json()["items"]
    assert [each["channel"] for each in narrow] == ["email", "sms", "whatsapp"]


async def test_own_words_are_used_from_then_on(studio: Studio, post: Post):
    before = await studio.must("GET", BOOKED)
    changed = {"subject": "See you, {{ customer_name }}", "body": "<mj-text>Bring socks</mj-text>{{ details }}"}
    after = await studio.must("PUT", BOOKED, changed)
    assert (after["isOwn"], after["revision"], after["text"]) == (True, 2, before["text"])
    made = await studio.books()
    await studio.send()
    [mail] = await post.to(made.customer.email)
    assert mail["subject"] == "See you, Noor"
    assert "Bring socks" in mail["html"]
    assert "Pilates" in mail["html"]


async def test_own_words_that_an_update_has_broken_give_way_to_those_of_the_product(
    studio: Studio, post: Post, sql: asyncpg.Connection
):
    await studio.must("PUT", BOOKED, {"subject": "See you"})
    await sql.execute("UPDATE templates SET text = '{{ word_of_old }}' WHERE business_id = $1", studio.id)
    made = await studio.books()
    await studio.send()
    [mail] = await post.to(made.customer.email)
    assert mail["subject"].startswith("You are booked")


async def test_they_are_taken_back(studio: Studio):
    await studio.must("PUT", SMS, {"text": "Hi {{ customer_name }}"})
    await studio.must("DELETE", SMS)
    found = await studio.must("GET", SMS)
    assert (found["isOwn"], found["revision"]) == (False, 1)


async def test_they_are_of_one_business_alone(new_studio: Callable[[], Studio]):
    mine, theirs = new_studio(), new_studio()
    await mine.must("PUT", SMS, {"text": "Mine"})
    assert (await theirs.must("GET", SMS))["isOwn"] is False


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"subject": "{{ custommer_name }}"}, "/subject", "line 1: there is no word custommer_name"),
        ({"body": "<mj-text>\n\n{{ customer_name"}, "/body", "line 3: unexpected end"),
        ({"text": "Hi\n{% for x in details %}{% endfor %}"}, "/text", "line 2: loops are not allowed"),
        ({"body": "<mj-text>x"}, "/body", "line 1: <mj-text> is not closed"),
        ({"body": "<mj-text>\n<script>x</script></mj-text>"}, "/body", "line 2: <script> is not allowed"),
        ({"text": "{% if pending %}{% endif %}"}, "/text", "is empty"),
        ({"subject": None}, "/subject", "must not be null"),
    ],
)
async def test_a_broken_template_is_refused_with_its_line(studio: Studio, changes: Any, pointer: str, said: str):
    for method, path in (("PUT", BOOKED), ("POST", f"{BOOKED}/preview")):
        answer = await studio.call(method, path, changes)
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert error["pointer"] == pointer
        assert said in error["detail"]
    assert (await studio.must("GET", BOOKED))["isOwn"] is False


async def test_an_sms_has_no_subject(studio: Studio):
    answer = await studio.call("PUT", SMS, {"subject": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/subject")


async def test_a_template_that_there_is_not_is_not_found(studio: Studio):
    assert (await studio.call("GET", "/api/templates/invitation/sms/en")).status_code == 404


async def test_a_preview_shows_an_example_and_keeps_nothing(studio: Studio):
    shown = await studio.must("POST", f"{BOOKED}/preview", {"subject": "For {{ customer_name }}"})
    assert shown["subject"] == "For Noor Haddad"
    assert shown["html"].startswith("<!doctype html>")
    assert (await studio.must("GET", BOOKED))["isOwn"] is False
    arabic = await studio.must("POST", "/api/templates/booked/email/ar/preview", {})
    assert 'dir="rtl"' in arabic["html"]


async def test_a_stale_change_is_refused_with_the_present_state(studio: Studio):
    await studio.must("PUT", SMS, {"text": "One"})
    answer = await studio.call("PUT", SMS, {"text": "Two"}, if_match='"1"')
    assert (answer.status_code, answer.json()["current"]["text"]) == (412, "One")


async def test_the_longest_template_is_filled_in_quickly(studio: Studio):
    body = "<mj-text>" + "{% if pending %}{{ details }}{% else %}{{ details }}{% endif %}" * 300 + "</mj-text>"
    began = time.monotonic()
    await studio.call("POST", f"{BOOKED}/preview", {"body": body})
    assert time.monotonic() - began < 2


async def test_staff_read_and_do_not_write(studio: Studio):
    studio.act_as(Role.STAFF)
    await studio.must("GET", SMS)
    for method, path in (("PUT", SMS), ("DELETE", SMS), ("POST", f"{SMS}/preview")):
        assert (await studio.call(method, path, {} if method != "DELETE" else None)).status_code == 403
