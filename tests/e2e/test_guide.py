"""The live judge: prompts follow the camera, the good picture is taken by itself, faults are shown at once."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e import films, steps
from tests.e2e.filming import FEW, GOOD, LATE, OFF, ON, PLAIN, PRESS, TAKEN, Filmed, framing, hears
from tests.e2e.scenes import USE, arrived, listen, shown
from tests.e2e.steps import button
from tests.e2e.world import World

PROMPTS = {
    films.dark: "脸太暗，请对方面向光源",
    films.tilted: "头歪了，请把头摆正",
    films.far: FEW,
    films.two: "请其他人走出画面",
    films.good: PRESS,
}
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })"
ALL_SAID = "(wanted) => wanted.every((text) => said.has(text))"
CONTROLLED = "() => Boolean(navigator.serviceWorker.controller)"
JUDGE = """() => {
    const { tensorflow, wasm, faceBin } = document.getElementById('live').dataset;
    return [tensorflow, wasm, faceBin];
}"""
KEPT = f"""async () => {{
    const found = await Promise.all(({JUDGE})().map((address) => caches.match(address)));
    return found.every(Boolean);
}}"""


def press_when(hand: Page, words: str) -> None:
    """Press the shutter in the moment in which the prompt says this: it does so for less than two seconds."""
    hand.evaluate(
        """(words) => {
        const prompt = document.querySelector('.prompt');
        globalThis.pressed = 0;
        const watch = new MutationObserver(() => {
            if (prompt.textContent !== words || pressed) return;
            pressed += 1;
            document.querySelector('button[aria-label="拍照"]').click();
        });
        watch.observe(prompt, { childList: true, characterData: true, subtree: true });
    }""",
        words,
    )


def test_who_is_in_order_is_taken_without_touching_anything(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(button(hand, ON).locator("svg")).to_be_visible(timeout=LATE)
        expect(button(hand, USE)).to_be_visible(timeout=LATE)


def test_prompts_follow_the_scene_and_the_good_one_is_taken_by_itself(
    filmed: Filmed, world: World, candidate: str
) -> None:
    with filmed(*PROMPTS, auto=False) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(button(hand, OFF)).to_be_visible(timeout=LATE)
        listen(hand)
        hand.wait_for_function(ALL_SAID, arg=list(PROMPTS.values()), timeout=2 * LATE)
        expect(button(hand, USE)).to_be_hidden()
        expect(button(hand, OFF).locator("svg")).to_have_count(0)
        button(hand, OFF).click()
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        expect(hand.get_by_text("未发现问题")).to_be_visible()
        button(hand, USE).click()
        arrived(hand)
        shown(desk)
        expect(desk.locator(".received .verdict")).to_have_text([TAKEN])


def test_a_press_during_the_ring_takes_one_picture(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good, auto=False) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(button(hand, OFF)).to_be_visible(timeout=LATE)
        expect(hand.locator(".prompt")).to_have_text(PROMPTS[films.good], timeout=LATE)
        press_when(hand, GOOD)
        button(hand, OFF).click()
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        assert hand.evaluate("pressed") == 1
        button(hand, USE).click()
        arrived(hand)


def test_the_fault_is_shown_on_the_picture_and_the_person_may_send_it(
    filmed: Filmed, world: World, candidate: str
) -> None:
    with filmed(films.far) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        hears(hand, PROMPTS[films.far])
        button(hand, "拍照").click()
        line = hand.get_by_role("button", name="脸太小")
        expect(line).to_have_attribute("aria-pressed", "true")
        expect(hand.locator(".place.is-pointed[data-check=face_width]").first).to_be_visible()
        expect(button(hand, USE)).to_be_enabled()


def test_what_saves_its_bytes_has_the_plain_guide(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good, setup=SAVE_DATA) as (desk, hand):
        asked: list[str] = []
        hand.on("request", lambda request: asked.append(request.url))
        framing(desk, hand, world, candidate)
        steps.take_and_send(hand)
        arrived(hand)
        assert not [url for url in asked if "tensorflow" in url or "worker.js" in url]


def test_a_detector_that_does_not_come_is_not_missed(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good) as (desk, hand):
        hand.context.route("**/vendor/tensorflow.*", lambda route: route.abort())
        with hand.expect_request("**/vendor/tensorflow.js*"):
            framing(desk, hand, world, candidate)
        expect(hand.locator(".prompt")).to_have_text(PLAIN)
        steps.take_and_send(hand)
        arrived(hand)


def test_the_judge_runs_without_eval_and_asks_nobody_else(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good) as (desk, hand):
        asked: list[str] = []
        hand.on("request", lambda request: asked.append(request.url))
        with hand.expect_response("**/bundles/worker.js*") as worker:
            framing(desk, hand, world, candidate)
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        policy = worker.value.header_value("Content-Security-Policy") or ""
        assert "'wasm-unsafe-eval'" in policy
        assert "'unsafe-eval'" not in policy
        assert [url for url in asked if not url.startswith((world.origin, "blob:"))] == []


def test_once_fetched_the_judge_is_kept_on_the_phone(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.far) as (desk, hand):
        framing(desk, hand, world, candidate)
        hand.wait_for_function(CONTROLLED, timeout=LATE)
        shell = hand.request.get(f"{world.origin}/m/assets.json").json()["urls"]
        assert set(shell).isdisjoint(hand.evaluate(JUDGE)), "it is no part of the shell"
        hand.reload()
        expect(button(hand, ON)).to_be_visible(timeout=LATE)
        hand.wait_for_function(KEPT, timeout=LATE)
