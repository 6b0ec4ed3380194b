"""After the shutter: what is refused is known before it is sent, and what will be registered is seen by its owner."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests import pictures, spoilt
from tests.e2e import scenes, steps
from tests.e2e.browsers import width_of
from tests.e2e.conftest import newcomer
from tests.e2e.steps import button
from tests.e2e.wire import Wire
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

WILL_REFUSE = "这张照片会被系统退回"
REGISTERED = "登记照片（将印在毕业证书上）"
SLOW = 8192  # bytes a second
# A small request is answered at once, by which the phone knows a good link; a busy machine is not a bad one.
AT_ONCE = """() => {
    const { fetch } = globalThis;
    globalThis.fetch = async (what, how) => (what === '/m/progress' ? Response.json({}) : fetch(what, how));
}"""
MOST = 28 * 1024  # bytes of a question: at 4 KB a second 7 s


def jpeg(image: Image.Image) -> bytes:
    return pictures.written(image, "JPEG", quality=90)


def bricks() -> bytes:
    """What the phone's own measure is too coarse for: the server refuses it."""
    return jpeg(spoilt.on(spoilt.patterned(0.6)))


def without_a_judge(phone: Page) -> Page:
    """Where the phone's own judge cannot be loaded."""
    phone.route("**/static/vendor/**", lambda route: route.abort())
    return phone


def stands_out(pressed: Locator) -> None:
    expect(pressed).to_have_class(re.compile(r"\bprimary\b"))


def asked(phone: Page) -> list[str]:
    """The ways of the requests that bring a picture, or ask about one, from now on."""
    sent: list[str] = []
    ways = re.compile(r"/m/(probes|captures)")

    def note(url: str) -> None:
        if found := ways.search(url):
            sent.append(found[1])

    phone.on("request", lambda request: note(request.url))
    return sent


def throttle(phone: Page, bytes_per_second: int) -> None:
    """A slow link, as the browser itself knows it."""
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    rates = {"downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second}
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": 100, **rates})


def test_what_the_phone_finds_makes_retaking_the_main_button(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.at_camera(desk, phone, world, candidate)
    scenes.choose_file(phone, jpeg(spoilt.rolled(15)))
    expect(phone.get_by_text(WILL_REFUSE)).to_be_visible()
    stands_out(button(phone, scenes.RETAKE))
    expect(button(phone, scenes.USE)).to_be_enabled()
    button(phone, scenes.USE).click()
    expect(phone.get_by_role("heading", name="这张照片不能用")).to_be_visible()
    assert scenes.counting(world, candidate) == []


def test_a_good_link_pays_nothing(world: World, desk: Page, phone: Page, candidate: str) -> None:
    scenes.at_camera(desk, phone, world, candidate)
    scenes.choose_file(phone, jpeg(spoilt.placed(0.7)))
    expect(phone.get_by_role("img", name=REGISTERED)).to_be_visible()
    stands_out(button(phone, scenes.USE))
    sent = asked(phone)
    phone.evaluate(AT_ONCE)
    button(phone, scenes.USE).click()
    scenes.arrived(phone)
    assert sent[0] == "captures"
    assert "probes" not in sent


def test_both_sides_show_what_will_be_registered_and_it_is_handed_over(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.at_camera(desk, phone, world, candidate)
    scenes.choose_file(phone, jpeg(spoilt.placed(0.7)))
    button(phone, scenes.USE).click()
    scenes.arrived(phone)
    scenes.shown(desk)
    for page in (phone, desk):
        assert width_of(page.get_by_role("img", name=REGISTERED)) == 480
    phone.reload()
    assert width_of(phone.get_by_role("img", name=REGISTERED)) == 480
    button(desk, steps.NEXT).click()
    expect(desk.get_by_text("已提交市考办审核")).to_be_visible()
    told = f"SELECT facts FROM receipt WHERE kind = 'portrait' AND application_id = {scenes.APPLICATION}"
    assert "registered_sha256" in str(world.rows(told, candidate)[0][0])


def only_the_question(phone: Page) -> None:
    """使用这张照片, and before any of the picture is sent the person hears that it would be refused."""
    sent = asked(phone)
    with phone.expect_request("**/m/probes") as asking:
        button(phone, scenes.USE).click()
    expect(phone.get_by_text(WILL_REFUSE)).to_be_visible(timeout=60_000)
    expect(phone.get_by_text("背景不干净")).to_be_visible()
    stands_out(button(phone, scenes.RETAKE))
    assert sent == ["probes"]
    assert len(asking.value.post_data_buffer or b"") <= MOST, "python -m bench refusal: in how many seconds"


@pytest.mark.between
def test_on_a_slow_link_a_refusal_is_known_before_the_picture_is_sent(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.at_camera(desk, without_a_judge(phone), world, candidate)
    scenes.choose_file(phone, bricks())
    throttle(phone, SLOW)
    only_the_question(phone)
    assert scenes.pictures(world, candidate) == 0
    phone.reload()
    expect(button(phone, scenes.USE)).to_be_visible()
    assert scenes.pictures(world, candidate) == 0, "it waits for a decision, also after a reload"


@pytest.mark.between
def test_also_where_the_browser_does_not_know_that_the_link_is_slow(
    far_world: World, wire: Wire, desk: Page, phone: Page
) -> None:
    candidate = newcomer(far_world)
    scenes.at_camera(desk, without_a_judge(phone), far_world, candidate)
    scenes.choose_file(phone, bricks())
    wire.slow(SLOW // 2, breaks_every=3600)
    only_the_question(phone)
    assert scenes.pictures(far_world, candidate) == 0


@pytest.mark.between
def test_on_a_slow_link_the_look_screen_asks_the_server_at_once(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.at_camera(desk, without_a_judge(phone), world, candidate)
    sent = asked(phone)
    throttle(phone, SLOW)
    scenes.choose_file(phone, bricks())
    expect(phone.get_by_text("先请系统检查这张照片")).to_be_visible()
    expect(phone.get_by_text("正在检查这张照片")).to_be_hidden()
    expect(phone.get_by_text(WILL_REFUSE)).to_be_visible(timeout=60_000)
    expect(phone.get_by_text("背景不干净")).to_be_visible()
    assert sent == ["probes"]
    button(phone, scenes.USE).click()
    expect(phone.get_by_text("照片不符合要求")).to_be_visible(timeout=120_000)
    assert sent.count("probes") == 1, "whoever was told, and sends it, is not asked to wait once more"
