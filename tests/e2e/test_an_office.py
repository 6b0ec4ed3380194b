"""An office from nothing to a machine that was lost: bare folder, lists, a candidate, their photo, the backup."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import lists
from tests.deploy.machine import missing
from tests.e2e import browsers
from tests.e2e.accounts import choose_password, give_password, set_up_second
from tests.e2e.first_days import (
    PEOPLE,
    PLACE,
    apply_and_be_photographed,
    approve,
    bring_in,
    check_zip,
    come_in,
    export,
    files,
    flask,
    is_fine,
    make_reviewer,
)
from tests.e2e.installed import Installed
from tests.e2e.parent_site import parent_site
from tests.e2e.steps import button
from tests.e2e.world import World
from tests.outbox.receiver import Receiver, receiving
from tests.outbox.telling import KEY_TEXT
from tests.parent.signing import KEYS_TEXT
from tests.parent.test_document import client

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

OPERATORS = "mango river lamp"
REGISTERED = (
    "SELECT registered_sha256 FROM capture JOIN application a ON a.id = application_id JOIN candidate c"
    " ON c.id = a.candidate_id WHERE c.exam_number = ? AND capture.ended_at IS NULL"
)


@dataclass(frozen=True)
class Here:
    """The office's machine, the parent system's site and its end of the notices, and who graduates."""

    world: World
    site: str
    parent: Receiver

    @property
    def number(self) -> str:
        """Somebody of 越秀区."""
        return next(each["准考证号"] for each in lists.candidates(PEOPLE) if each["户口所在地县"] == PLACE)


@pytest.fixture(scope="module")
def parent() -> Iterator[Receiver]:
    """The parent system's end of the notices."""
    with receiving() as made:
        yield made


def what_stands_there(page: Page, world: World) -> str:
    """The candidate's page, word for word."""
    page.goto(f"{world.origin}/apply")
    return page.locator("main").inner_text()


def set_up(page: Page, world: World, password: str, folder: Path) -> str:
    """The first operator's first hour: a password, a second factor, the lists, a reviewer; that one's password."""
    give_password(page, world.origin, "operator", password)
    choose_password(page, password, OPERATORS, is_fine)
    set_up_second(page, is_fine)
    is_fine(page, "all that is missing")
    for kind, file in files(folder):
        bring_in(page, world, kind, file)
    return make_reviewer(page, world)


def graduate(desk: Page, hand: Page, office: Page, here: Here, first: str) -> None:
    """The way of one candidate, until the application is submitted."""
    come_in(desk, here.world, here.site, here.number)
    apply_and_be_photographed(desk, hand)
    approve(office, here.world, here.number, first)
    told = here.parent.wait_for("application.approved", here.number, 120)
    assert client(here.world).event(told.headers, told.body)["candidate"] == here.number
    desk.reload()
    button(desk, "申请").click()
    expect(desk.get_by_text("毕业申请已提交").first).to_be_visible()


def come_back(here: Here, bare: Path, kept: Path, elsewhere: World) -> None:
    """The machine is lost; another one is made of the backup."""
    flask(here.world, "backup", str(kept))
    assert here.world.stop() == 0
    shutil.rmtree(bare)
    flask(elsewhere, "restore", str(kept), "--check")
    flask(elsewhere, "restore", str(kept))
    elsewhere.start()


@pytest.mark.skipif(bool(missing()), reason="deploy/install needs what tests/install.sh installs")
def test_from_a_bare_folder_to_a_machine_that_was_lost(browser: Browser, parent: Receiver, tmp_path: Path) -> None:
    settings = {"PARENT_KEYS": KEYS_TEXT, "WEBHOOK_URL": parent.url, "WEBHOOK_KEY": KEY_TEXT}
    bare = tmp_path / "bare"
    bare.mkdir()
    world = Installed(bare, **settings)
    secrets = {name: world.environment[name] for name in ("SECRET_KEY", "STORE_KEYS")}  # kept away from the machine
    elsewhere = World(tmp_path / "elsewhere", DEMO="0", **settings, **secrets)
    with ExitStack() as stack:
        stack.callback(elsewhere.stop)
        stack.callback(world.stop)
        here = Here(world, stack.enter_context(parent_site(world.origin)), parent)
        kinds = (browsers.desktop, browsers.desktop, browsers.desktop, browsers.phone)
        operator, desk, office, hand = (stack.enter_context(kind(browser)).new_page() for kind in kinds)
        first = set_up(operator, world, world.begin(), tmp_path)
        graduate(desk, hand, office, here, first)
        check_zip(export(operator, world, tmp_path), here.number, str(world.rows(REGISTERED, here.number)[0][0]))
        before = what_stands_there(desk, world)
        come_back(here, bare, tmp_path / "kept.zzb", elsewhere)
        come_in(desk, elsewhere, stack.enter_context(parent_site(elsewhere.origin)), here.number)
        assert what_stands_there(desk, elsewhere) == before
        assert "0 broken" in flask(elsewhere, "verify-audit")
        assert "store: sound" in flask(elsewhere, "sweep")
