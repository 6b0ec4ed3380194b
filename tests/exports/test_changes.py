"""What changed since another export: also names, and those whose photo could not be read in between."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from app.application.model import Application
from app.application.workflow import Status
from app.exports.model import Export
from app.identity.model import Candidate
from app.portrait.model import Capture
from tests import people
from tests.exports.approved import PHOTOS, approved, exported, photo, photographed, work
from tests.exports.test_lists import archive_of
from tests.world import World

ONE, TWO = "010126000001", "010126000002"
BY_NAME = replace(PHOTOS, template="{exam_number}_{name}.jpg")


def counts(made: Export) -> tuple[int, ...]:
    return made.new, made.replaced, made.same, made.withdrawn, made.faults


def table_in(world: World, made: Export, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archive_of(world, made.id).read(name).decode("utf-8-sig"))))


def called(world: World, application: Application, name: str) -> None:
    with world.dependencies.db.writing() as db:
        db.get_one(Candidate, application.candidate_id).name = name


def sent_back(world: World, application: Application) -> None:
    with world.dependencies.db.writing() as db:
        db.get_one(Application, application.id).status = Status.CAPTURE


def test_a_corrected_name_that_is_in_the_name_of_the_photo(world: World) -> None:
    person = approved(world, 1, exam_number=ONE, name="张三")
    approved(world, 2, exam_number=TWO, name="李四")
    first = exported(world, BY_NAME)
    called(world, person, "张叁")
    second = exported(world, replace(BY_NAME, since=first.id))
    assert counts(second) == (0, 1, 1, 0, 0)
    assert f"photos/{ONE}_张叁.jpg" in archive_of(world, second.id).namelist()
    assert table_in(world, second, "renamed.csv")[1:] == [[ONE, "张叁", f"{ONE}_张三.jpg", f"{ONE}_张叁.jpg"]]
    assert counts(exported(world, replace(BY_NAME, since=second.id))) == (0, 0, 2, 0, 0)


def test_serial_numbers_and_other_templates_make_nobody_renamed(world: World) -> None:
    numbered = replace(PHOTOS, template="{serial}.jpg")
    approved(world, 2, exam_number=TWO)
    first = exported(world, numbered)
    approved(world, 1, exam_number=ONE)
    assert counts(exported(world, replace(numbered, since=first.id))) == (1, 0, 1, 0, 0)
    assert counts(exported(world, replace(PHOTOS, since=first.id))) == (1, 0, 1, 0, 0)


def test_who_is_withdrawn_after_a_photo_could_not_be_read(world: World) -> None:
    person = approved(world, 1, exam_number=ONE)
    approved(world, 2, exam_number=TWO)
    first = exported(world)
    photographed(world, person, photo(9))
    [capture] = world.rows(Capture, application_id=person.id, ended_at=None)
    world.dependencies.store.delete(str(capture.derived))
    second = exported(world, replace(PHOTOS, since=first.id))
    assert counts(second) == (0, 0, 1, 0, 1)
    sent_back(world, person)
    third = exported(world, replace(PHOTOS, since=second.id))
    assert counts(third) == (0, 0, 1, 1, 0)
    assert table_in(world, third, "withdrawn.csv")[1][2] == f"{ONE}.jpg"


def test_a_photo_that_is_read_again_is_what_it_was_before(world: World) -> None:
    person = approved(world, 1, exam_number=ONE)
    first = exported(world)
    store = world.dependencies.store
    [capture] = world.rows(Capture, application_id=person.id)
    blob = str(capture.derived)
    store.delete(blob)
    second = exported(world, replace(PHOTOS, since=first.id))
    assert counts(second) == (0, 0, 0, 0, 1)
    with world.dependencies.db.writing() as db:
        db.get_one(Capture, capture.id).derived = store.put(f"application {person.id}", photo(1))
    assert counts(exported(world, replace(PHOTOS, since=second.id))) == (0, 0, 1, 0, 0)


def test_a_city_of_which_everybody_is_withdrawn(world: World) -> None:
    operator = world.visitor(world.add(people.operator()))
    person = approved(world, 1, exam_number=ONE)
    exported(world)
    sent_back(world, person)
    for city in ("440100", "all"):
        assert "withdrawn.csv" in operator.go(f"/operate/exports?preview=yes&since=last&city={city}").text
    operator.press("开始导出")
    work(world)
    [_first, second] = world.rows(Export)
    assert counts(second) == (0, 0, 0, 1, 0)
    assert second.city == "440100"
    assert "开始导出" not in operator.go("/operate/exports?preview=yes&since=last&city=440100").text


def test_what_the_command_line_made_of_all_cities_can_be_compared_with(world: World) -> None:
    operator = world.visitor(world.add(people.operator()))
    approved(world, 1)
    first = exported(world, replace(PHOTOS, city="all"))
    operator.go(f"/operate/exports?preview=yes&city=all&since={first.id}")
    operator.press("开始导出")
    work(world)
    assert [(made.city, made.same, made.since_id) for made in world.rows(Export)][1:] == [("all", 1, first.id)]
