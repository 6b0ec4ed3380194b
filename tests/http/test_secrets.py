"""Secrets go through real requests; the log and the error page are searched for them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from app.base.logs import to_stream
from app.base.redact import redact
from app.base.tokens import secret
from app.identity.model import Candidate
from tests import people
from tests.page import Page
from tests.visitors import Desk, Phone, Visitor
from tests.world import NewWorld, World, picture


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as the server writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = to_stream(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate(name="司马相如", phone="13912345678", exam_number="010126000099"))


def secrets_of(person: Candidate, desk: Desk, phone: Phone, *tokens: str) -> list[str]:
    """Everything about these people and browsers that must not be written down."""
    with desk.client.session_transaction(base_url=desk.origin) as session:
        kept = [session["login"], session["csrf"]]
    pairing = phone.client.get_cookie("phone")
    assert pairing
    cookies = [*filter(None, (desk.cookie("session"), desk.cookie("device"))), pairing.value]
    facts = [person.name, person.phone, person.id_number, person.exam_number, people.PASSWORD]
    return [*kept, *cookies, *facts, *tokens, *(token.partition(".")[0] for token in tokens)]


def found(secrets: Iterable[str], text: str) -> list[str]:
    return [secret for secret in secrets if secret in text]


def test_a_whole_journey_leaves_no_secret_in_the_log(world: World, log: io.StringIO, person: Candidate) -> None:
    desk, phone = world.desk(person), world.phone()
    desk.to_code()
    token = desk.token()
    phone.claim(token, nonce="a-nonce-of-this-tab-0123456789")
    phone.confirm()
    moving = phone.transfer()
    phone.send(picture())
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    world.visitor().log_in(person, "a wrong password")
    desk.look()
    desk.press("我已摄像完成，下一步")
    secrets = [*secrets_of(person, desk, phone, token, moving), "a wrong password", "a-nonce-of-this-tab"]
    assert log.getvalue().count("\n") > 20
    assert found(secrets, log.getvalue()) == []


class BrokenStore:
    """Fails, and says everything it was given: the worst that a traceback could carry."""

    def __init__(self, *secrets: str) -> None:
        self.secrets = secrets

    def put(self, owner: str, body: bytes) -> str:
        raise self._failed("put", owner)

    def get(self, name: str) -> bytes:
        raise self._failed("get", name)

    def sealed(self, name: str) -> bytes:
        raise self._failed("sealed", name)

    def hold(self) -> AbstractContextManager[None]:
        raise self._failed("hold", "")

    def delete(self, name: str, before: datetime | None = None) -> bool:
        raise self._failed("delete", name)

    def names(self) -> Iterator[tuple[str, datetime]]:
        raise self._failed("names")

    def tidy(self, before: datetime) -> int:
        raise self._failed("tidy")

    def check(self) -> None:
        raise self._failed("check")

    def _failed(self, name: str, *given: str) -> RuntimeError:
        return RuntimeError(f"{name} of {self.secrets} with {given}")


def test_a_defect_tells_nobody_anything(new_world: NewWorld, log: io.StringIO) -> None:
    world = new_world()
    person = world.add(people.candidate(name="司马相如", phone="13912345678", exam_number="010126000099"))
    desk, phone = world.paired(person)
    secrets = secrets_of(person, desk, phone)
    speakable = [secret for secret in secrets if secret not in (person.name, people.PASSWORD)]
    broken = new_world(store=BrokenStore(*speakable, f"password={people.PASSWORD}"), clock=world.clock)
    failed = Phone(broken.app, broken.origin, phone.client)
    failed.client.application = broken.app
    answer = failed.send(picture())
    assert answer.status_code == 500
    assert found(secrets, answer.text) == []
    assert "RuntimeError" in log.getvalue()
    assert found(secrets, log.getvalue()) == []


def test_a_defect_on_a_page_shows_a_number_and_what_to_do(new_world: NewWorld, log: io.StringIO) -> None:
    world = new_world()
    desk, phone = world.paired()
    phone.send(picture())
    name = phone.state().get_json()["capture"]["sha256"]
    broken = new_world(store=BrokenStore("nothing"), clock=world.clock)
    visitor = Visitor(broken.app, broken.origin, desk.client)
    visitor.client.application = broken.app
    answer = visitor.get(f"/apply/picture/{name}")
    assert answer.status_code == 500
    assert "请稍后再试" in Page(answer.text).text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "RuntimeError" not in answer.text
    assert answer.headers["X-Request-Id"] in log.getvalue()


def test_every_secret_of_ours_is_known_for_one_in_a_log() -> None:
    assert [made for made in (secret() for _ in range(2000)) if redact(f"({made!r},)") != "('***',)"] == []


def test_an_error_of_the_database_does_not_say_whom_it_was_about(world: World, person: Candidate) -> None:
    with pytest.raises(IntegrityError) as error, world.dependencies.db.writing() as db:
        db.add(people.candidate(exam_number=person.exam_number, name="司马相如", address="样例路 77 号"))
    assert found(["司马相如", "样例路", person.exam_number], str(error.value)) == []


def test_each_request_is_one_line(world: World, log: io.StringIO) -> None:
    world.visitor().get("/login?next=/apply&token=abc")
    [line] = [line for line in log.getvalue().splitlines() if '"path"' in line]
    assert '"path": "/login"' in line
    assert "abc" not in line
