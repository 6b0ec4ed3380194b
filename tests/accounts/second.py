"""Somebody with an app that shows codes."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from app.accounts.code_rules import STEP
from app.identity.model import Staff
from tests.page import Page, words
from tests.people import PASSWORD
from tests.visitors import Visitor
from tests.world import World


def shown(page: Page, name: str) -> str:
    """What stands in the element of this id."""
    return next(words(each) for each in page.root.iter() if each.get("id") == name)


class App:
    """An authenticator app that has scanned a page's code."""

    def __init__(self, world: World, page: Page) -> None:
        self._world, self.secret = world, shown(page, "secret").replace(" ", "")

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many steps later."""
        return pyotp.TOTP(self.secret).at(self._world.clock.now() + timedelta(seconds=steps * STEP))


def with_app(world: World, person: Staff) -> tuple[Visitor, App, list[str]]:
    """A browser of somebody who has just set up their second factor; their app, and their recovery codes."""
    browser = world.visitor(person)
    app = App(world, browser.go("/account/second/new"))
    page = browser.press("开启二次验证", code=app.code())
    codes = [words(each) for each in page.all("span") if "-" in words(each) and len(words(each)) == 11]
    assert len(codes) == 10, page.text
    world.clock.move(seconds=STEP)
    return browser, app, codes


def before_the_code(world: World, person: Staff, browser: Visitor | None = None) -> Visitor:
    """A browser in which the right password was given, and a code is asked for."""
    there = browser or world.visitor()
    there.log_in(person, PASSWORD)
    assert there.page.has_button("继续登录"), there.page.text
    return there


def is_in(browser: Visitor) -> bool:
    """Whether somebody is logged in there."""
    return browser.get("/account").status_code == 200
