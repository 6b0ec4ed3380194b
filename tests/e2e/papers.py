"""Candidates of whom pictures of a document are wanted, and what they do about it in a browser."""

from __future__ import annotations

import json

from playwright.sync_api import Locator, Page, expect

from app.base.clock import SystemClock
from tests.e2e import steps
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import APPLICATION
from tests.e2e.steps import button
from tests.e2e.world import World

SUBMIT, OF_OTHERS = "提交身份证附件", "提交证件附件"
TEXTS = ("major", "programme_university", "course_group", "examining_university", "batch", "place", "phone")


def wanted(world: World, id_type: str = "居民身份证") -> str:
    """Somebody new whose application waits for documents; the 准考证号."""
    number, now = newcomer(world), f"{SystemClock().now():%F %T.%f}"
    world.change("UPDATE candidate SET id_type = ? WHERE exam_number = ?", id_type, number)
    texts, nothing = ", ".join(TEXTS), ", ".join(["''"] * len(TEXTS))
    world.change(
        f"INSERT INTO application (tag, candidate_id, status, version, language, applied_at, status_since, "
        f"register_tries, {texts}) SELECT ?, id, 'DOCUMENTS', 0, 'zh', ?, ?, 0, {nothing} "
        f"FROM candidate WHERE exam_number = ?",
        f"papers{number}",
        now,
        now,
        number,
    )
    return number


def open_dialog(page: Page, world: World, name: str, by_phone: bool = False) -> None:
    """Log in and open the dialog, with the code or without."""
    steps.log_in(page, world.origin, name)
    page.goto(f"{world.origin}/apply/documents{'?phone=1' if by_phone else ''}")
    expect(page.get_by_role("dialog")).to_be_visible()


def agree(page: Page) -> None:
    """The tick, once the page listens to it."""
    expect(page.locator("dialog.is-scripted")).to_be_visible()
    if not page.get_by_role("checkbox").is_checked():
        page.get_by_role("checkbox").check()


def card_of(page: Page, label: str) -> Locator:
    """The slot's card in the dialog."""
    return page.locator(".paper").filter(has=page.get_by_role("heading", name=label, exact=True))


def choose(page: Page, label: str, picture: bytes, name: str = "card.jpg") -> None:
    """Press the slot's button once it opens the chooser, and choose a file."""
    expect(page.locator("dialog.is-scripted")).to_be_visible()
    agree(page)
    with page.expect_file_chooser() as chooser:
        button(page, f"上传{label}附件").click()
    chooser.value.set_files({"name": name, "mimeType": "image/jpeg", "buffer": picture})


def received(page: Page, label: str) -> None:
    """The slot shows its picture."""
    expect(card_of(page, label).get_by_text("已收到", exact=True)).to_be_visible(timeout=40_000)
    expect(card_of(page, label).get_by_role("img")).to_be_visible()


def stored(world: World, candidate: str) -> dict[str, tuple[int, int, int]]:
    """Slot → bytes, width, height of what counts."""
    query = f"SELECT slot, bytes, width, height FROM document WHERE ended_at IS NULL AND application_id = {APPLICATION}"
    return {row[0]: row[1:] for row in world.rows(query, candidate)}


def status(world: World, candidate: str) -> str:
    """Where the application stands."""
    return str(world.rows(f"SELECT status FROM application WHERE id = {APPLICATION}", candidate)[0][0])


def rejected(world: World, candidate: str, slot: str, region: list[float]) -> None:
    """An office has looked at what was sent, and rejected this slot's picture with a marked place."""
    now, theirs = f"{SystemClock().now():%F %T.%f}", f"application_id = {APPLICATION} AND slot = ?"
    ended = "handed_over_at = received_at, ended_at = ?, end_reason = 'rejected'"
    world.change(f"UPDATE document SET {ended} WHERE {theirs}", now, candidate, slot)
    world.change(
        "INSERT INTO decision (act, application_id, status, office_id, staff_id, item, sha256, approved, reasons, "
        "opinion, region, decided_at) SELECT 'an act', application_id, 'DOCUMENT_REVIEW_CITY', staff.office_id, "
        "staff.id, slot, sha256, 0, '[]', '看不清', ?, ? FROM document, staff "
        f"WHERE staff.login_name = 'guangzhou' AND {theirs}",
        json.dumps(region),
        now,
        candidate,
        slot,
    )
