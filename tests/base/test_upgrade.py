"""A database of the version before changes of place had rows: its audit stays whole, and pages tell the same changes.

`at_0007.sql` is the dump of one: the demo's invented people, of whom some have gone through everything that can be
recorded, under the secret key of the tests' worlds. Its pictures are not there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.application.audit_rules import Action
from app.application.model import Application
from app.base.audit import AuditRow
from app.identity.actor_rules import Actor, ActorKind
from app.identity.model import Candidate, Staff
from app.pairing.rules import EventCode
from app.review.model import PlaceChange
from tests.page import Page, words
from tests.world import FakeClock, World

DUMP = Path(__file__).with_name("at_0007.sql")
FILE = "zhengzhao.db"
LATER = datetime(2027, 7, 21, 13, tzinfo=UTC)
LONG = (
    '考生搬到了罗湖区（身份证住址未改）：见居住证 440303 — 100% 属实，"已核"; it\'s done <b>&amp;</b> 第二句。'
    + "长" * 27
)
# What the earlier version's pages said: for support by 准考证号, newest first.
TOLD = {
    "010126000001": [
        "17:24广州市考办更改了办理地点 广州市天河区 → 广州市海珠区 · x",
        f"17:23深圳市考办更改了办理地点 深圳市罗湖区 → 广州市天河区 · {LONG}",
        "17:21广州市考办更改了办理地点 广州市越秀区 → 深圳市罗湖区 · 考生已迁居",
    ],
    "010126000002": ["17:40广州市考办更改了办理地点 广州市越秀区 → 广州市天河区 · 办理地点填错"],
    "010126000003": ["17:57广州市考办更改了办理地点 广州市越秀区 → 深圳市南山区 · 转到深圳：南山区 440305: 本人要求"],
    "010126000011": [
        "18:08广州市考办更改了办理地点 广州市荔湾区 → 深圳市罗湖区 · 又搬家",
        "18:07广州市考办更改了办理地点 广州市海珠区 → 广州市荔湾区 · 考生来电",
    ],
    "010126000012": [
        "18:15广州市考办更改了办理地点 广州市越秀区 → 广州市白云区 · 第二次申请",
        "18:10广州市考办更改了办理地点 广州市海珠区 → 广州市越秀区 · 写错了",
    ],
    "010126000099": ["20:25广州市考办更改了办理地点 广州市越秀区 → 广州市天河区 · 搬家"],
}
# To the reviewer of the office that has the newest application.
BEFORE_THE_OFFICE = {
    ("guangzhou", "010126000001"): [
        "更改办理地点：广州市天河区 → 广州市海珠区，原因：x",
        f"更改办理地点：深圳市罗湖区 → 广州市天河区，原因：{LONG}",
        "更改办理地点：广州市越秀区 → 深圳市罗湖区，原因：考生已迁居",
    ],
    ("guangzhou", "010126000012"): ["更改办理地点：广州市越秀区 → 广州市白云区，原因：第二次申请"],
    ("shenzhen", "010126000011"): [
        "更改办理地点：广州市荔湾区 → 深圳市罗湖区，原因：又搬家",
        "更改办理地点：广州市海珠区 → 广州市荔湾区，原因：考生来电",
    ],
}
# To the candidate: the newest change, while the application is under way.
TO_THE_CANDIDATE = {
    "010126000001": "",
    "010126000003": "广州市考办于 2026-11-22 17:57 把您的办理地点改为深圳市南山区，现在由深圳市考办办理。",
    "010126000011": "广州市考办于 2026-11-22 18:08 把您的办理地点改为深圳市罗湖区，现在由深圳市考办办理。",
}


@pytest.fixture
def audit_before(tmp_path: Path) -> list[tuple[str | int | None, ...]]:
    """The rows of the audit before the upgrade; the database is there, as the earlier version left it."""
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(DUMP.read_text("utf-8"))
        return db.execute("SELECT * FROM audit ORDER BY id").fetchall()


@pytest.fixture
def upgraded(tmp_path: Path, audit_before: list[tuple[str | int | None, ...]]) -> Iterator[World]:
    """This version's world on that database."""
    assert audit_before
    clock = FakeClock()
    clock.time = LATER
    world = World(tmp_path, clock=clock)
    world.dependencies.db.upgrade()
    yield world
    world.close()


def person(world: World, number: str) -> Candidate:
    [found] = world.rows(Candidate, exam_number=number)
    return found


def newest(world: World, number: str) -> Application:
    return world.rows(Application, candidate_id=person(world, number).id)[-1]


def lines(page: Page, tag: str, having: str) -> list[str]:
    """The texts of these elements in which something stands."""
    return [text for each in page.all(tag) if having in (text := words(each))]


def closed_up(text: str) -> str:
    """Without spaces: how a page is laid out does not matter."""
    return "".join(text.split())


def test_the_dump_holds_rows_of_every_kind_that_there_was() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(DUMP.read_text("utf-8"))
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert [name for name in tables if db.execute(f"SELECT 1 FROM {name}").fetchone() is None] == []
        actors = [Actor.read(words) for (words,) in db.execute("SELECT DISTINCT actor FROM audit")]
        actions, codes = distinct(db, "action", "audit"), distinct(db, "code", "pairing_event")
    assert {actor and actor.kind for actor in actors} == set(ActorKind)
    assert (actions - set(Action), len(actions)) == (set(), 52)
    assert (codes - set(EventCode), len(codes)) == (set(), 36)


def distinct(db: sqlite3.Connection, column: str, table: str) -> set[str]:
    return {value for (value,) in db.execute(f"SELECT DISTINCT {column} FROM {table}")}


def test_the_audit_is_whole_and_no_row_of_it_has_changed(
    upgraded: World, audit_before: list[tuple[str | int | None, ...]]
) -> None:
    said = upgraded.app.test_cli_runner().invoke(args=["verify-audit"], catch_exceptions=False)
    assert (said.exit_code, said.output) == (0, f"audit: {len(audit_before)} rows in 16 chains, 0 broken\n")
    with closing(sqlite3.connect(upgraded.folder / FILE)) as db:
        assert db.execute("SELECT * FROM audit ORDER BY id").fetchall() == audit_before


def test_every_change_that_the_audit_tells_is_a_row(upgraded: World) -> None:
    told = upgraded.rows(AuditRow, action=Action.PLACE_CHANGED)
    rows = upgraded.rows(PlaceChange)
    assert [(row.application_id, row.changed_at, str(Actor.staff(row.staff_id or 0))) for row in rows] == [
        (each.application_id, each.at, each.actor) for each in told
    ]
    assert [f"{row.former} {row.place}: {row.reason}" for row in rows] == [each.detail for each in told]
    staff = {each.id: each.office_id for each in upgraded.rows(Staff)}
    assert [row.office_id for row in rows] == [staff[row.staff_id or 0] for row in rows]


def test_support_reads_the_same_changes(upgraded: World) -> None:
    [caller] = upgraded.rows(Staff, login_name="support")
    console = upgraded.visitor(caller)
    for number, expected in TOLD.items():
        page = console.go(f"/support?number={number}")
        assert list(map(closed_up, lines(page, "li", "更改了办理地点"))) == list(map(closed_up, expected))


@pytest.mark.parametrize(("officer", "number"), BEFORE_THE_OFFICE)
def test_a_reviewer_reads_the_same_changes(upgraded: World, officer: str, number: str) -> None:
    [reviewer] = upgraded.rows(Staff, login_name=officer)
    page = upgraded.visitor(reviewer).go(f"/review/{newest(upgraded, number).tag}")
    assert lines(page, "p", "更改办理地点：") == BEFORE_THE_OFFICE[officer, number]


@pytest.mark.parametrize("number", TO_THE_CANDIDATE)
def test_a_candidate_reads_the_same_change(upgraded: World, number: str) -> None:
    page = upgraded.newcomer(person(upgraded, number)).go("/apply")
    assert "".join(lines(page, "p", "把您的办理地点改为")) == TO_THE_CANDIDATE[number]


def test_the_chain_goes_on_with_the_next_change(upgraded: World) -> None:
    [reviewer] = upgraded.rows(Staff, login_name="shenzhen")
    officer, case = upgraded.visitor(reviewer), newest(upgraded, "010126000011")
    officer.go(f"/review/{case.tag}")
    officer.post(f"/review/{case.tag}/place", {"place": "440304", "reason": "同市"})
    row, change = upgraded.rows(AuditRow, action=Action.PLACE_CHANGED)[-1], upgraded.rows(PlaceChange)[-1]
    assert (row.detail, change.former, change.place) == ("440303 440304: 同市", "440303", "440304")
    assert upgraded.app.test_cli_runner().invoke(args=["verify-audit"]).exit_code == 0


def test_what_cannot_be_read_out_of_the_audit_hinders_nothing(tmp_path: Path) -> None:
    """A reviewer who is gone, prose of another kind, an application that is not there."""
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(DUMP.read_text("utf-8"))
        row = "INSERT INTO audit (application_id, seq, at, actor, action, detail, mac) VALUES (?, ?, ?, ?, ?, ?, '')"
        at = "2026-11-22 12:00:00.000000"
        db.execute(row, (1, 901, at, "staff:999", Action.PLACE_CHANGED, "440104 440303: 迁居"))
        db.execute(row, (1, 902, at, "somebody", Action.PLACE_CHANGED, "prose without an order"))
        db.execute(row, (999, 1, at, "staff:1", Action.PLACE_CHANGED, "440104 440303: 迁居"))
        db.commit()
    world = World(tmp_path)
    world.dependencies.db.upgrade()
    odd = [row for row in world.rows(PlaceChange) if row.staff_id is None]
    assert [(row.application_id, row.former, row.place, row.reason) for row in odd] == [
        (1, "440104", "440303", "迁居"),
        (1, "prose", "withou", ""),
    ]
    assert {row.application_id for row in world.rows(PlaceChange)} <= {each.id for each in world.rows(Application)}
    world.close()
