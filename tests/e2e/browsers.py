"""Real browsers with a camera that films a face, or none; desktops and phones in them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from pyzbar import pyzbar

from tests.pictures import portrait

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-quic"]  # fmt: skip
PHONE = {"viewport": {"width": 412, "height": 915}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
         "locale": "zh-CN", "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 "
         "(KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"}  # fmt: skip
DESKTOP = {"viewport": {"width": 1366, "height": 900}, "locale": "zh-CN"}


def film(folder: Path, picture: Image.Image | None = None) -> Path:
    """An MJPEG of one frame, which the fake camera repeats."""
    path = folder / "camera.mjpeg"
    (picture or portrait(1080, 1440)).save(path, "JPEG", quality=92)
    return path


def launch(playwright: Playwright, camera: Path | None) -> Browser:
    """Chromium; without `camera` the machine has none."""
    fake = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"] if camera else []
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *fake])


def phone(browser: Browser, camera: bool = True, **options) -> BrowserContext:
    """A phone; `camera` grants the permission."""
    return browser.new_context(**{**PHONE, **options}, permissions=["camera"] if camera else [])


def desktop(browser: Browser, **options) -> BrowserContext:
    """A PC."""
    return browser.new_context(**{**DESKTOP, **options}, permissions=["clipboard-read", "clipboard-write"])


def read_code(page: Page) -> str:
    """What the QR code on the page says, read off a screenshot as a phone would."""
    page.locator("#qr svg").wait_for()
    shot = Image.open(io.BytesIO(page.locator("#qr").screenshot()))
    found = pyzbar.decode(shot)
    assert found, "no QR code can be read on the page"
    return found[0].data.decode()
