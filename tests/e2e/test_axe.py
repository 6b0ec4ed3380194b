"""Every page and every step of the dialog, as axe sees it: in both languages, at the size of a phone and of a PC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import scan
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
SIZES = browsers.PHONE["viewport"], browsers.DESKTOP["viewport"]


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is looked at in both sizes."""
    with browsers.desktop(browser) as context:
        context.grant_permissions(["camera"])
        yield context.new_page()


def serious(page: Page) -> list[tuple[str, str]]:
    """What keeps people out, on a phone's screen and on a PC's: the rule, and the first element it is about."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found: list[dict[str, Any]] = []
    for size in SIZES:
        page.set_viewport_size(size)
        found += page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]


def test_axe_finds_what_is_bad(page: Page) -> None:
    page.set_content("<html lang='en'><title>t</title><main><img src='x'></main>")
    assert [rule for rule, _html in serious(page)] == ["image-alt"] * len(SIZES)


def press(page: Page, action: str) -> None:
    """The button of the form that posts there, whatever the language."""
    page.locator(f"form[action$='{action}']:not(.language) button").first.click()


def in_language(page: Page, language: str) -> None:
    """Switch, unless it is Chinese, which it begins with."""
    if language == "en":
        page.locator(".language button[value=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def enter(page: Page, world: World, name: str, language: str) -> None:
    """Log in and choose the language."""
    steps.log_in(page, world.origin, name)
    in_language(page, language)


def test_before_the_login(world: World, page: Page, language: str) -> None:
    for address in ("/login", "/terms", "/privacy", "/no-such-page"):
        page.goto(f"{world.origin}{address}")
        in_language(page, language)
        assert serious(page) == [], address


def test_a_login_that_fails(world: World, page: Page, language: str) -> None:
    page.goto(f"{world.origin}/login")
    in_language(page, language)
    page.locator("#name").fill("999")
    page.locator("#password").fill("wrong")
    press(page, "/login")
    expect(page.get_by_role("alert")).to_be_visible()
    assert serious(page) == []


def test_the_records(world: World, page: Page, language: str) -> None:
    for name in ("010126000004", "010126000005"):
        page.context.clear_cookies()
        enter(page, world, name, language)
        for address in ("/forecast", "/education"):
            page.goto(f"{world.origin}{address}")
            assert serious(page) == [], address


def test_the_application_and_every_step_of_the_dialog(
    world: World, page: Page, phone: Page, candidate: str, language: str
) -> None:
    enter(page, world, candidate, language)
    found = {"apply": serious(page)}
    press(page, "/apply")
    page.get_by_role("checkbox").wait_for()
    found["confirm"] = serious(page)
    page.get_by_role("checkbox").check()
    press(page, "/consent")
    page.locator("form[action$='/informed']").wait_for()
    found["specification"] = serious(page)
    press(page, "/informed")
    scan_with(phone, page, found)
    press(page, "/not-mine")
    page.get_by_role("alert").wait_for()
    found["ended"] = serious(page)
    press(page, "/renew")
    send_with(phone, page)
    found["received"] = serious(page)
    press(page, "/hand-over")
    page.locator(".receipt").wait_for()
    found["receipt"] = serious(page)
    assert found == {step: [] for step in found}


def scan_with(phone: Page, page: Page, found: dict[str, list[tuple[str, str]]]) -> None:
    """The code, and the phone's progress."""
    scan(phone, read_code(page))
    found["code"] = serious(page)
    page.locator("output.number:not(.empty)").wait_for()
    found["phone"] = serious(page)


def send_with(phone: Page, page: Page) -> None:
    """A phone scans and sends its picture."""
    scan(phone, read_code(page))
    phone.get_by_role("checkbox").check()
    phone.locator(".actions .primary").click()
    phone.locator("body[data-screen=rules] .actions .primary").click()
    phone.locator("button.shutter:enabled").click()
    phone.locator("body[data-screen=look] .actions .primary").click()
    page.locator(".received img").first.wait_for()


def test_support_and_review(
    world: World, page: Page, phone: Page, browser: Browser, candidate: str, language: str
) -> None:
    with browsers.desktop(browser) as context:
        scenes.connected(context.new_page(), phone, world, candidate)
    enter(page, world, "support", language)
    assert serious(page) == []
    page.goto(f"{world.origin}/support?number={candidate}")
    assert serious(page) == []
    press(page, "/support/issue")
    page.locator("#link").wait_for()
    assert serious(page) == []
    page.goto(f"{world.origin}/support?number=999")
    assert serious(page) == []
    with browsers.desktop(browser) as context:
        office = context.new_page()
        enter(office, world, "guangzhou", language)
        assert serious(office) == []


def test_the_phones_pages_in_english_and_where_nothing_goes_on(
    world: World, desk: Page, page: Page, candidate: str, language: str
) -> None:
    """Steps of the phone page in Chinese are looked at in test_phone_shell; here its other pages, and English."""
    page.goto(f"{world.origin}/m")
    page.locator("body[data-screen=start]").wait_for()
    if language == "en":
        page.locator("#tools button[lang=en]").click()
    found = {"start": serious(page)}
    steps.to_code(desk, world.origin, candidate)
    page.route("**/m/claim", lambda route: route.abort())
    page.goto(read_code(desk))
    page.locator("body[data-screen=offline]").wait_for()
    found["offline"] = serious(page)
    page.unroute("**/m/claim")
    page.locator(".actions .primary").click()
    for screen in ("confirm", "rules", "camera"):
        page.locator(f"body[data-screen={screen}]").wait_for()
        found[screen] = serious(page)
        if screen == "confirm":
            page.get_by_role("checkbox").check()
        if screen != "camera":
            page.locator(".actions .primary").click()
    steps.button(desk, scenes.NOT_MINE).click()
    page.locator("body[data-screen=ended-not_mine]").wait_for()
    found["ended"] = serious(page)
    assert found == {step: [] for step in found}


def test_the_page_of_a_link_from_support(world: World, browser: Browser, page: Page, language: str) -> None:
    candidate = newcomer(world)
    with browsers.desktop(browser) as context:
        support = context.new_page()
        steps.log_in(support, world.origin, "support")
        with browsers.desktop(browser) as another:
            steps.to_code(another.new_page(), world.origin, candidate)
        support.goto(f"{world.origin}/support?number={candidate}")
        press(support, "/support/issue")
        page.goto(support.locator("#link").inner_text())
    page.locator("body[data-screen=last4]").wait_for()
    if language == "en":
        page.locator("#tools button[lang=en]").click()
    assert serious(page) == []
