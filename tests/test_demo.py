"""The people of the demo: those of the README, with numbers that are valid and were never issued."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.demo import PASSWORD
from app.identity.model import Candidate, Office, Staff
from app.identity.rules import RESIDENT_ID
from tests.world import NewWorld, World

PEOPLE = {
    "010126000001": "44010419990412000X",
    "010126000002": "440106200007050003",
    "010126000003": "H00000003",
    "010126000004": "440305199811200008",
    "010126000005": "440402200103090006",
    "010126000006": "440604199708180002",
    "010126000011": "440105200001150007",
    "010126000012": "440105200102150006",
    "010126000013": "440105200203150005",
    "010126000014": "440105200304150004",
    "010126000015": "440105200405150003",
    "010126000016": "440105200506150002",
    "010126000017": "440105200607150001",
    "010126000018": "440105200708150000",
    "010126000019": "44010520080915000X",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """A world after `flask demo`, and what it said."""
    world = World(tmp_path_factory.mktemp("demo"))
    yield world, said(world)
    world.close()


@pytest.fixture(scope="module")
def world(loaded: tuple[World, str]) -> World:
    return loaded[0]


def said(world: World) -> str:
    return world.app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False).output


def checksum(number: str) -> str:
    """The last character that GB 11643 gives the first seventeen digits."""
    return "10X98765432"[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17])) % 11]


def test_everybody_is_there(loaded: tuple[World, str]) -> None:
    world, output = loaded
    assert output == "demo: 20 people added\n"
    assert {row.exam_number: row.id_number for row in world.rows(Candidate)} == PEOPLE
    assert {row.login_name: (row.role, row.office and row.office.level) for row in world.rows(Staff)} == {
        "guangzhou": ("reviewer", "city"),
        "shenzhen": ("reviewer", "city"),
        "province": ("reviewer", "province"),
        "support": ("support", None),
        "operator": ("operator", None),
    }


def test_a_second_time_adds_nobody(world: World) -> None:
    before = [vars(row).copy() for row in world.rows(Candidate)]
    assert said(world) == "demo: 0 people added\n"
    assert [row["password_hash"] for row in before] == [row.password_hash for row in world.rows(Candidate)]
    assert len(world.rows(Office)) == 22


@pytest.mark.parametrize("number", [number for number in PEOPLE.values() if len(number) == 18])
def test_the_identity_numbers_are_valid_and_were_never_issued(world: World, number: str) -> None:
    assert number[17] == checksum(number)
    assert number[14:16] == "00"
    [person] = world.rows(Candidate, id_number=number)
    assert person.born_on.strftime("%Y%m%d") == number[6:14]
    assert person.id_type == RESIDENT_ID


def test_the_checksum_is_that_of_the_standard() -> None:
    assert checksum("11010519491231002") == "X"


def test_they_get_in_with_the_printed_password(world: World) -> None:
    assert PASSWORD == "zikao-demo"
    for name in ("010126000001", "support"):
        visitor = world.visitor()
        visitor.go("/login")
        assert visitor.press("登录", name=name, password=PASSWORD).has_button("退出")


def test_nobody_is_loaded_where_there_is_no_demo(new_world: NewWorld) -> None:
    world = new_world(demo=False)
    done = world.app.test_cli_runner().invoke(args=["demo"])
    assert done.exit_code == 1
    assert "known password" in done.output
    assert world.rows(Candidate) == []


def test_who_has_a_permit_is_not_registered_in_guangdong(world: World) -> None:
    households = {row.exam_number: row.province for row in world.rows(Candidate) if row.id_type != RESIDENT_ID}
    assert households == {"010126000003": "香港特别行政区"}
