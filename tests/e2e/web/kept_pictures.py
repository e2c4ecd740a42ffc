"""Pictures of screens: compared with those that are kept, pixel by pixel, or kept in their place (`make pictures`)."""

import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from playwright.async_api import Page

FOLDER = Path(__file__).with_name("pictures")
DIFFERENT = FOLDER / "different"
GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "pictures"
GUIDES = {
    "calendar-day-en-1440": "calendar-day",
    "drawer-en-820": "drawer",
    "home-en-820": "home",
    "hours-en-820": "hours",
    "services-en-820": "services",
    "wizard-service-en-390": "wizard-service",
    "wizard-time-en-390": "wizard-time",
}
"""Those that pages for owners show, by what they are called there."""
ROUNDING = 2  # of 255: processors do not round alike
TRIES = 5  # until what moves has come to rest

_WIDTHS = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = '100px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif';
  return ["Palm Studio, 09:30", "استوديو النخلة"].map((text) => canvas.measureText(text).width.toFixed(3)).join(" ");
}"""
"""How wide texts are in the fonts of booking pages, which are those of the machine."""

_REST = """async () => {
  await document.fonts.ready;
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)));
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let frames = 0; frames < 300; frames += 1) {
    await frame();
    if (document.querySelector(".skeleton, .waiting") === null) return;
  }
}"""
"""A key that was pressed a moment ago may have begun to read something only now."""


def renews() -> bool:
    """Whether what is found is kept, and compared with nothing: `all` leave none of before, `some` leave the others."""
    return "PICTURES" in os.environ


class Pictures:
    """Those that one version of the browser made."""

    def __init__(self, browser: str) -> None:
        self.folder = FOLDER / f"chromium-{browser.split('.', maxsplit=1)[0]}"
        self.renews = renews()

    async def begin(self, page: Page) -> str | None:
        """Forget what was found; before all are renewed, also what was kept. Why nothing can be compared, if so."""
        shutil.rmtree(DIFFERENT, ignore_errors=True)
        fonts, widths = self.folder / "fonts.txt", await page.evaluate(_WIDTHS)
        if self.renews:
            if os.environ["PICTURES"] == "all":
                shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            fonts.write_text(f"{widths}\n")
        if not fonts.exists():
            return f"there are no pictures of {self.folder.name}: look at the screens, and `make pictures`"
        return None if fonts.read_text().strip() == widths else "the pictures were made with other fonts than are here"

    async def are_as_kept(self, page: Page, name: str) -> bool:
        """Whether the window looks as it did; where it does not, what is seen is put into `DIFFERENT`."""
        path = self.folder / f"{name}.webp"
        kept = None if self.renews or not path.exists() else _opened(path.read_bytes())
        found = await _at_rest(page, kept)
        if self.renews:
            path.write_bytes(_compressed(found))
            if name in GUIDES:
                GUIDE.mkdir(exist_ok=True)
                shutil.copy(path, GUIDE / f"{GUIDES[name]}.webp")
            return True
        difference = different(kept, found) if kept else found
        if difference:
            DIFFERENT.mkdir(exist_ok=True)
            found.save(DIFFERENT / f"{name}.png")
            difference.save(DIFFERENT / f"{name}.difference.png")
        return difference is None


def different(kept: Image.Image, found: Image.Image) -> Image.Image | None:
    """None where they are alike; else what was found, pale, with what differs in red."""
    if kept.size != found.size:
        return Image.new("RGB", found.size, "red")
    red, green, blue = ImageChops.difference(kept, found).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    where = most.point([0 if step <= ROUNDING else 255 for step in range(256)])
    if where.getbbox() is None:
        return None
    pale = Image.blend(found, Image.new("RGB", found.size, "white"), 0.7)
    pale.paste("red", mask=where)
    return pale


async def _at_rest(page: Page, kept: Image.Image | None) -> Image.Image:
    """What the window shows when it looks as it did, or the same twice."""
    last = b""
    for _ in range(TRIES):
        await page.evaluate(_REST)
        taken = await page.screenshot()
        if taken == last or (kept and different(kept, _opened(taken)) is None):
            return _opened(taken)
        last = taken
    return _opened(last)


def _opened(file: bytes) -> Image.Image:
    return Image.open(BytesIO(file)).convert("RGB")


def _compressed(picture: Image.Image) -> bytes:
    """As WebP that loses nothing: a third of what PNG takes."""
    file = BytesIO()
    picture.save(file, "WEBP", lossless=True, quality=80, method=4)
    return file.getvalue()
