"""The tutorial is true: its commands run as they stand there, and print what it says."""

import asyncio

from tests.architecture.tree import ROOT
from tests.docs.tutorial import Step, comparable, outputs_in, script_of, steps_of

PAGE = ROOT / "docs" / "tutorials" / "first-appointment.md"
WRITTEN_URL = "http://localhost:8080"


async def test_the_tutorial_prints_what_it_says(product_url: str):
    steps = steps_of(PAGE.read_text(encoding="utf-8"))
    script = script_of(steps).replace(WRITTEN_URL, product_url.rstrip("/"))
    shell = await asyncio.create_subprocess_exec(
        "bash",
        "-eu",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(120):
        printed, _ = await shell.communicate(script.encode())
    outputs = outputs_in(printed.decode())
    said = [f"{step.commands}\n{comparable(step.printed)}" for step in steps]
    ran = [f"{step.commands}\n{comparable(output)}" for step, output in zip(steps, outputs, strict=False)]
    assert ran == said, printed.decode()[-2000:]


def test_commands_are_read_with_what_is_shown_after_them():
    page = "text\n\n```sh\necho 1\n```\n\n```text\n1\n```\n\nmore\n\n```sh\ntrue\n```\n"
    assert steps_of(page) == [Step("echo 1\n", "1\n"), Step("true\n", "")]


def test_ids_and_dates_may_be_others():
    first = "0199f0a2-1111-7222-8333-444455556666 2026-11-30T06:00:00Z\n"
    second = "0199f0a2-ffff-7222-8333-444455556666 2027-02-01T06:00:00Z"
    assert comparable(first) == comparable(second)
    assert comparable("06:00") != comparable("07:00")
