"""Cameras that do not do what they say: each told by a fake in the page, and mended without the person."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import scenes, steps
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

# Streams of the real fake camera, counted; what is done to each comes from the test: `spoil(stream, count)`.
COUNTED = """const devices = navigator.mediaDevices;
const real = devices.getUserMedia.bind(devices);
globalThis.opened = 0;
devices.getUserMedia = async (what) => {
  const stream = await real({ video: { width: what.video.width, height: what.video.height } });
  return spoil(stream, ++opened) ?? stream;
};"""
# The first stream shows one frame and then no more, as after a phone call; it stays live and unmuted.
FROZEN = """function spoil(stream, count) {
  if (count > 1) return;
  const canvas = Object.assign(document.createElement("canvas"), { width: 1080, height: 1440 });
  canvas.getContext("2d").fillRect(0, 0, 1080, 1440);
  return canvas.captureStream();
}"""
# Nothing moves, but frames come: a wall without anybody.
STILL = """function spoil() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1080, height: 1440 });
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, 1080, 1440), 200);
  return canvas.captureStream();
}"""
MUTED = """function spoil(stream) {
  const [track] = stream.getTracks();
  let muted = false;
  Object.defineProperty(track, "muted", { get: () => muted });
  globalThis.mute = (now) => {
    muted = now;
    track.dispatchEvent(new Event(now ? "mute" : "unmute"));
  };
}"""
# For no longer than a press takes: a stream that is muted for seconds is opened again.
PRESSED_MEANWHILE = """async () => {
  mute(true);
  document.dispatchEvent(new Event("visibilitychange"));
  document.querySelector("button.shutter").click();
  await new Promise((resolve) => setTimeout(resolve));
  mute(false);
}"""
# The element says what was true before the phone was turned.
SWAPPED = """const { prototype } = HTMLVideoElement;
const [width, height] = ["videoWidth", "videoHeight"].map((name) => Object.getOwnPropertyDescriptor(prototype, name));
Object.defineProperty(prototype, "videoWidth", height);
Object.defineProperty(prototype, "videoHeight", width);"""
COUNT = """() => {
  const video = document.querySelector("video");
  globalThis.seen = 0;
  const next = () => video.requestVideoFrameCallback(next, seen++);
  next();
}"""


SIZE_SAID = "({ videoWidth, videoHeight }) => [videoWidth, videoHeight]"
SIZE_SHOWN = "({ clientWidth, clientHeight }) => clientHeight / clientWidth"
SIZE_TAKEN = """async (image) => {
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}"""


def at_camera(phone: Page, desk: Page, world: World, candidate: str, *fakes: str) -> None:
    """The phone's camera is open, with these fakes in the page."""
    phone.add_init_script(";\n".join(fakes))
    scenes.at_camera(desk, phone, world, candidate)


def test_a_stream_that_stands_still_is_opened_again(world: World, phone: Page, desk: Page, candidate: str) -> None:
    at_camera(phone, desk, world, candidate, FROZEN, COUNTED)
    phone.wait_for_function("() => opened === 2")
    expect(button(phone, "拍照")).to_be_enabled()
    steps.take_and_send(phone)
    scenes.arrived(phone)


def test_a_still_scene_is_no_still_stream(world: World, phone: Page, desk: Page, candidate: str) -> None:
    at_camera(phone, desk, world, candidate, STILL, COUNTED)
    phone.evaluate(COUNT)
    # Three times as long as a stream without frames is borne with.
    phone.wait_for_function("() => seen > 38")
    assert phone.evaluate("opened") == 1


def test_a_track_that_is_muted_for_a_moment_is_waited_for(
    world: World, phone: Page, desk: Page, candidate: str
) -> None:
    at_camera(phone, desk, world, candidate, MUTED, COUNTED)
    phone.evaluate(PRESSED_MEANWHILE)
    expect(button(phone, "拍照")).to_be_enabled()
    steps.take_and_send(phone)
    scenes.arrived(phone)
    assert phone.evaluate("opened") == 1


def test_a_size_that_is_the_wrong_way_round_is_told_by_the_frames(
    world: World, phone: Page, desk: Page, candidate: str
) -> None:
    at_camera(phone, desk, world, candidate, SWAPPED)
    video = phone.locator("video")
    assert video.evaluate(SIZE_SAID) == [1440, 1080]
    assert video.evaluate(SIZE_SHOWN) == pytest.approx(4 / 3, abs=0.01)
    button(phone, "拍照").click()
    assert phone.locator("img.taken").evaluate(SIZE_TAKEN) == [1080, 1440]
