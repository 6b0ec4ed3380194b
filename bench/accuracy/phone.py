"""The phone's own code in Chromium, given pictures instead of a camera: a real server, the page's own modules."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from app.imaging.packs.pack import load
from tests.e2e import browsers
from tests.e2e.world import World

# Both ways in which the phone judges: the live one on the frame, with its tighter limits, and the one after the
# shutter, on the picture that would be sent. No module of its own, so that nothing but the product's code measures.
LOOK = """async ({ pack, drawn, looks, every }) => {
  const names = ["guidance/picture-judge", "guidance/live-judge", "guidance/detector", "camera/picture"];
  const modules = await Promise.all(names.map((name) => import(name)));
  const [{ judgePicture }, { LiveJudge }, { openDetector }, { pictureFromVideo }] = modules;
  const body = await (await fetch("/frame.jpeg")).arrayBuffer();
  const bitmap = await createImageBitmap(new Blob([body], { type: "image/jpeg" }));
  const detector = await openDetector(pack.measuring);
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  const complete = ({ faces, background }) => background && (!faces.length || faces[0].look);
  const all = { background: true };
  while (!globalThis.loaded) globalThis.loaded = complete(await detector.look(bitmap, whole, pack.crop, all));
  const live = new LiveJudge(detector, pack);
  let now = 0;
  for (; now < looks * every; now += every) live.learn(await live.look(bitmap, now), now);
  const picture = drawn ? await pictureFromVideo(bitmap, live.framing.longest) : { bytes: body, type: "image/jpeg" };
  const { findings, unsure } = await judgePicture(picture, pack);
  const letters = Array.from(new Uint8Array(drawn ? picture.bytes : 0), (code) => String.fromCharCode(code));
  return {
    green: live.green(now),
    prompt: live.wanted(now)?.check ?? "none",
    live: Object.fromEntries([...live.judge.known].map(([check, { value }]) => [check, value])),
    findings: findings.map(({ check, value, verdict }) => ({ check, value, verdict })),
    unsure,
    sent: btoa(letters.join("")),
  };
}"""
LOOKS = {"looks": 5, "every": 1000}  # of a still, ms apart: after so many nothing changes any more


@dataclass(frozen=True)
class Seen:
    """What the phone says of a picture: whether its live frame is green, its prompt if not, and values and verdicts
    after the shutter; `sent` is the file that it would send, `unsure`: it would ask the server first on a slow link."""

    green: bool
    prompt: str
    live: dict[str, float]
    findings: dict[str, dict[str, Any]]
    sent: bytes
    unsure: bool


class Phone:
    """A page with the phone's modules."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pack = load().for_phone()
        self._frame = b""
        page.route("**/frame.jpeg", lambda route: route.fulfill(body=self._frame, content_type="image/jpeg"))

    def look(self, body: bytes, drawn: bool = False) -> Seen:
        """Judge a JPEG; `drawn`: as a frame of the camera, which the phone makes its picture of."""
        self._frame = body
        said = self._page.evaluate(LOOK, {"pack": self._pack, "drawn": drawn, **LOOKS})
        said["findings"] = {each["check"]: each for each in said["findings"]}
        return Seen(**{**said, "sent": base64.b64decode(said["sent"])})


@contextmanager
def phone(running: Playwright | None = None) -> Iterator[Phone]:
    """Server, browser and page, for as long as it is used; `running`: a driver that there is already."""
    driver = sync_playwright() if running is None else nullcontext(running)
    with tempfile.TemporaryDirectory() as folder, driver as playwright:
        world = World(Path(folder)).start()
        browser = browsers.launch(playwright, None)
        try:
            page = browsers.phone(browser, camera=False).new_page()
            page.goto(f"{world.origin}/m", wait_until="load")
            yield Phone(page)
        finally:
            browser.close()
            world.stop()
