"""docker-compose.yml, really run, on Docker or podman: `make test-compose`.

COMPOSE_IMAGES=stand-ins does without a registry of images; POSTGRES_IMAGE and its like name others than the file's.
"""

import os
import re
from collections.abc import Generator
from datetime import timedelta

import aiohttp
import pytest

from sundial import demo_plan
from sundial_local.layout import Service
from sundial_local.ports import free_port
from tests.compose import engine, stand_ins
from tests.compose.stack import Stack
from tests.e2e.owner import Owner, next_week

pytestmark = pytest.mark.compose

RUN_ONCE = {"secrets", "web", "migrate", "demo"}
SERVE = {"postgres", "rabbitmq", "gateway", *(service.value for service in Service)}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack]:
    folder = tmp_path_factory.mktemp("compose")
    with engine.running(folder, podman=stand_ins.wanted()) as found:
        images = stand_ins.build(found, folder) if stand_ins.wanted() else {}
        stack = Stack(f"sundial-test-{os.getpid()}", found, free_port(), images)
        try:
            stack.build()
            stack.up()
            yield stack
        finally:
            stack.down(volumes=True)


@pytest.fixture(scope="module")
def product_url(stack: Stack) -> str:
    """In place of the product that other tests share, so that `owner` is somebody's of this one."""
    return stack.url


def test_every_part_runs_and_every_step_ended_well(stack: Stack):
    parts = stack.parts()
    assert {name: part["ExitCode"] for name, part in parts.items() if name in RUN_ONCE} == dict.fromkeys(RUN_ONCE, 0)
    assert {name: part["State"] for name, part in parts.items() if name in SERVE} == dict.fromkeys(SERVE, "running")
    assert demo_plan.BUSINESS in stack.logs("demo")


async def test_the_demo_business_can_be_used(stack: Stack, http: aiohttp.ClientSession):
    visitor = Owner(http, stack.url, credentials={"email": demo_plan.EMAIL, "password": demo_plan.PASSWORD})
    await visitor.renew()
    for path, planned in (("/api/services", demo_plan.SERVICES), ("/api/staff", demo_plan.PEOPLE)):
        listed = (await visitor.must("GET", path))["items"]
        assert sorted(item["name"] for item in listed) == sorted(wanted.name for wanted in planned)
    page = await visitor.must("GET", f"/api/public/booking/{demo_plan.SLUG}")
    assert page["businessName"] == demo_plan.BUSINESS


async def test_the_front_end_is_served(stack: Stack, http: aiohttp.ClientSession):
    async with http.get(f"{stack.url}/calendar") as document:
        shown = await document.text()
    [script] = re.findall(r'src="(/assets/[^"]+\.js)"', shown)
    async with http.get(f"{stack.url}{script}") as answer:
        assert (answer.status, answer.content_type) == (200, "text/javascript")


async def test_a_booked_time_cannot_be_taken_twice_and_leaves_the_slots(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    start = next_week(9)
    assert start in await owner.starts(service, staff, start.date())
    assert (await owner.book(service, staff, start)).status == 201
    second = await owner.book(service, staff, start + timedelta(minutes=15))
    assert (second.status, second.code) == (409, "SlotTaken")
    await owner.until_listed(service, staff, start, listed=False)


async def test_down_and_up_again_keep_what_was_booked(stack: Stack, owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    made = (await owner.book(service, staff, next_week(9))).body
    stack.down()
    stack.up()
    await owner.renew()
    assert await owner.must("GET", f"/api/appointments/{made['id']}") == made
    assert (await owner.book(service, staff, next_week(9))).code == "SlotTaken"
    await owner.until_listed(service, staff, next_week(9), listed=False)


@pytest.mark.parametrize("part", [*(service.value for service in Service), "gateway"])
def test_a_part_that_serves_others_is_nobody_and_writes_nothing(stack: Stack, part: str):
    assert stack.inside(part, "id", "-u") in {"10001", "101"}
    assert "Read-only file system" in stack.inside(part, "sh", "-c", "touch /here 2>&1 || true")
