"""Whatever is sent with the form is either a valid application or told to be wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.application.model import Application, Receipt
from app.application.place_rules import city_of
from app.application.telephone_rules import phone_number
from app.base.audit import AuditRow
from tests import procedure, records
from tests.visitors import Desk
from tests.world import World

ANY = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)
PHONES = ANY | st.sampled_from(["13800138000", "020-38627000", "+86 139 0013 9000", "138"])
PLACES = ANY | st.sampled_from(["440104", "441900", "440100", "110101"])
MONTHS = ANY | st.sampled_from(["202612", "202606", "２０２６１２"])
FORMS = st.fixed_dictionaries({}, optional={"batch": MONTHS, "place": PLACES, "phone": PHONES, "status": ANY})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, World]]:
    """A PC of somebody who may apply, and the world it is in."""
    world = World(tmp_path_factory.mktemp("form"))
    procedure.open_batch(world)
    procedure.open_offices(world)
    person = records.ready(world)
    procedure.known(world, person)
    yield world.newcomer(person), world
    world.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=FORMS)
def test_any_form_is_stored_whole_or_told_to_be_wrong(desk: tuple[Desk, World], form: dict[str, str]) -> None:
    browser, world = desk
    answer = browser.post("/apply", form)
    stored = world.rows(Application)
    if answer.status_code == 422:
        assert stored == []
        assert browser.page.has_button("申请")
        assert "申请没有提交" in browser.page.text
        return
    assert answer.status_code == 303
    [application] = stored
    assert application.batch == "202612"
    assert application.office
    assert application.office.city == city_of(application.place) != ""
    assert application.phone == phone_number(application.phone)
    forget(world)


def forget(world: World) -> None:
    """As if nobody had applied."""
    with world.dependencies.db.writing() as db:
        for table in (Receipt, AuditRow, Application):
            db.execute(delete(table))
