"""我已摄像完成，下一步: what is handed over, to whom it is shown, and what is written down about it."""

from __future__ import annotations

import hashlib

import pytest

from app.application.model import Application, Consent, Receipt
from app.application.terms import VERSION
from app.base.audit import AuditRow
from tests.together import at_once
from tests.visitors import Desk, Pair
from tests.world import FakeClock, World, picture

NEXT = "我已摄像完成，下一步"
NAME = hashlib.sha256(picture()).hexdigest()


@pytest.fixture
def desk(pair: Pair) -> Desk:
    return pair[0]


def test_the_next_step_opens_only_when_the_picture_is_here(world: World) -> None:
    desk, phone = world.paired()
    assert not desk.look().has_button(NEXT)
    phone.send(picture(damaged=True))
    assert not desk.look().has_button(NEXT)
    phone.send(picture())
    assert desk.look().has_button(NEXT)


def test_a_picture_that_arrives_after_the_dialog_was_closed_is_mentioned_on_the_page(world: World) -> None:
    desk, phone = world.paired()
    assert "照片已收到" not in desk.go("/apply").text
    phone.send(picture())
    assert "照片已收到。请点“申请”，核对并提交。" in desk.go("/apply/panel").text
    assert desk.go("/apply").has_button("申请")


def test_pressing_it_hands_the_picture_over_with_a_receipt(world: World, desk: Desk) -> None:
    page = desk.press(NEXT)
    [receipt] = world.rows(Receipt, kind="portrait")
    assert (receipt.kind, receipt.facts) == (
        "portrait",
        {"sha256": NAME, "bytes": 60_000, "width": 1200, "height": 1600},
    )
    for words in ("已提交市考办审核", receipt.number, "2026-11-22 17:00", "1200×1600", "58 KB"):
        assert words in page.text


def test_pressing_twice_is_once_and_no_error(world: World, desk: Desk) -> None:
    second = Desk(world.app, world.origin)
    second.log_in(world.rows(Application)[0].candidate)
    second.look()
    first = desk.press(NEXT).text
    assert second.press(NEXT).text == first
    assert len(world.rows(Receipt, kind="portrait")) == 1


def test_two_presses_at_the_same_moment_give_one_receipt(world: World, desk: Desk) -> None:
    values = {"sha256": NAME, "csrf": desk.csrf()}

    def press() -> int:
        copy = Desk(world.app, world.origin)
        copy.client.set_cookie("session", desk.cookie("session") or "")
        return copy.post("/apply/capture/hand-over", values).status_code

    assert at_once(*[press] * 8) == [303] * 8
    assert len(world.rows(Receipt, kind="portrait")) == 1
    assert [row.action for row in world.rows(AuditRow)].count("hand_over") == 1


def test_a_picture_that_was_replaced_meanwhile_is_not_handed_over(world: World, pair: Pair) -> None:
    desk, phone = pair
    phone.send(picture(2))
    page = desk.press(NEXT)
    assert "手机又传来了新的照片" in page.text
    assert world.rows(Receipt, kind="portrait") == []
    assert "已提交市考办审核" in desk.press(NEXT).text
    assert world.rows(Receipt, kind="portrait")[0].facts["sha256"] == hashlib.sha256(picture(2)).hexdigest()


def test_nothing_is_handed_over_without_a_picture(world: World, pair: Pair) -> None:
    desk, phone = pair
    phone.delete(picture())
    assert "还没有收到照片" in desk.press(NEXT).text
    assert world.rows(Receipt, kind="portrait") == []


def test_it_works_after_the_phones_hour_is_over_too(world: World, clock: FakeClock, desk: Desk) -> None:
    for _quarter in range(5):
        clock.move(minutes=15)
        desk.look()
    assert "已提交市考办审核" in desk.press(NEXT).text


def test_after_it_there_is_no_way_back_into_the_dialog(desk: Desk) -> None:
    desk.press(NEXT)
    assert desk.get("/apply/capture").location == "/apply"
    assert desk.get("/apply/capture/panel").status_code == 409
    desk.go("/apply")
    assert not desk.page.has_button("申请")


def test_the_picture_is_shown_to_its_owner_re_encoded_and_never_kept_by_caches(world: World, desk: Desk) -> None:
    answer = desk.get(f"/apply/picture/{NAME}")
    assert answer.data.startswith(b"\xff\xd8\xffa preview of")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_it_is_shown_to_nobody_else(world: World, desk: Desk) -> None:
    assert world.paired()[0].get(f"/apply/picture/{NAME}").status_code == 404
    assert world.desk().get(f"/apply/picture/{NAME}").status_code == 404
    assert world.newcomer().get(f"/apply/picture/{NAME}").status_code == 409
    assert world.visitor().get(f"/apply/picture/{NAME}").location.startswith("/login")
    assert desk.get(f"/apply/picture/{'0' * 64}").status_code == 404


def test_consent_is_kept_for_desk_and_phone_with_version_and_hash(world: World, pair: Pair, clock: FakeClock) -> None:
    rows = [(row.place, row.version, row.text_hash, row.given_at) for row in world.rows(Consent)]
    assert rows == [(place, VERSION, world.dependencies.terms.text_hash, clock.now()) for place in ("desk", "phone")]


def test_without_the_tick_there_is_no_consent(world: World) -> None:
    desk = world.desk()
    desk.open_dialog()
    assert "请先阅读条例并在方框里打勾" in desk.press("确认无误").text
    assert world.rows(Consent) == []


def test_consent_to_another_version_is_refused(world: World) -> None:
    desk = world.desk()
    desk.open_dialog()
    assert desk.post("/apply/capture/consent", {"agree": "yes", "version": "2001-01"}).status_code == 409
    assert world.rows(Consent) == []


def test_the_audit_tells_the_whole_way(world: World, desk: Desk) -> None:
    desk.press(NEXT)
    assert [row.action for row in world.rows(AuditRow)] == [
        "apply",
        "match",
        "consent",
        "informed",
        "pairing_issued",
        "pairing_claimed",
        "consent",
        "capture_received",
        "hand_over",
        "pairing_handed_over",
    ]
    assert verified(world) == (0, "audit: 10 rows in 1 chains, 0 broken\n")


@pytest.mark.parametrize(("column", "value"), [("action", "nothing"), ("actor", "somebody"), ("detail", "else")])
def test_whoever_rewrites_a_row_is_found_out(world: World, desk: Desk, column: str, value: str) -> None:
    [row] = world.rows(AuditRow, action="capture_received")
    with world.dependencies.db.writing() as db:
        setattr(db.get(AuditRow, row.id), column, value)
    code, text = verified(world)
    assert code == 1
    assert f"broken: application {row.application_id}, row {row.seq}" in text


def test_whoever_removes_a_row_is_found_out(world: World, desk: Desk) -> None:
    [row] = world.rows(AuditRow, action="capture_received")
    with world.dependencies.db.writing() as db:
        db.delete(db.get(AuditRow, world.rows(AuditRow, action="informed")[0].id))
    assert verified(world)[0] == 1
    assert row.seq == 8


def verified(world: World) -> tuple[int, str]:
    """Exit code and output of `flask verify-audit`."""
    done = world.app.test_cli_runner().invoke(args=["verify-audit"])
    return done.exit_code, done.output
