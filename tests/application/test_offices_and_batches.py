"""Which office a place belongs to, and for whom a batch is."""

from __future__ import annotations

import pytest

from app.application.model import Application, Batch
from app.application.queries import office_of, offices_by_place
from app.identity.model import Office, OfficeCounty
from tests import procedure, records
from tests.procedure import the_application
from tests.visitors import Desk
from tests.world import World

YUEXIU, HAIZHU, LUOHU = "440104", "440105", "440303"
APPLY = "申请"


@pytest.fixture
def district(season: World) -> Office:
    """An office of its own for 越秀区, in a city that has one."""
    made = season.add(
        Office(code="yuexiu", name="越秀区招考办", level="city", contact="020-11111111", city="", hours="周一至周五")
    )
    season.add(OfficeCounty(county=YUEXIU, office_id=made.id))
    return made


def names(world: World) -> list[str | None]:
    """The offices of the three places, asked for one by one; asked for at once they are the same."""
    with world.dependencies.db.reading() as db:
        every = [office_of(db, place) for place in (YUEXIU, HAIZHU, LUOHU)]
        assert every == [offices_by_place(db).of(place) for place in (YUEXIU, HAIZHU, LUOHU)]
        return [office.name if office else None for office in every]


def change(world: World, office: Office, **fields: object) -> None:
    with world.dependencies.db.writing() as db:
        row = db.get_one(Office, office.id)
        for name, value in fields.items():
            setattr(row, name, value)


def test_the_office_that_has_the_county_comes_before_that_of_the_city(season: World, district: Office) -> None:
    assert names(season) == ["越秀区招考办", "广州市考办", "深圳市考办"]


def test_one_that_is_closed_has_no_place(season: World, district: Office) -> None:
    [shenzhen] = season.rows(Office, city="440300")
    for office in (district, shenzhen):
        change(season, office, active=False)
    assert names(season) == ["广州市考办", "广州市考办", None]


def test_the_first_of_two_offices_of_a_city_has_it(season: World) -> None:
    season.add(Office(code="second", name="第二", level="city", contact="", city="440300"))
    assert names(season)[2] == "深圳市考办"


def test_an_application_goes_to_the_office_of_the_county_and_the_form_names_it(season: World, district: Office) -> None:
    desk = season.newcomer(records.ready(season))
    assert "越秀区招考办" in desk.page.text
    [yuexiu] = [each for each in desk.page.all("option") if each.get("value") == YUEXIU]
    [city] = [each for each in desk.page.all("optgroup") if each.get("label") == "广州市"]
    assert (yuexiu.get("data-office"), city.get("data-office")) == ("越秀区招考办", "广州市考办")
    desk.press(APPLY)
    assert the_application(season).office_id == district.id


def test_a_county_with_an_office_is_offered_even_where_its_city_has_none(world: World) -> None:
    procedure.open_batch(world)
    made = world.add(Office(code="haizhu", name="海珠区招考办", level="city", contact="", city=""))
    world.add(OfficeCounty(county=HAIZHU, office_id=made.id))
    desk = world.newcomer(records.ready(world))
    assert [each.text for each in desk.page.all("option")] == ["请选择", "海珠区"]
    assert "这个地方的考办还没有开通网上办理" in desk.press(APPLY, place=YUEXIU).text
    desk.press(APPLY, place=HAIZHU)
    assert the_application(world).office_id == made.id


def test_only_batches_for_the_candidates_university_are_offered(season: World) -> None:
    procedure.open_batch(season, "202606")
    with season.dependencies.db.writing() as db:
        db.get_one(Batch, "202606").universities = ["601 中山大学"]
        db.get_one(Batch, "202612").universities = ["601 中山大学", "619 广东外语外贸大学"]
    desk = season.newcomer(records.ready(season))
    assert "2026 年 6 月" not in desk.page.text
    desk.post("/apply", {"batch": "202606", "place": YUEXIU, "phone": "13800138000"})
    assert season.rows(Application) == []
    desk.press(APPLY)
    assert the_application(season).batch == "202612"


def test_when_the_open_batch_is_for_others_the_next_one_of_ones_own_is_told(season: World, desk: Desk) -> None:
    procedure.open_batch(season, "202706", opens=3, closes=9)
    with season.dependencies.db.writing() as db:
        db.get_one(Batch, "202612").universities = ["601 中山大学"]
    assert "2026-11-25 17:00" in desk.go("/apply").text
    assert not desk.page.has_button(APPLY)


def test_whoever_is_of_a_school_that_no_open_batch_is_for_reads_that_it_is_open_for_others(
    season: World, desk: Desk
) -> None:
    with season.dependencies.db.writing() as db:
        db.get_one(Batch, "202612").universities = ["601 中山大学"]
    text = desk.go("/apply").text
    assert "您的学校现在没有开放毕业申请" in text
    assert "现在开放的毕业申请只面向其他学校。您的建设主考学校是：619 广东外语外贸大学。" in text
    assert "现在不在毕业申请时间内" not in text


def test_a_place_that_nobody_has_is_not_said_to_be_chosen(season: World, desk: Desk) -> None:
    [guangzhou] = season.rows(Office, city="440100")
    change(season, guangzhou, active=False)
    page = desk.go("/apply")
    assert [each.get("value") for each in page.all("option") if each.get("selected") is not None] == []
    assert "您户口所在地的考办还没有开通网上办理。请选择其他地点，或联系当地考办。" in page.text
    assert "预先选择" not in page.text


def test_without_any_office_there_is_no_form_that_nobody_could_fill_in(world: World) -> None:
    procedure.open_batch(world)
    desk = world.newcomer(records.ready(world))
    assert "还没有考办开通网上办理" in desk.page.text
    assert not desk.page.has_button(APPLY)
