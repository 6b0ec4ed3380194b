"""What happens to an application is told, in the transaction in which it happens; what is undone in time never is."""

from __future__ import annotations

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.identity.model import Candidate, Office
from app.outbox.actions import Happened, tell
from app.outbox.model import Notice
from app.outbox.rules import NoticeKind
from tests import people
from tests.outbox.receiver import Receiver
from tests.outbox.telling import deliver, deliverer, notices, told
from tests.procedure import MONTH, PLACE, has_applied, open_batch
from tests.review.deciding import approve_all, decide, status_of
from tests.review.waiting import office, reviewer, waiting
from tests.visitors import Visitor
from tests.world import NewWorld, World, picture

HELD = 65  # seconds: 撤销 is possible for 60


@pytest.fixture
def city(world: World) -> Office:
    """A city's office."""
    return office(world)


@pytest.fixture
def officer(world: World, city: Office) -> Visitor:
    """Somebody of the city's office at a PC."""
    return world.visitor(reviewer(world, city))


def kinds(world: World) -> list[str]:
    return [kind for kind, *_rest in notices(world)]


def test_an_application_tells_its_way_in_order(world: World, receiver: Receiver) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    desk.press("我已摄像完成，下一步")
    deliver(world)
    assert receiver.kinds == [NoticeKind.CREATED, NoticeKind.HANDED_IN]
    [application] = world.rows(Application)
    [person] = world.rows(Candidate)
    created, handed_in = (each.said for each in receiver.got)
    assert handed_in["application"] == application.tag
    assert handed_in["candidate"] == person.exam_number
    assert handed_in["facts"] == {"status": "PORTRAIT_REVIEW", "batch": MONTH, "place": PLACE, "action": "hand_over"}
    assert created["number"] < handed_in["number"]


def test_a_withdrawal_is_told(world: World, receiver: Receiver) -> None:
    person = world.add(people.candidate())
    open_batch(world)
    has_applied(world, person)
    visitor = world.newcomer(person)
    visitor.go("/apply")
    assert visitor.post("/apply/withdraw", {"sure": "yes"}).status_code in (302, 303)
    deliver(world)
    assert receiver.kinds == [NoticeKind.CREATED, NoticeKind.APPLICATION_WITHDRAWN]


def test_a_rejection_is_told_with_its_codes_once_it_can_stand(
    world: World, receiver: Receiver, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city)
    decide(officer, application, "请摘下眼镜，陈先生", portrait="retouched")
    assert not deliverer(world).is_due()
    world.clock.move(HELD)
    deliver(world)
    [got] = receiver.got
    assert got.said["kind"] == NoticeKind.REJECTED
    facts = got.said["facts"]
    assert (facts["level"], facts["status"]) == ("city", "CAPTURE")
    assert facts["items"] == [{"item": "portrait", "approved": False, "reasons": ["retouched"]}]
    assert "陈先生" not in got.body.decode()


def test_a_decision_that_is_undone_in_time_is_never_told(
    world: World, receiver: Receiver, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    world.clock.move(59)
    officer.go("/review")
    officer.press("撤销")
    approve_all(officer, application)
    assert status_of(world, application) == Status.READY
    world.clock.move(HELD)
    deliver(world)
    assert receiver.kinds == [NoticeKind.APPROVED]
    assert [state for _kind, state, *_rest in notices(world)] == ["withdrawn", "sent"]


def test_one_that_was_told_already_is_followed_by_its_undoing(
    world: World, receiver: Receiver, city: Office, officer: Visitor
) -> None:
    """Another server's clock may be ahead."""
    application = waiting(world, city)
    approve_all(officer, application)
    world.clock.move(HELD)
    deliver(world)
    world.clock.move(-HELD)
    officer.go("/review")
    officer.press("撤销")
    deliver(world)
    approved, undone = (each.said for each in receiver.got)
    assert (approved["kind"], undone["kind"]) == (NoticeKind.APPROVED, NoticeKind.UNDONE)
    assert (undone["facts"]["undoes"], undone["facts"]["status"]) == (approved["id"], "PORTRAIT_REVIEW")
    assert undone["application"] == approved["application"]


def test_what_comes_after_a_held_decision_waits_behind_it(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    told(world, application.tag)
    told(world, "another")
    assert deliver(world) == 1
    assert [state for _kind, state, *_rest in notices(world)] == ["waiting", "waiting", "sent"]
    world.clock.move(HELD)
    assert deliver(world) == 2


def test_what_is_rolled_back_is_not_told(world: World) -> None:
    def fail() -> None:
        with world.dependencies.db.writing() as db:
            assert tell(db, Happened(NoticeKind.TEST), world.clock.now())
            db.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert world.rows(Notice) == []


def test_without_a_receiver_nothing_is_kept(new_world: NewWorld) -> None:
    world = new_world("alone")
    world.desk()
    assert world.rows(Notice) == []
    assert not deliverer(world).is_due()
