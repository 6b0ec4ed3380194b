"""Where people are when something goes wrong, and what the server then has."""

from __future__ import annotations

import base64
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from app.base.clock import SystemClock
from tests.e2e import steps
from tests.e2e.browsers import read_code
from tests.e2e.steps import button
from tests.e2e.world import World
from tests.pictures import portrait_jpeg
from tests.visitors import JSONValue

USE = "使用这张照片"
READ = "我知道了，去拍照"
RENEW = "重新生成二维码"
NOT_MINE = "不是我的手机"
RETAKE = "重拍"
APPLICATION = "(SELECT a.id FROM application a JOIN candidate c ON c.id = a.candidate_id WHERE c.exam_number = ?)"


def scan(hand: Page, link: str) -> None:
    """The camera app opens the link anew, whatever the page showed before."""
    hand.goto("about:blank")
    hand.goto(link)


def connected(desk: Page, hand: Page, world: World, candidate: str) -> str:
    """The phone has scanned and shows whom it is for; the link it scanned."""
    steps.to_code(desk, world.origin, candidate)
    link = read_code(desk)
    scan(hand, link)
    expect(hand.get_by_label(steps.AGREE)).to_be_visible()
    return link


def at_camera(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """The phone has scanned, confirmed and read, and its camera is open."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))


def photographed(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """The phone has taken a picture and not yet sent it."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    button(hand, "拍照").click()
    expect(button(hand, USE)).to_be_visible()


def another_portrait() -> bytes:
    """A JPEG that is not what the camera films."""
    return portrait_jpeg(780, 1040)


def listen(hand: Page) -> None:
    """Remember every prompt of the camera from now on, in `said`."""
    hand.evaluate("""() => {
        const prompt = document.querySelector('.prompt');
        globalThis.said = new Set([prompt.textContent]);
        const watch = new MutationObserver(() => said.add(prompt.textContent));
        watch.observe(prompt, { childList: true, characterData: true, subtree: true });
    }""")


def give_file(hand: Page, body: bytes, kind: str = "image/jpeg") -> None:
    """上传照片 instead of the camera, from the camera's page."""
    button(hand, "帮助").click()
    with hand.expect_file_chooser() as chooser:
        hand.get_by_role("dialog").get_by_role("button", name="上传照片").click()
    chooser.value.set_files({"name": "me", "mimeType": kind, "buffer": body})


def choose_file(hand: Page, picture: bytes) -> None:
    """A file that can be used."""
    give_file(hand, picture)
    expect(button(hand, USE)).to_be_visible()


def arrived(hand: Page, within: float = 30) -> None:
    """The phone says that the picture has been received; `within` in seconds."""
    expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible(timeout=1000 * within)


def shown(desk: Page, within: float = 30) -> None:
    """The desktop shows the picture, and the next step is open."""
    expect(desk.get_by_role("img", name="手机传来的照片")).to_be_visible(timeout=1000 * within)
    expect(button(desk, steps.NEXT)).to_be_enabled()


def number_on(desk: Page) -> str:
    """The four digits on the desktop."""
    return desk.locator("output.number:not(.empty)").inner_text()


def pictures(world: World, candidate: str) -> int:
    """How many pictures of this candidate the server has taken in, refused and replaced ones too."""
    return int(world.rows(f"SELECT count(*) FROM capture WHERE application_id = {APPLICATION}", candidate)[0][0])


def counting(world: World, candidate: str) -> list[str]:
    """The hashes of the pictures that count now: one, or none."""
    query = f"SELECT sha256 FROM capture WHERE ended_at IS NULL AND application_id = {APPLICATION}"
    return [row[0] for row in world.rows(query, candidate)]


def pairings(world: World, candidate: str) -> list[str | None]:
    """Why each pairing of this candidate ended, oldest first; None for one that lives."""
    query = f"SELECT end_reason FROM pairing WHERE application_id = {APPLICATION} ORDER BY id"
    return [row[0] for row in world.rows(query, candidate)]


def consents(world: World, candidate: str) -> list[str]:
    """Where consent was given: desk, phone."""
    query = f"SELECT place FROM consent WHERE application_id = {APPLICATION} ORDER BY id"
    return [row[0] for row in world.rows(query, candidate)]


def links_end_in(world: World, candidate: str, seconds: float) -> None:
    """Every link to this candidate's pairings has so many seconds left; negative: it is over."""
    theirs = f"SELECT id FROM pairing WHERE application_id = {APPLICATION}"
    moment = SystemClock().now() + timedelta(seconds=seconds)
    world.change(f"UPDATE link SET expires_at = ? WHERE pairing_id IN ({theirs})", f"{moment:%F %T.%f}", candidate)


def use_too_late(hand: Page, world: World, candidate: str) -> None:
    """使用这张照片, and on the picture's way to the server the permission to send ends."""
    theirs = f"application_id = {APPLICATION}"

    def meanwhile(route: Route) -> None:
        world.change(f"UPDATE pairing SET permitted_until = claimed_at WHERE {theirs}", candidate)
        route.continue_()

    hand.route("**/m/captures", meanwhile, times=1)
    button(hand, USE).click()


def judge(route: Route, status: int, fault: dict[str, str], **more: JSONValue) -> None:
    """Refuse the picture that is being sent, by its name, in the server's place."""
    digest = base64.b64decode(route.request.headers["repr-digest"].removeprefix("sha-256=:").removesuffix(":"))
    route.fulfill(status=status, json={"error": fault | {"sha256": digest.hex()}, **more})


def link_is_back(hand: Page, where: str) -> None:
    """What a route kept from passing passes again: the page that waits goes on, unless it already has by itself."""
    hand.unroute(where)
    hand.evaluate("dispatchEvent(new Event('online'))")
