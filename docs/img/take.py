"""Take README's pictures from the running demo: `.venv/bin/python -m docs.img.take`. The camera films a drawing."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import browsers, steps
from tests.e2e.conftest import newcomer
from tests.e2e.world import ROOT, World

HERE = Path(__file__).parent
LIVE = "https://zz.example.cn"
GAP = 24
A_MOMENT = 2500  # ms: the camera's first pictures have been drawn


def drawing(browser: Browser) -> Image.Image:
    """The drawn portrait, 1080×1440, dimmed so that the white lines of the guide stand out."""
    page = browser.new_page(viewport={"width": 1080, "height": 1440})
    style = "<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>"
    page.set_content(style + (ROOT / "static/img/good.svg").read_text())
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture.point(lambda value: 20 + int(value * 0.7))


def save(name: str, *shots: bytes) -> None:
    """One or more screenshots side by side, in few colours."""
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, pictures[0].height), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (index * (picture.width + GAP), 0))
    sheet.quantize(128).save(HERE / name, optimize=True)


def desk(world: World, browser: Browser, language: str) -> None:
    """The desktop with the code, as a real installation shows it."""
    with browsers.desktop(browser, viewport={"width": 1200, "height": 720}) as context:
        page = context.new_page()
        steps.to_code(page, world.origin, newcomer(world))
        if language == "en":
            page.goto(f"{world.origin}/apply")
            page.get_by_role("button", name="English").click()
            page.goto(f"{world.origin}/apply/capture")
        page.locator("#qr svg").wait_for()
        expect(page.locator("#seconds")).not_to_have_text("–")
        save(f"desk.{language}.png", page.screenshot())


def phone(world: World, browser: Browser, language: str) -> None:
    """The phone: who it is for, the camera, the picture."""
    shots = []
    with browsers.desktop(browser) as there, browsers.phone(browser, device_scale_factor=1) as here:
        pc, page = there.new_page(), here.new_page()
        steps.to_code(pc, world.origin, newcomer(world))
        page.goto(browsers.read_code(pc))
        if language == "en":
            page.get_by_role("button", name="English").click()
        page.get_by_role("checkbox").check()
        shots.append(page.screenshot())
        for onward in (".button.primary", ".button.primary", ".shutter"):
            page.locator(onward).click()
            page.wait_for_timeout(A_MOMENT)
            shots.append(page.screenshot())
    save(f"phone.{language}.png", shots[0], *shots[2:])


def main() -> None:
    """All four."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        blind = browsers.launch(running, None)
        camera = browsers.film(Path(folder), drawing(blind))
        blind.close()
        browser = browsers.launch(running, camera)
        for language in ("zh", "en"):
            for take, settings in ((desk, {"PUBLIC_URL": LIVE}), (phone, {})):
                world = World(Path(folder) / f"{take.__name__}-{language}", **settings).start()
                take(world, browser, language)
                world.stop()
        browser.close()


if __name__ == "__main__":
    main()
