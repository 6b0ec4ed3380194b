"""`flask purge` as a process of its own beside everybody else: in steps, and it may be stopped."""

from __future__ import annotations

import base64
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.base import tokens
from app.base.clock import SystemClock
from app.documents.model import Document
from tests import people
from tests.review.waiting import document
from tests.serve.running import ROOT, environment
from tests.world import NewWorld, World

APPLICATIONS, SLOTS = 60, ("front", "back", "holding")
SECRET_KEY, STORE_KEYS = "s" * 32, f"a:{base64.b64encode(b'k' * 32).decode()}"


@pytest.fixture
def crowded(new_world: NewWorld) -> World:
    """Many applications with pictures of documents that were never handed in, two months ago."""
    world = new_world("crowded", secret_key=SECRET_KEY, store_keys=STORE_KEYS)
    then = SystemClock().now() - timedelta(days=60)
    for _n in range(APPLICATIONS):
        person = world.add(people.candidate())
        row = Application(
            tag=tokens.secret(), candidate_id=person.id, status=Status.DOCUMENTS, applied_at=then, status_since=then
        )
        application = world.add(row)
        for slot in SLOTS:
            document(world, application, slot)
    with world.dependencies.db.writing() as db:
        db.query(Document).update({"received_at": then, "handed_over_at": None})
    return world


def begin(world: World) -> subprocess.Popen[str]:
    """The operator's command."""
    env = environment("threading", world.folder) | {"FLASK_APP": "app"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "purge"], cwd=ROOT, env=env, text=True, stdout=pipe, stderr=pipe
    )


def until_some_are_gone(world: World, process: subprocess.Popen[str]) -> int:
    """Wait for the first step, writing all the while as a server would; how many pictures were gone by then."""
    with sqlite3.connect(world.folder / "zhengzhao.db", timeout=5, isolation_level=None) as db:
        while process.poll() is None:
            db.execute("UPDATE candidate SET city = city WHERE id = 1")
            [[gone]] = db.execute("SELECT count(*) FROM document WHERE ended_at IS NOT NULL")
            if gone:
                return int(gone)
    raise AssertionError(process.communicate())


def kept_of(world: World) -> dict[int, int]:
    """application → how many of its pictures count."""
    rows = world.rows(Document)
    return {
        each.application_id: sum(row.ended_at is None for row in rows if row.application_id == each.application_id)
        for each in rows
    }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_in_order_and_the_next_run_goes_on(crowded: World, number: signal.Signals) -> None:
    process = begin(crowded)
    first = until_some_are_gone(crowded, process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert 0 < first < APPLICATIONS * len(SLOTS), "others see it step by step"
    kept = kept_of(crowded)
    assert set(kept.values()) == {0, len(SLOTS)}, "no application is half done"
    left = sum(count > 0 for count in kept.values())
    assert f"{3 * (APPLICATIONS - left)} pictures of documents" in out
    assert f"stopped; {left} applications are left" in err
    assert len(crowded.blobs()) == 2 * len(SLOTS) * left, "what was given up is deleted, and nothing else"
    process = begin(crowded)
    out, err = process.communicate(timeout=120)
    assert f"{3 * left} pictures of documents" in out
    assert set(kept_of(crowded).values()) == {0}
    assert crowded.blobs() == set()
