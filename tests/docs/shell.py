"""Running the commands of a page in one shell, against the product."""

import asyncio

from tests.docs.tutorial import Step, comparable, outputs_in, script_of

WRITTEN_URL = "http://localhost:8080"


async def check(steps: list[Step], url: str) -> None:
    """Every step runs, and prints what the page says that it prints."""
    script = script_of(steps).replace(WRITTEN_URL, url.rstrip("/"))
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
