"""A server that is no demo, its first operator, and people with an authenticator app."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyotp
from playwright.sync_api import Page

from tests.e2e.world import ROOT, World

ONE_TIME = re.compile(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}")
Seen = Callable[[Page, str], None]  # what a test does with each page that it comes to


def begun(folder: Path, **settings: str) -> tuple[World, str]:
    """A server after `flask init`, which runs; the first operator's one-time password."""
    world = World(folder, DEMO="0", **settings)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "flask", "init"]
    said = subprocess.run(
        command, cwd=ROOT, env={**world.environment, "FLASK_APP": "app"}, capture_output=True, text=True, check=True
    )
    assert f"{world.origin}/login" in said.stdout
    [password] = ONE_TIME.findall(said.stdout)
    return world.start(), str(password)


def give_password(page: Page, origin: str, name: str, password: str) -> None:
    """The login's form, in whatever language."""
    page.goto(f"{origin}/login")
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("form[action='/login'] button").click()


def choose_password(page: Page, current: str, new: str, seen: Seen) -> None:
    """The page that a one-time password leads to: first one that is too weak, then a good one."""
    page.locator("#new").wait_for()
    seen(page, "first password")
    for each in ("woaini1314", new):
        page.locator("#current").fill(current)
        page.locator("#new").fill(each)
        page.locator("#again").fill(each)
        page.locator("form[action='/account/password'] button").click()
        if each != new:
            page.locator("#faults").wait_for()
            seen(page, "weak password")


def set_up_second(page: Page, seen: Seen) -> pyotp.TOTP:
    """The secret is typed into an app, its first code given; the recovery codes have been seen."""
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.locator(".second-qr").evaluate("async (image) => { await image.decode(); }")
    seen(page, "second factor")
    totp = pyotp.TOTP(secret)
    page.locator("#code").fill(totp.now())
    page.locator("form[action='/account/second/new'] button").click()
    page.locator("#codes").wait_for()
    seen(page, "recovery codes")
    page.locator("#main a.primary").click()
    return totp
