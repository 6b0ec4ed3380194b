"""The main job in a phone's browser that is not Chromium; the desktop is Chromium."""

from __future__ import annotations

import base64

from playwright.sync_api import Page, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.driven import Driven
from tests.e2e.steps import button
from tests.e2e.world import World
from tests.pictures import portrait_jpeg

# The browser's own camera has opened and its pictures arrive.
FILMS = """() => {
  const { videoWidth, currentTime, srcObject } = document.querySelector("video");
  return currentTime > 0 && videoWidth && srcObject.getVideoTracks()[0].readyState === "live" && videoWidth;
}"""
# From now on the camera films this picture; the stream that ran has ended, as on a locked screen.
FILM = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0));
  const portrait = await createImageBitmap(new Blob([bytes]));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [portrait.width, portrait.height];
  setInterval(() => canvas.getContext("2d").drawImage(portrait, 0, 0), 100);
  MediaDevices.prototype.getUserMedia = async () => canvas.captureStream(10);
  document.querySelector("video").srcObject.getTracks()[0].stop();
  document.dispatchEvent(new Event("visibilitychange"));
}"""
FILMS_IT = """(width) => document.querySelector("video").videoWidth === width"""


def to_camera(desk: Page, hand: Driven, world: World, candidate: str) -> None:
    """The phone from the scan to its own camera, whose picture moves."""
    steps.to_code(desk, world.origin, candidate)
    expect(button(desk, steps.NEXT)).to_be_disabled()
    hand.open(f"{world.origin}/m")
    hand.run("() => localStorage.setItem('auto-shutter', 'off')")
    hand.open(read_code(desk))
    expect(desk.get_by_text("手机已连接")).to_be_visible()
    hand.sees(scenes.number_on(desk))
    hand.press(steps.AGREE)
    hand.press("确认无误")
    hand.press(scenes.READ)
    hand.wait(FILMS)
    expect(desk.locator(".live [aria-current=step]")).to_contain_text("正在拍照")


def take_and_hand_over(desk: Page, hand: Driven) -> None:
    """A face before the camera: 拍照, look, 使用这张照片; the desktop unlocks."""
    hand.run(FILM, base64.b64encode(portrait_jpeg()).decode())
    hand.wait(FILMS_IT, 1200)
    hand.press("拍照")
    hand.press(scenes.USE)
    hand.sees("请回到电脑继续")
    scenes.shown(desk)
    steps.hand_over(desk)
