"""Real browsers with a camera that films a face, or none; desktops and phones in them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, Playwright, ViewportSize
from pyzbar import pyzbar

from tests.pictures import portrait

# Chromium without windows of its own, which are drawn although nobody sees them, does the same with half of the work.
BARE, WHOLE = Path("/usr/lib/chromium/chromium-headless-shell"), Path("/usr/bin/chromium")
# Of such lists Chromium heeds the last one alone: here is what Playwright switches off for the sake of pages, and what
# costs most in Chromium's windows: two hidden pages for each address bar, and a process kept ready for the next page.
WITHOUT = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    "AimEnabled",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "OptimizationHints",
    "ThirdPartyStoragePartitioning",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "PreconnectToSearch",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "NetworkTimeServiceQuerying",
    "DestroyProfileOnBrowserClose",
]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    f"--disable-features={','.join(WITHOUT)}",
]


class Options(TypedDict, total=False):
    """What a window may be given, as Playwright calls it."""

    viewport: ViewportSize
    device_scale_factor: float
    is_mobile: bool
    has_touch: bool
    locale: str
    user_agent: str
    color_scheme: Literal["light", "dark"]
    forced_colors: Literal["active", "none"]
    service_workers: Literal["allow", "block"]


PHONE: Options = {
    "viewport": {"width": 412, "height": 915},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
}
DESKTOP: Options = {"viewport": {"width": 1366, "height": 900}, "locale": "zh-CN"}


def film(folder: Path, picture: Image.Image | None = None) -> Path:
    """A film of one picture, repeated ten times a second: what Chromium plays with little work and in true colours."""
    luma, *chroma = (picture or portrait(1080, 1440)).convert("YCbCr").split()
    half = (luma.width // 2, luma.height // 2)
    planes = [luma.point(_in_video), *(plane.resize(half).point(_in_video_colour) for plane in chroma)]
    frame = b"FRAME\n" + b"".join(plane.tobytes() for plane in planes)
    path = folder / "camera.y4m"
    path.write_bytes(f"YUV4MPEG2 W{luma.width} H{luma.height} F10:1 Ip A1:1 C420\n".encode() + frame * 2)
    return path


def _in_video(level: int) -> int:
    """Black is 16, white 235."""
    return round(16 + level * 219 / 255)


def _in_video_colour(level: int) -> int:
    return round(128 + (level - 128) * 224 / 255)


def launch(playwright: Playwright, camera: Path | None) -> Browser:
    """Chromium; without `camera` the machine has none. Whoever asks for the camera gets it: nobody is there to ask."""
    fake = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"] if camera else []
    found = BARE if BARE.exists() else WHOLE
    return playwright.chromium.launch(executable_path=found, args=[*QUIET, "--use-fake-ui-for-media-stream", *fake])


def phone(browser: Browser, camera: bool = True, auto: bool = False, **options: Unpack[Options]) -> BrowserContext:
    """A phone; `camera` grants the permission, with `auto` the shutter goes by itself when all is well."""
    return _context(browser, {**PHONE, **options}, ["camera"] if camera else [], auto)


def desktop(browser: Browser, **options: Unpack[Options]) -> BrowserContext:
    """A PC."""
    return _context(browser, {**DESKTOP, **options}, ["clipboard-read", "clipboard-write"], auto=False)


def _context(browser: Browser, options: Options, permissions: list[str], auto: bool) -> BrowserContext:
    context = browser.new_context(**options, permissions=permissions)
    if not auto:  # on a busy machine it could go before a test presses it
        context.add_init_script("localStorage.setItem('auto-shutter', 'off')")
    return context


def read_code(page: Page) -> str:
    """What the QR code on the page says, read off a screenshot as a phone would."""
    page.locator("#qr img").wait_for()
    shot = Image.open(io.BytesIO(page.locator("#qr").screenshot()))
    found = pyzbar.decode(shot)
    assert found, "no QR code can be read on the page"
    return str(found[0].data.decode())


def width_of(image: Locator) -> int:
    """Pixels of the picture in an <img>, once it has arrived and could be decoded."""
    return int(image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }"))


def box_of(shown: Locator) -> FloatRect:
    """Where it stands in the window, in px, once the page has all its styles."""
    shown.page.wait_for_load_state()
    box = shown.bounding_box()
    assert box, "it cannot be seen"
    return box


def larger_text(percent: int) -> str:
    """A script for every page: its text so large from the first paint on. What grows later moves under the pointer."""
    return f"""new MutationObserver((_seen, watch) => {{
      if (!document.documentElement) return;
      watch.disconnect();
      document.documentElement.style.fontSize = "{percent}%";
    }}).observe(document, {{ childList: true }})"""
