"""Files that are chosen instead of a picture by the camera: damaged ones, and what is no picture, are told at once."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import pictures
from tests.e2e import scenes
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def cut_jpeg() -> bytes:
    return pictures.written(pictures.portrait(), "JPEG", quality=90)[:150_000]


def ended_jpeg() -> bytes:
    """Cut, and with the marker of the end: to its markers it is whole."""
    return cut_jpeg() + b"\xff\xd9"


def cut_png() -> bytes:
    return pictures.written(pictures.portrait(750, 1000), "PNG")[:-4000]


@pytest.mark.parametrize("damaged", [cut_jpeg, ended_jpeg, cut_png])
def test_a_file_that_is_not_whole_is_said_so_at_once(
    world: World, desk: Page, phone: Page, candidate: str, damaged: Callable[[], bytes]
) -> None:
    scenes.at_camera(desk, phone, world, candidate)
    body = damaged()
    scenes.give_file(phone, body, "image/jpeg" if body[:2] == b"\xff\xd8" else "image/png")
    expect(phone.get_by_text("照片文件不完整")).to_be_visible()
    expect(button(phone, scenes.USE)).to_have_count(0)


def test_a_file_that_is_no_picture_is_said_so_at_once(world: World, desk: Page, phone: Page, candidate: str) -> None:
    scenes.at_camera(desk, phone, world, candidate)
    scenes.give_file(phone, b"%PDF-1.7" + bytes(60_000), "image/jpeg")
    expect(phone.get_by_text("不是 JPEG、PNG 或 HEIC 照片")).to_be_visible()
    expect(button(phone, scenes.USE)).to_have_count(0)


def test_a_sound_file_lies_as_its_metadata_says(world: World, desk: Page, phone: Page, candidate: str) -> None:
    scenes.at_camera(desk, phone, world, candidate)
    scenes.choose_file(phone, pictures.turned_jpeg(6))
    button(phone, scenes.USE).click()
    scenes.arrived(phone)
    shown = desk.get_by_role("img", name="手机传来的照片")
    source = shown.get_attribute("src") or ""
    picture = Image.open(io.BytesIO(desk.request.get(f"{world.origin}{source}").body()))
    assert picture.height > picture.width
