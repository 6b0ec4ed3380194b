"""The QR code is read in the dark: its image stands on a white of its own, whatever becomes of the page around it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import Options, read_code
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

# What programmes that darken pages do: all is turned over, images once more.
INVERTED = """() => {
  const sheet = new CSSStyleSheet();
  const over = "{ filter: invert(1) hue-rotate(180deg); }";
  sheet.replaceSync(`html ${over} img, video ${over}`);
  document.adoptedStyleSheets = [sheet];
}"""
BLACKENED = """() => {
  const sheet = new CSSStyleSheet();
  const black = "background: #000 !important; color: #fff !important; fill: #fff !important";
  sheet.replaceSync(`*, ::before, ::after { ${black} }`);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.mark.parametrize("change", ["", INVERTED, BLACKENED], ids=["as it is", "inverted", "blackened"])
@pytest.mark.parametrize(
    "options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str
)
def test_the_code_is_read_off_a_screenshot(
    world: World, browser: Browser, candidate: str, options: Options, change: str
) -> None:
    with browsers.desktop(browser, **options) as context:
        desk = context.new_page()
        steps.to_code(desk, world.origin, candidate)
        if change:
            desk.evaluate(change)
        assert read_code(desk).startswith(f"{world.origin}/m#")
        expect(desk.get_by_role("img", name="用手机扫描的二维码")).to_be_visible()
