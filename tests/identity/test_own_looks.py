"""Nobody fills the database by looking again and again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.base.audit import AuditRow
from app.base.database import Base
from app.pairing.actions import MOST_ALIKE, presence
from app.pairing.model import Pairing, PairingEvent
from tests import people
from tests.documents.wanted import desk_of
from tests.house.test_routes import ROUTES
from tests.page import Page
from tests.review.deciding import decide
from tests.review.waiting import now_of, office, reviewer, waiting
from tests.visitors import Desk, Phone, Visitor, reason
from tests.world import FakeClock, World, picture

AGAIN = 10
OWN = [rule for (method, rule), who in ROUTES.items() if method == "GET" and who in ("candidate", "person")]
PHONES = [rule for (method, rule), who in ROUTES.items() if method == "GET" and rule.startswith("/m")]


def size(world: World) -> dict[str, int]:
    """table → rows."""
    with world.dependencies.db.reading() as db:
        tables = Base.metadata.tables.items()
        return {name: db.scalars(select(func.count()).select_from(table)).one() for name, table in tables}


def addresses(page: Page) -> list[str]:
    """Everything that a candidate can open, with the pictures that their page shows."""
    shown = [each.get("src") or "" for each in page.all("img")]
    return [rule for rule in OWN if "<" not in rule] + [each for each in shown if each.startswith("/apply")]


def look_everywhere(browser: Visitor, page: Page) -> list[int]:
    found = [browser.get(each).status_code for each in addresses(page)]
    assert 500 not in found
    return found


@pytest.fixture(params=["portrait", "papers", "rejected"])
def looking(request: pytest.FixtureRequest, world: World) -> tuple[Desk, Page]:
    """A candidate whose page shows pictures of their own, and that page."""
    if request.param == "portrait":
        desk, phone = world.paired()
        phone.send(picture())
        return desk, desk.look()
    if request.param == "papers":
        desk = desk_of(world)
        return desk, desk.fill()
    case = waiting(world, office(world))
    row = now_of(world, case)
    decide(world.visitor(reviewer(world, row.office)), case, portrait="retouched")
    desk = world.newcomer(row.candidate)
    return desk, desk.go("/apply")


def test_a_look_at_ones_own_pictures_is_one_row_an_hour(
    world: World, clock: FakeClock, looking: tuple[Desk, Page]
) -> None:
    desk, page = looking
    assert 200 in look_everywhere(desk, page)
    before = size(world)
    seen = [row.action for row in world.rows(AuditRow) if row.action in ("picture_viewed", "document_viewed")]
    assert seen
    for _n in range(AGAIN):
        look_everywhere(desk, page)
    assert size(world) == before
    clock.move(minutes=25)
    look_everywhere(desk, page)
    clock.move(minutes=25)
    look_everywhere(desk, page)
    assert size(world) == before, "not yet an hour"
    clock.move(minutes=11)
    look_everywhere(desk, page)
    assert size(world)["audit"] > before["audit"]


def test_another_picture_is_another_row(world: World) -> None:
    desk, phone = world.paired()
    for seed in (1, 2):
        phone.send(picture(seed))
        [source] = [src for each in desk.look().all("img") if "/apply/picture/" in (src := each.get("src", ""))]
        assert desk.get(source).status_code == 200
    assert len(world.rows(AuditRow, action="picture_viewed")) == 2


def test_a_phone_that_asks_again_and_again_writes_nothing(world: World) -> None:
    world.inspector.made = {"registered_photo": b"to be registered"}
    _desk, phone = world.paired()
    sent = phone.send(picture(1)).get_json()["capture"]["sha256"]
    own = [rule.replace("<name>", sent) for rule in PHONES]
    before = None
    for _n in range(AGAIN):
        assert {phone.call("GET", rule).status_code for rule in own} <= {200, 308}
        before = before or size(world)
    assert size(world) == before


def test_a_phone_whose_network_flaps_does_not_fill_the_history(world: World, clock: FakeClock) -> None:
    world.paired()
    [pairing] = world.rows(Pairing)
    for n in range(4 * MOST_ALIKE):
        clock.move(1)
        with world.dependencies.db.writing() as db:
            presence(db, pairing.id, n % 2 == 1, clock.now())
    assert len(world.rows(PairingEvent, code="online")) == MOST_ALIKE
    newest = max(world.rows(PairingEvent), key=lambda row: row.at)
    assert (newest.code, newest.at) == ("online", clock.now())


def test_a_stranger_with_the_link_does_not_fill_the_history(world: World, clock: FakeClock) -> None:
    desk = world.desk(world.add(people.candidate()))
    desk.to_code()
    tokens = [desk.token() for _n in range(4)]
    world.phone().claim(tokens[0])
    for token in tokens * 15:
        clock.move(1)
        assert reason(Phone(world.app, world.origin).claim(token)) == (410, "claimed")
    assert len(world.rows(PairingEvent, code="second_claim")) == MOST_ALIKE
    assert "另一部手机也扫描了二维码，已被拒绝" in desk.look().text
