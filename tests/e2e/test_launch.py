"""A candidate clicks in the parent system and is in ours: in a real browser, from a page of another site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.conftest import newcomer
from tests.e2e.parent_site import BUTTON, parent_site
from tests.e2e.test_axe import in_language, serious
from tests.e2e.world import World
from tests.parent.signing import KEYS_TEXT

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server that knows the parent system's keys."""
    made = World(tmp_path_factory.mktemp("launch"), PARENT_KEYS=KEYS_TEXT).start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def site(world: World) -> Iterator[str]:
    """The parent system."""
    with parent_site(world.origin) as address:
        yield address


@pytest.fixture
def page(blind_browser: Browser) -> Iterator[Page]:
    with browsers.desktop(blind_browser) as context:
        yield context.new_page()


def click(page: Page, site: str, number: str, path: str = "/") -> None:
    """Open the parent system's page and press its button."""
    page.goto(f"{site}{path}?candidate={number}")
    steps.button(page, BUTTON).click()


def test_a_click_and_a_look_at_the_name_lead_in(world: World, site: str, page: Page) -> None:
    number = newcomer(world)
    click(page, site, number)
    expect(page).to_have_url(f"{world.origin}/launch")
    expect(page.get_by_role("heading", level=1)).to_have_text("确认进入")
    expect(page.get_by_text(number)).to_be_visible()
    page.keyboard.press("Tab")
    steps.button(page, "是我，进入").press("Enter")
    expect(page).to_have_url(f"{world.origin}/apply")
    expect(steps.button(page, "退出")).to_be_visible()


def test_a_button_that_was_used_is_told(world: World, site: str, page: Page) -> None:
    number = newcomer(world)
    for told in ("确认进入", "操作未完成"):
        click(page, site, number, "/kept")
        expect(page.get_by_role("heading", level=1)).to_have_text(told)
    expect(page.get_by_role("alert")).to_contain_text("已经用过，不能再用第二次。请回到原来的系统，再点一次。")


def test_somebody_else_is_logged_out_in_sight_of_who_comes(world: World, site: str, page: Page) -> None:
    first, second = newcomer(world), newcomer(world)
    steps.log_in(page, world.origin, first)
    click(page, site, second)
    expect(page.get_by_role("alert")).to_contain_text("还在登录。您进入时，会先让其退出。")
    steps.button(page, "让其退出，我进入").click()
    expect(page.get_by_role("status")).to_contain_text("退出登录")
    expect(page).to_have_url(f"{world.origin}/apply")


def test_a_refusal_leaves_whoever_is_logged_in_alone(world: World, site: str, page: Page) -> None:
    number = newcomer(world)
    steps.log_in(page, world.origin, number)
    click(page, site, "999999999999")
    expect(page.get_by_role("alert")).to_contain_text("还没有您的考籍资料")
    page.goto(f"{world.origin}/apply")
    expect(steps.button(page, "退出")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_pages_are_for_everybody(world: World, site: str, page: Page, language: str) -> None:
    first, second = newcomer(world), newcomer(world)
    steps.log_in(page, world.origin, first)
    in_language(page, language)
    for _page_and_refusal in range(2):
        click(page, site, second, "/kept")
        expect(page.get_by_role("alert")).to_be_visible()
        assert serious(page) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_operators_page_is_for_everybody(world: World, page: Page, language: str) -> None:
    steps.log_in(page, world.origin, "operator")
    in_language(page, language)
    page.goto(f"{world.origin}/operate/notices")
    assert serious(page) == []
