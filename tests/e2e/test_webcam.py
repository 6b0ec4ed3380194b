"""用本机拍照 on a PC: its camera films the person who looks at the screen; shown mirrored, saved as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e import browsers, steps
from tests.e2e.steps import button
from tests.e2e.world import World
from tests.pictures import portrait

pytestmark = pytest.mark.e2e

LEFT_IS_RED = """async (image) => {
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const red = (share) => {
    const [r, g] = context.getImageData(canvas.width * share, canvas.height * 0.8, 1, 1).data;
    return r > 150 && g < 100;
  };
  return [red(0.02), red(0.98)];
}"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A face, and on the left of the picture something red."""
    picture = portrait(1080, 1440)
    picture.paste((220, 20, 20), (0, 1000, 60, 1300))
    return browsers.film(tmp_path, picture)


def to_camera(page: Page, world: World, candidate: str) -> None:
    """用本机拍照 from the specification to the open camera."""
    steps.to_specification(page, world.origin, candidate)
    button(page, "用本机拍照").click()
    expect(button(page, "拍照")).to_be_enabled()


def test_a_pcs_own_camera_is_a_mirror_and_its_picture_none(
    world: World, playwright: Playwright, film: Path, candidate: str
) -> None:
    running = browsers.launch(playwright, film)
    with browsers.desktop(running) as context:
        context.grant_permissions(["camera"])
        desk = context.new_page()
        to_camera(desk, world, candidate)
        expect(desk.locator(".is-mirrored")).to_have_count(1)
        expect(desk.get_by_text("电脑的摄像头")).to_be_visible()
        button(desk, "拍照").click()
        assert desk.locator("img.taken").evaluate(LEFT_IS_RED) == [True, False]
    running.close()


def test_a_phones_unnamed_camera_is_none(world: World, phone: Page, candidate: str) -> None:
    to_camera(phone, world, candidate)
    expect(phone.locator("video")).to_be_visible()
    expect(phone.locator(".is-mirrored")).to_have_count(0)
