"""A store that is full or gone: our fault, told as such; nothing of the person's is spent, and it goes on by itself."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from app.application.model import Receipt
from app.base.audit import AuditRow
from app.base.unavailable import StoreFailed
from app.portrait.model import Capture
from tests.documents.wanted import paired as papers
from tests.visitors import Pair, Phone, reason
from tests.world import NewWorld, World, picture

LONG = picture(size=90_000)
PIECE = 32_768
NEXT = "我已摄像完成，下一步"


class TightStore:
    """A store at its port that has no room, until it has."""

    def __init__(self, folder: Path) -> None:
        self.room, self.inner = True, World(folder).dependencies.store

    def put(self, owner: str, body: bytes) -> str:
        if not self.room:
            raise StoreFailed("no space", full=True)
        return self.inner.put(owner, body)

    def check(self) -> None:
        self.put("nobody", b"")

    def get(self, name: str) -> bytes:
        return self.inner.get(name)

    def sealed(self, name: str) -> bytes:
        return self.inner.sealed(name)

    def hold(self) -> AbstractContextManager[None]:
        return self.inner.hold()

    def delete(self, name: str, before: datetime | None = None) -> bool:
        return self.inner.delete(name, before)

    def names(self) -> Iterator[tuple[str, datetime]]:
        return self.inner.names()

    def tidy(self, before: datetime) -> int:
        return self.inner.tidy(before)


@pytest.fixture
def store(tmp_path: Path) -> TightStore:
    return TightStore(tmp_path / "other")


@pytest.fixture
def tight(new_world: NewWorld, store: TightStore) -> World:
    """A world on that store, in which two documents a day are allowed."""
    return new_world(store=store, uploads_per_day=2)


@contextmanager
def gone(world: World, what: str) -> Iterator[None]:
    """A folder of the server's is not there for a while."""
    folder, away = world.folder / what, world.folder / "away"
    shutil.move(folder, away)
    yield
    shutil.move(away, folder)


def spent(world: World, phone: Phone) -> tuple[int, int]:
    """What a person has used up."""
    return phone.state().get_json()["uploads_left"], len(world.rows(Capture))


def test_a_full_store_is_told_in_words_and_nothing_is_spent(tight: World, store: TightStore) -> None:
    phone = tight.paired()[1]
    before, store.room = spent(tight, phone), False
    for _ in range(12):
        answer = phone.send(picture())
        assert reason(answer) == (507, "full")
    assert "存储空间已满" in answer.get_json()["error"]["text"]
    assert int(answer.headers["Retry-After"]) > 0
    assert "sha256" not in answer.get_json()["error"], "nobody has judged the picture"
    assert spent(tight, phone) == before
    store.room = True
    assert phone.send(picture()).status_code == 201


def test_the_phones_language_is_kept_in_what_it_is_told(tight: World, store: TightStore) -> None:
    desk, phone = tight.desk(), tight.phone()
    desk.to_code()
    desk.post("/language", {"language": "en"})
    phone.claim(desk.token())
    phone.confirm()
    store.room = False
    assert "no room left" in phone.send(picture()).get_json()["error"]["text"]


def test_a_picture_that_is_refused_needs_no_room(tight: World, store: TightStore) -> None:
    phone = tight.paired()[1]
    store.room = False
    answer = phone.send(picture(damaged=True))
    assert reason(answer) == (422, "refused")
    assert answer.get_json()["error"]["sha256"] == hashlib.sha256(picture(damaged=True)).hexdigest()


def test_a_document_for_which_there_is_no_room_is_no_upload_of_this_day(tight: World, store: TightStore) -> None:
    _desk, phone = papers(tight)
    store.room = False
    assert [reason(phone.send_to("front", picture())) for _ in range(4)] == [(507, "full")] * 4
    assert phone.state().get_json()["uploads_left"] == 10
    store.room = True
    assert phone.send_to("front", picture()).status_code == 201


def test_a_document_from_the_pc_says_so_on_a_page_and_in_json(tight: World, store: TightStore) -> None:
    desk, _phone = papers(tight)
    store.room = False
    answer = desk.choose("front", picture())
    assert answer.status_code == 507
    assert "存储空间已满" in desk.page.text
    assert reason(desk.choose("front", picture(), json=True)) == (507, "full")


def test_a_deleted_store_is_no_bad_picture_and_works_again_once_it_is_back(world: World) -> None:
    phone = world.paired()[1]
    with gone(world, "store"):
        assert reason(phone.send(picture())) == (503, "unavailable")
        assert spent(world, phone) == (10, 0)
    assert phone.send(picture()).status_code == 201


def test_pieces_that_cannot_be_kept_are_no_beginnings(world: World) -> None:
    phone = world.paired()[1]
    with gone(world, "pieces"):
        assert [reason(phone.announce(LONG)) for _ in range(12)] == [(503, "unavailable")] * 12
    assert phone.announce(LONG).status_code == 201
    assert phone.append(LONG, 0, PIECE).status_code == 204
    with gone(world, "pieces"):
        assert reason(phone.append(LONG, PIECE)) == (503, "unavailable")
        assert phone.offset(LONG).status_code == 503
    assert phone.append(LONG, PIECE).status_code == 201


def test_a_picture_of_which_the_disk_has_every_piece_is_received_once_there_is_room(
    tight: World, store: TightStore
) -> None:
    phone = tight.paired()[1]
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    store.room = False
    assert reason(phone.append(LONG, PIECE)) == (507, "full")
    store.room = True
    assert phone.append(LONG, len(LONG)).status_code == 201


def test_what_was_done_stays_done_when_the_old_picture_cannot_be_deleted(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    phone = world.paired()[1]
    phone.send(picture())
    with gone(world, "store"), caplog.at_level(logging.WARNING):
        assert phone.delete(picture()).status_code == 204
    assert "flask sweep" in caplog.text
    assert phone.state().get_json()["capture"] is None
    assert len(world.blobs()) == 2
    for path in (world.folder / "store").rglob("*"):
        os.utime(path, (0, 0))
    done = world.app.test_cli_runner().invoke(args=["sweep"])
    assert (done.exit_code, world.blobs()) == (0, set())
    assert "2 orphans" in done.output


def test_nothing_is_called_lost_while_the_store_is_gone(world: World, pair: Pair) -> None:
    desk, phone = pair
    with gone(world, "store"):
        desk.press(NEXT)
        assert "暂时不能保存或读取" in desk.page.text
    assert phone.state().get_json()["capture"]
    desk.look()
    assert "已提交市考办审核" in desk.press(NEXT).text
    assert len(world.rows(Receipt, kind="portrait")) == 1
    assert "capture_lost" not in [row.action for row in world.rows(AuditRow)]


@pytest.mark.parametrize("folder", ["store", "pieces"])
def test_health_says_in_words_that_this_process_cannot_serve(world: World, folder: str) -> None:
    visitor = world.visitor()
    assert visitor.get("/health").json == {"status": "ok"}
    with gone(world, folder):
        answer = visitor.get("/health")
        assert reason(answer) == (503, "unavailable")
        assert int(answer.headers["Retry-After"]) > 0
    assert visitor.get("/health").status_code == 200
