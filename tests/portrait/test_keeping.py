"""What is kept of a picture, and for how long."""

from __future__ import annotations

from datetime import timedelta

from app.pairing.model import Pairing
from app.pairing.rules import End
from app.portrait.model import Capture
from app.portrait.retention_actions import purge
from tests.world import FakeClock, World, picture


def test_a_retake_deletes_the_picture_and_keeps_its_report(world: World) -> None:
    desk, phone = world.paired()
    assert phone.send(picture(1)).status_code == 201
    assert len(world.blobs()) == 2
    desk.look()
    desk.press("重拍")
    assert world.blobs() == set()
    [row] = world.rows(Capture)
    assert (row.end_reason, row.original, bool(row.report)) == ("withdrawn", None, True)


def test_a_stranger_s_picture_goes_with_the_stranger_s_phone(world: World) -> None:
    desk, phone = world.paired()
    phone.send(picture(1))
    desk.look()
    desk.press("不是我的手机")
    assert world.blobs() == set()
    assert phone.state().get_json()["error"]["code"] == "not_mine"
    [pairing] = world.rows(Pairing)
    assert pairing.end_reason == End.NOT_MINE
    assert "重新生成二维码" in desk.look().html


def test_a_replaced_picture_is_deleted_and_the_new_one_stays(world: World) -> None:
    _desk, phone = world.paired()
    phone.send(picture(1))
    before = world.blobs()
    phone.send(picture(2))
    assert len(world.blobs()) == 2
    assert not world.blobs() & before


def test_a_picture_that_is_sent_again_after_a_retake_is_there_again(world: World) -> None:
    desk, phone = world.paired()
    phone.send(picture(1))
    desk.look()
    desk.press("重拍")
    assert phone.send(picture(1)).status_code == 201
    draft = world.rows(Capture, ended_at=None)[0]
    assert {draft.original, draft.preview} == world.blobs()


def test_drafts_are_given_up_when_their_time_is_over_and_no_sooner(world: World, clock: FakeClock) -> None:
    _desk, phone = world.paired()
    phone.send(picture(1))
    assert purged(world, clock) == 0
    clock.move(days=30, seconds=1)
    assert purged(world, clock) == 1
    assert world.blobs() == set()


def test_what_was_handed_over_is_never_given_up(world: World, clock: FakeClock) -> None:
    desk, phone = world.paired()
    phone.send(picture(1))
    desk.look()
    desk.press("我已摄像完成，下一步")
    clock.move(days=400)
    assert purged(world, clock) == 0
    assert len(world.blobs()) == 2


def test_a_rejected_portrait_is_kept_for_its_opinion_and_then_deleted(world: World, clock: FakeClock) -> None:
    desk, phone = world.paired()
    phone.send(picture(1))
    desk.look()
    desk.press("我已摄像完成，下一步")
    with world.dependencies.db.writing() as db:
        [row] = db.query(Capture)
        row.ended_at, row.end_reason = clock.now(), "rejected"
    clock.move(days=179)
    assert "0 rejected portraits" in said_by_purge(world)
    assert len(world.blobs()) == 2
    clock.move(days=2)
    assert "1 rejected portraits" in said_by_purge(world)
    assert "0 rejected portraits" in said_by_purge(world)
    assert world.blobs() == set()


def said_by_purge(world: World) -> str:
    """What the operator's command says."""
    return world.app.test_cli_runner().invoke(args=["purge"], catch_exceptions=False).output


def purged(world: World, clock: FakeClock) -> int:
    """As `flask purge` does it."""
    with world.dependencies.db.writing() as db:
        return purge(db, clock.now() - timedelta(days=world.settings.draft_days), clock.now())
