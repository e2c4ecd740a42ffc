"""What the wizard tells screen readers, step by step: as it did. `make pictures` keeps it anew."""

from tests.e2e.web.aria_snapshots import kept, told
from tests.e2e.web.axe import Look
from tests.e2e.web.palm_studio import PalmStudio
from tests.e2e.web.screens import all_is_read
from tests.e2e.web.visit import PHONE
from tests.e2e.web.wizard_steps import steps
from tests.servers.browser import Tab


async def test_each_step_tells_a_screen_reader_what_it_is_and_breaks_no_rule(palm_studio: PalmStudio, window: Tab):
    await window.size(**PHONE)
    look, tells = Look(window.page), {}
    async for step in steps(palm_studio, window):
        await all_is_read(window.page)
        await look.at(step)
        tells[f"wizard-{step}-{palm_studio.language}"] = await told(window.page)
    look.is_clean()
    assert tells == {name: kept(name, found) for name, found in tells.items()}
