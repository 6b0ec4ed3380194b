"""Figures out of the database, and of whoever judges pictures."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from app.base.unavailable import DatabaseFailed
from app.http.figures import MOST_PLACES, Figures
from app.jobs.actions import ask
from tests.outbox.telling import KEY_TEXT
from tests.outbox.telling import told as notice
from tests.procedure import open_offices
from tests.world import NewWorld, World, picture


def told(world: World) -> str:
    return generate_latest(world.dependencies.figures.registry).decode()


def test_the_oldest_case_of_an_office_and_long_work_are_told(world: World) -> None:
    open_offices(world)
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    desk.press("我已摄像完成，下一步")
    with world.dependencies.db.writing() as session:
        ask(session, "import", {}, None, world.clock.now())
    world.clock.move(hours=2)
    said = told(world)
    assert 'zhengzhao_oldest_case_seconds{office="guangzhou"} 7200.0' in said
    assert 'zhengzhao_jobs{state="waiting"} 1.0' in said


def test_how_long_the_oldest_notice_waits_is_told(new_world: NewWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.watch.figures.KEPT", 0)
    world = new_world(webhook_url="https://parent.example/", webhook_key=KEY_TEXT)
    for channel in ("webhook", "mail"):
        assert f'zhengzhao_oldest_notice_seconds{{channel="{channel}"}} 0.0' in told(world)
    notice(world)
    world.clock.move(hours=2)
    notice(world)
    assert 'zhengzhao_oldest_notice_seconds{channel="webhook"} 7200.0' in told(world)
    assert 'zhengzhao_notices{channel="webhook",state="waiting"} 2.0' in told(world)


def test_pictures_that_nobody_could_judge_are_counted_from_nothing() -> None:
    """Prometheus sees no increase of what was not there before."""
    assert 'zhengzhao_inspections_total{verdict="failed"} 0.0' in generate_latest(Figures().registry).decode()


def test_they_are_asked_for_once_in_a_while(world: World) -> None:
    told(world)
    with world.dependencies.db.writing() as session:
        ask(session, "import", {}, None, world.clock.now())
    assert 'zhengzhao_jobs{state="waiting"} 0.0' in told(world)


def test_pictures_are_counted_by_verdict(world: World) -> None:
    _desk, phone = world.paired()
    phone.send(picture())
    phone.send(picture(2, damaged=True))
    said = told(world)
    assert 'zhengzhao_inspections_total{verdict="pass"} 1.0' in said
    assert 'zhengzhao_inspections_total{verdict="refuse"} 1.0' in said
    assert "zhengzhao_inspections_in_hand 0.0" in said
    assert "zhengzhao_inspection_seconds_count 2.0" in said


def test_a_picture_that_nobody_could_judge_is_counted_too(world: World) -> None:
    _desk, phone = world.paired()
    world.inspector.busy = True
    assert phone.send(picture()).status_code == 503
    said = told(world)
    assert 'zhengzhao_inspections_total{verdict="failed"} 1.0' in said
    assert "zhengzhao_inspections_in_hand 0.0" in said


def test_without_a_database_the_rest_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.dependencies.db, "reading", refusing)
    said = told(world)
    assert "zhengzhao_database_up 0.0" in said
    assert "zhengzhao_jobs" not in said


def refusing() -> None:
    raise DatabaseFailed("gone")


def test_places_have_an_end() -> None:
    figures = Figures()
    for number in range(MOST_PLACES + 5):
        figures.held(f"place {number}")
    said = generate_latest(figures.registry).decode()
    assert said.count("zhengzhao_loop_held_total{") == MOST_PLACES + 1
    assert 'zhengzhao_loop_held_total{where="other"} 5.0' in said


def test_a_method_that_nobody_knows_is_no_label_of_its_own() -> None:
    figures = Figures()
    figures.request("/", "BREW", 405, 0.1)
    assert (
        'zhengzhao_requests_total{method="other",route="/",status="405"} 1.0'
        in generate_latest(figures.registry).decode()
    )
