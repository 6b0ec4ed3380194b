"""学历管理: what is recorded, and whom to ask when it is not."""

from __future__ import annotations

from datetime import date

from tests import people, records
from tests.world import World


def test_earlier_degrees_are_shown_with_masked_numbers(world: World) -> None:
    person = records.ready(world)
    records.give(world, person, records.certificate(school="样例学院", major="护理"))
    page = world.desk(person).go("/education")
    assert "样例学院" in page.text
    assert "100*************23" in page.text
    assert "100001202106000123" not in page.html
    assert "2021-06-30" in page.text


def test_the_newest_comes_first(world: World) -> None:
    person = records.ready(world)
    later = records.certificate(major="会计", issued_on=date(2024, 6, 30))
    records.give(world, person, records.certificate(), later)
    text = world.desk(person).go("/education").text
    assert text.index("会计") < text.index("护理")


def test_nothing_recorded_is_said_with_whom_to_ask(world: World) -> None:
    world.add(people.reviewer())
    page = world.desk(records.ready(world)).go("/education")
    assert "还没有登记任何学历。" in page.text
    assert "学历由市考办登记和更正。" in page.text
    assert "有疑问请联系：广州市考办 020-00000000" in page.text


def test_it_says_what_the_programme_asks(world: World) -> None:
    world.add(records.programme(entry_level="专科"))
    page = world.desk(records.ready(world)).go("/education")
    assert "您报考的A050226 商务英语(专科)要求专科或以上学历" in page.text


def test_degrees_of_others_are_not_shown(world: World) -> None:
    other = world.add(people.candidate())
    records.give(world, other, records.certificate())
    assert "护理" not in world.desk(records.ready(world)).go("/education").text


def test_what_is_recorded_decides_the_forecast(world: World) -> None:
    world.add(records.programme(entry_level="专科"))
    person = records.ready(world)
    desk = world.desk(person)
    assert "没有查到您的专科或以上学历。" in desk.go("/forecast").text
    records.give(world, person, records.certificate())
    assert "已登记：专科 护理" in desk.go("/forecast").text


def test_the_level_is_said_in_english_inside_an_english_sentence(world: World) -> None:
    world.add(records.programme(entry_level="专科"))
    desk = world.desk(records.ready(world))
    desk.press("English")
    assert "No earlier degree (Junior college or higher) is recorded." in desk.go("/forecast").text
    assert "asks for an earlier degree (Junior college or higher)" in desk.go("/education").text
