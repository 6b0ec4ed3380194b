"""Every change needs its origin and its token; looking changes nothing. Walked over the whole URL map."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Row, select

from app.base.database import Base
from tests.house.test_routes import ROUTES, SIGNED, is_phones
from tests.visitors import Pair, Visitor
from tests.world import World, picture

CHANGES = [route for route in ROUTES if route[0] not in ("GET", "HEAD")]
FORMS = [route[1] for route in CHANGES if not is_phones(route[1]) and ROUTES[route] != SIGNED]
CALLS = [route for route in CHANGES if is_phones(route[1])]
NAME = hashlib.sha256(picture()).hexdigest()
FOREIGN = [
    None,
    "null",
    "https://evil.example",
    "http://localhost:5001",
    "https://localhost:5000",
    "http://localhost:5000.evil.example",
    "http://127.0.0.1",
    "",
]


def rows(world: World) -> dict[str, Sequence[Row[*tuple[Any, ...]]]]:
    """Everything the database says, but when somebody was seen last."""
    with world.dependencies.db.reading() as db:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "login"]
        return {table.name: db.execute(select(table)).all() for table in tables}


def post(desk: Visitor, path: str, origin: str | None, csrf: str | None, **headers: str) -> tuple[int, str]:
    sent = {"Accept": "application/json", **({"Origin": origin} if origin is not None else {}), **headers}
    form = {"csrf": csrf} if csrf is not None else {}
    answer = desk.client.post(path, base_url=desk.origin, data=form, headers=sent)
    return answer.status_code, answer.get_json()["error"]["code"]


def test_a_form_from_elsewhere_changes_nothing(world: World, pair: Pair) -> None:
    desk, before = pair[0], rows(world)
    for rule in FORMS:
        assert {post(desk, rule, origin, desk.csrf()) for origin in FOREIGN} == {(403, "origin")}, rule
    assert rows(world) == before


def test_a_form_without_this_sessions_token_changes_nothing(world: World, pair: Pair) -> None:
    desk, before = pair[0], rows(world)
    other = world.desk()
    for rule in FORMS:
        tokens = [None, "", "wrong", "错", other.csrf(), desk.csrf()[:-1]]
        assert {post(desk, rule, desk.origin, token) for token in tokens} == {(403, "form")}, rule
    assert rows(world).keys() == before.keys()
    assert rows(world)["pairing"] == before["pairing"]
    assert desk.get("/apply").status_code == 200


def test_a_session_without_a_token_accepts_none(world: World) -> None:
    visitor = world.visitor()
    assert post(visitor, "/login", visitor.origin, "") == (403, "form")


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Zhengzhao": None},
        {"X_Zhengzhao": "desk"},
        *[{"Origin": origin} for origin in FOREIGN],
    ],
    ids=str,
)
def test_a_phones_call_needs_its_header_and_its_origin(
    world: World, pair: Pair, headers: dict[str, str | None]
) -> None:
    phone, before = pair[1], rows(world)
    for method, rule in CALLS:
        answer = phone.call(method, rule.replace("<name>", NAME), None, {"code": "confirmed"}, **headers)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "origin"), rule
    assert rows(world) == before


def test_no_answer_lets_another_site_read_it(world: World, pair: Pair) -> None:
    desk, phone = pair
    for answer in (desk.get("/apply", Origin="https://evil.example"), phone.state(Origin="https://evil.example")):
        assert not [name for name, _value in answer.headers if name.startswith("Access-Control")]


def test_looking_changes_nothing_but_the_record_of_who_looked_at_a_picture(world: World, pair: Pair) -> None:
    desk, phone = pair
    before = rows(world)
    for method, rule in ROUTES:
        if method in ("GET", "HEAD"):
            path = rule.replace("<path:name>", "css/base.css").replace("<sha256>", NAME).replace("<name>", NAME)
            desk.client.open(path, method=method, base_url=desk.origin)
            phone.call(method, path)
    after = rows(world)
    assert [row.action for row in after.pop("audit")[len(before.pop("audit")) :]] == ["picture_viewed"]
    assert after == before
