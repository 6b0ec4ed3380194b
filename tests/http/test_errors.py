"""A page that says what went wrong has one button that mends it, and names whom to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.page import Page, words
from tests.world import FakeClock, World

FORM = {"batch": "202612", "place": "440104", "phone": "13800138000"}


def way_on(page: Page) -> tuple[str, str]:
    """Where the page's button leads, and its words."""
    link = next(each for each in page.all("a") if "primary" in each.get("class", ""))
    return link.attrib["href"], words(link)


def test_who_sends_a_form_after_the_login_has_ended_logs_in_and_comes_back(world: World, clock: FakeClock) -> None:
    desk = world.desk()
    desk.go("/apply")
    clock.move(hours=1)
    answer = desk.post("/apply", FORM, Referer=f"{world.origin}/apply?from=menu#form")
    assert answer.status_code == 401
    assert way_on(desk.page) == ("/login?next=/apply?from%3Dmenu", "重新登录")


def test_a_form_of_another_session_leads_back_to_its_page(world: World) -> None:
    desk = world.desk()
    desk.go("/apply")
    answer = desk.post("/apply", FORM | {"csrf": "stale"}, Referer=f"{world.origin}/apply")
    assert answer.status_code == 403
    assert way_on(desk.page) == ("/apply", "重新打开页面")


@pytest.mark.parametrize(
    "elsewhere", ["", "https://evil.example/apply", "http://[", "{origin}//evil.example", "{origin}.evil/x"]
)
def test_nobody_is_led_elsewhere(world: World, elsewhere: str) -> None:
    desk = world.desk()
    desk.post("/apply", FORM | {"csrf": "stale"}, Referer=elsewhere.format(origin=world.origin))
    assert way_on(desk.page) == ("/", "重新打开页面")


def test_a_switch_of_the_language_on_an_error_leads_back_to_the_page_before(world: World) -> None:
    desk = world.desk()
    desk.post("/apply/withdraw", {"csrf": "stale"}, Referer=f"{world.origin}/apply")
    desk.press("English")
    assert desk.address == "/apply"


def test_support_is_named_where_somebody_is_stuck(tmp_path: Path) -> None:
    with_support = World(tmp_path, support_contact="020-12345678")
    visitor = with_support.visitor()
    for address in ("/login", "/nowhere"):
        assert "020-12345678" in visitor.go(address).text
    assert 'data-contact="020-12345678"' in visitor.get("/m").text
    with_support.close()
