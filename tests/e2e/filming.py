"""A phone whose camera films scenes made on the spot, and what its live judge says to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from PIL import Image
from playwright.sync_api import Page, Playwright

from tests.e2e import browsers, films, steps
from tests.e2e.browsers import read_code
from tests.e2e.world import World

PLAIN = "让脸填满椭圆，双眼位于两线之间"
PRESS = "位置合适，请保持不动并按下拍照键"
GOOD = "位置合适，请保持不动，即将拍照"
FEW = "摄像头像素少，请再近一点"
ON, OFF = "自动拍照：开", "自动拍照：关"
TAKEN = "照片已收到"
LATE = 60_000  # ms: the machine may be busy, the film goes round


class Filmed(Protocol):
    """`with filmed(scene, …) as (desk, hand)`."""

    def __call__(
        self, *scenes: Callable[[], Image.Image], auto: bool = True, setup: str = ""
    ) -> AbstractContextManager[tuple[Page, Page]]: ...


def filming(playwright: Playwright, folder: Path) -> Filmed:
    """`with filming(…)(scene, …) as (desk, hand)`: a desktop, and a phone whose camera shows these scenes in turn."""

    @contextmanager
    def open_with(
        *scenes: Callable[[], Image.Image], auto: bool = True, setup: str = ""
    ) -> Iterator[tuple[Page, Page]]:
        pictures = [scene() for scene in scenes]
        still = len(pictures) == 1
        film = browsers.film(folder, *pictures) if still else films.shown(folder / "camera.mjpeg", *pictures)
        browser = browsers.launch(playwright, film)
        with browsers.desktop(browser) as office, browsers.phone(browser, auto=auto) as pocket:
            if setup:
                pocket.add_init_script(setup)
            yield office.new_page(), pocket.new_page()
        browser.close()

    return open_with


def framing(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """The phone shows the camera."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))


def hears(hand: Page, words: str) -> set[str]:
    """Wait until this is said, be it for a moment: what does not help is soon said in other words. All that has been
    said since `listen` then."""
    heard = hand.wait_for_function("(words) => said.has(words) && [...said]", arg=words, timeout=LATE)
    return set(heard.json_value())
