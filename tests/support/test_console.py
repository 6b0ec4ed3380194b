"""The support console: enough to help a caller, nothing more, and every act is recorded."""

from __future__ import annotations

import pytest

from app.base.audit import AuditRow
from app.identity.model import Candidate, Staff
from tests import people
from tests.page import Page
from tests.visitors import Visitor, reason
from tests.world import FakeClock, World, picture


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate(name="张小三", phone="13912345678", address="样例路 77 号"))


@pytest.fixture
def caller(world: World) -> Visitor:
    """Somebody of support at the console."""
    return world.visitor(world.add(people.support()))


def find(caller: Visitor, person: Candidate) -> Page:
    """查找."""
    caller.go("/support")
    return caller.press("查找", number=person.exam_number)


def timeline(page: Page) -> list[str]:
    """The lines of the history, newest first."""
    [outer, *inner] = [each for each in page.all("ol") if each.get("class") == "timeline"]
    lines = [line for each in (*inner, outer) for line in each if line.get("class") != "day"]
    told = [line for line in lines if line.find("details") is None]
    told.sort(key=lambda line: next(line.iter("time")).get("datetime", ""), reverse=True)
    return [" ".join("".join(line.itertext()).split()) for line in told]


def acts(world: World) -> list[str]:
    """Who did what, as support did it."""
    staff = world.rows(Staff, role="support")[0]
    return [row.action for row in world.rows(AuditRow, actor=f"staff:{staff.id}")]


def test_an_unknown_number_is_said_to_be_unknown(caller: Visitor, world: World) -> None:
    assert "没有找到这个准考证号" in find(caller, people.candidate()).text


def test_the_person_is_masked(caller: Visitor, world: World, person: Candidate) -> None:
    world.paired(person)
    page = find(caller, person)
    assert "张*三" in page.text
    for secret in (person.name, person.id_number, person.id_number[-4:], person.phone, person.address):
        assert secret not in page.html


def test_the_history_can_be_read_aloud(caller: Visitor, world: World, clock: FakeClock, person: Candidate) -> None:
    desk = world.desk(person)
    desk.to_code()
    token, phone = desk.token(), world.phone()
    clock.move(5)
    phone.claim(token)
    phone.confirm()
    clock.move(5)
    phone.report("camera_denied")
    phone.send(picture(damaged=True))
    phone.send(picture())
    lines = timeline(find(caller, person))[:6]
    for words, line in zip(
        [
            "照片已收到 58 KB",
            "照片不符合要求，没有保存 58 KB",
            "摄像头权限被拒绝",
            "已确认信息",
            "手机已连接 Chrome",
            "已生成二维码",
        ],
        lines,
        strict=True,
    ):
        assert words in line


def test_why_a_picture_was_refused_is_said_beside_it(caller: Visitor, world: World, person: Candidate) -> None:
    _desk, phone = world.paired(person)
    phone.send(picture(damaged=True))
    [line] = [line for line in timeline(find(caller, person)) if "照片不符合要求，没有保存" in line]
    assert "照片不完整。请重新上传，或重新拍照。" in line or "照片无法读取。请重新拍照。" in line


def test_each_pairing_is_one_line_that_opens_and_the_newest_is_open(
    caller: Visitor, world: World, clock: FakeClock, person: Candidate
) -> None:
    desk, _phone = world.paired(person)
    clock.move(60)
    desk.look()
    desk.press("重新生成二维码")
    page = find(caller, person)
    groups = page.all("details")
    assert ["open" in group.attrib for group in groups] == [True, False]
    assert "第 2 次连接手机" in "".join(groups[0].itertext())
    assert "手机已连接" in "".join(groups[1].itertext())


def test_support_can_revoke(caller: Visitor, world: World, person: Candidate) -> None:
    desk, phone = world.paired(person)
    find(caller, person)
    assert "已撤销配对链接" in caller.press("撤销").text
    assert reason(phone.state()) == (410, "revoked")
    assert "这次连接已被撤销" in desk.look().text
    assert "pairing_revoked" in acts(world)


def test_in_english_a_link_is_revoked_not_undone(caller: Visitor, world: World, person: Candidate) -> None:
    world.paired(person)
    find(caller, person)
    caller.post("/language", {"language": "en"})
    assert caller.go(f"/support?number={person.exam_number}").has_button("Revoke")


def test_when_there_is_nothing_to_revoke_that_is_said(caller: Visitor, world: World, person: Candidate) -> None:
    world.paired(person)
    find(caller, person)
    caller.press("撤销")
    assert not caller.page.has_button("撤销")
    caller.post("/support/revoke", {"number": person.exam_number})
    assert "现在没有可撤销的配对链接" in caller.go(f"/support?number={person.exam_number}").text


def test_a_new_link_is_shown_once_and_the_desk_hears_of_it(caller: Visitor, world: World, person: Candidate) -> None:
    desk, phone = world.paired(person)
    find(caller, person)
    page = caller.press("重新生成配对链接")
    [link] = [each.text or "" for each in page.all("b") if each.get("id") == "link"]
    assert link.startswith("http://localhost:5000/m#")
    assert reason(phone.state()) == (410, "replaced")
    assert "客服为您重新生成了配对链接" in desk.look().text
    assert link not in find(caller, person).html
    assert acts(world)[1:3] == ["pairing_reissued", "support_link"]


def test_there_is_no_link_for_somebody_who_has_not_applied(caller: Visitor, world: World, person: Candidate) -> None:
    assert not find(caller, person).has_button("重新生成配对链接")
    assert caller.post("/support/issue", {"number": person.exam_number}).status_code == 409


def test_there_is_no_link_after_the_picture_was_handed_over(caller: Visitor, world: World, person: Candidate) -> None:
    desk, phone = world.paired(person)
    phone.send(picture())
    desk.look()
    desk.press("我已摄像完成，下一步")
    assert not find(caller, person).has_button("重新生成配对链接")
    assert caller.post("/support/issue", {"number": person.exam_number}).status_code == 409


def test_every_look_is_recorded(caller: Visitor, world: World, person: Candidate) -> None:
    world.paired(person)
    find(caller, person)
    find(caller, person)
    assert acts(world).count("support_looked") == 2


def test_a_look_at_somebody_who_has_not_applied_is_recorded_too(
    caller: Visitor, world: World, person: Candidate
) -> None:
    find(caller, person)
    [row] = world.rows(AuditRow, action="support_looked")
    assert (row.application_id, row.detail) == (None, f"candidate:{person.id}")


def test_there_is_no_list_to_browse(caller: Visitor, world: World, person: Candidate) -> None:
    assert person.exam_number not in caller.go("/support").html
    assert "没有找到" in caller.go("/support?number=0301").text
    assert "没有找到" in caller.go("/support?number=%25").text
