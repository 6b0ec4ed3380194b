"""The parent system hears when somebody gives out a code for a candidate's password."""

from __future__ import annotations

from tests import people
from tests.accounts.test_forgotten import COUNTER, city, code_of, issue, use
from tests.outbox.receiver import receiving
from tests.outbox.telling import KEY_TEXT, deliver
from tests.world import NewWorld


def test_the_parent_system_hears_of_the_code_and_of_its_use_but_not_the_code(new_world: NewWorld) -> None:
    with receiving() as receiver:
        world = new_world(webhook_url=receiver.url, webhook_key=KEY_TEXT)
        person = world.add(people.candidate())
        code = code_of(issue(city(world), person, **COUNTER))
        use(world, person, code)
        deliver(world)
    said = [each.said for each in receiver.got]
    assert [each["kind"] for each in said] == ["candidate.code_issued", "candidate.code_used"]
    assert {(each["candidate"], each["application"]) for each in said} == {(person.exam_number, None)}
    assert [each["facts"] for each in said] == [{"by": "广州市考办"}] * 2
    assert code not in str(said)
