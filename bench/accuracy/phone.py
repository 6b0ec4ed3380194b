"""The phone's own code in Chromium, given pictures instead of a camera: a real server, the page's own modules."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from app.imaging.packs.pack import load
from tests.e2e import browsers
from tests.e2e.world import World

# Both ways in which the phone judges: the live one on the frame, with its tighter limits, and the one after the
# shutter, on the cut. No module of its own, so that nothing but the product's code measures.
LOOK = """async ({ bytes, pack }) => {
  const guidance = ["picture-judge", "judge", "measures", "detector"].map((name) => import(`guidance/${name}`));
  const modules = await Promise.all([...guidance, import("camera/picture")]);
  const [{ judgePicture }, { Judge }, { measures }, { openDetector }, { cropOf }] = modules;
  const body = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer;
  const picture = { bytes: body, type: "image/jpeg" };
  const bitmap = await createImageBitmap(new Blob([body], { type: "image/jpeg" }));
  const area = cropOf(bitmap.width, bitmap.height);
  const detector = await openDetector(pack.measuring);
  const detection = await detector.look(bitmap, area, pack.crop, { light: true, background: true });
  const judge = new Judge(pack);
  judge.take(measures(detection, pack, area.width / pack.crop.width), 0);
  const { findings } = await judgePicture(picture, pack);
  return { green: judge.green, findings: findings.map(({ check, value, verdict }) => ({ check, value, verdict })) };
}"""


@dataclass(frozen=True)
class Seen:
    """What the phone says of a picture: whether its live frame is green, and values and verdicts after the shutter."""

    green: bool
    findings: dict[str, dict[str, Any]]


class Phone:
    """A page with the phone's modules."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pack = load().for_phone()

    def look(self, body: bytes) -> Seen:
        """Judge a JPEG."""
        said = self._page.evaluate(LOOK, {"bytes": base64.b64encode(body).decode(), "pack": self._pack})
        return Seen(said["green"], {each["check"]: each for each in said["findings"]})


@contextmanager
def phone() -> Iterator[Phone]:
    """Server, browser and page, for as long as it is used."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        world = World(Path(folder)).start()
        browser = browsers.launch(playwright, None)
        try:
            page = browsers.phone(browser, camera=False).new_page()
            page.goto(f"{world.origin}/m", wait_until="load")
            yield Phone(page)
        finally:
            browser.close()
            world.stop()
