"""Long work goes through its states whatever becomes of the process that does it."""

from __future__ import annotations

from datetime import timedelta

from app.base.errors import N_
from app.base.json_values import JsonObject
from app.identity.actor_rules import Actor
from app.jobs import actions
from app.jobs.model import Job
from app.jobs.queries import job_of
from app.jobs.rules import FAILED, INTERRUPTED, LOST_AFTER, JobState
from app.jobs.runner import Failed, Runner, Running
from tests.world import World

WHY = N_("原因")


def asked(world: World, kind: str = "count", exclusive: str = "") -> int:
    with world.dependencies.db.writing() as db:
        return actions.ask(db, kind, {"to": 3}, None, world.clock.now(), exclusive).id


def begun(world: World) -> Job | None:
    with world.dependencies.db.writing() as db:
        return actions.begin_next(db, world.clock.now())


def found(world: World, job_id: int) -> Job:
    with world.dependencies.db.reading() as db:
        job = job_of(db, job_id)
        assert job
        return job


def runner(world: World, **works: object) -> Runner:
    return Runner(world.dependencies.db, world.clock, works)  # type: ignore[arg-type]


def count(running: Running) -> JsonObject:
    for number in range(int(str(running.arguments["to"]))):
        running.progress("counting", number, 3)
    return {"counted": 3}


def test_what_waits_is_done_and_says_what_came_of_it(world: World) -> None:
    job_id = asked(world)
    assert runner(world, count=count).run_next()
    job = found(world, job_id)
    assert (job.state, job.outcome, job.tries) == (JobState.DONE, {"counted": 3}, 1)
    assert not runner(world, count=count).run_next()


def test_what_cannot_be_done_says_why_and_what_is_a_defect_has_a_number(world: World) -> None:
    def refuses(_running: Running) -> JsonObject:
        raise Failed(WHY, {"row": 3})

    def breaks(_running: Running) -> JsonObject:
        raise KeyError("somebody's name")

    ids = [asked(world, "refuses"), asked(world, "breaks")]
    works = runner(world, refuses=refuses, breaks=breaks)
    assert works.run_next()
    assert works.run_next()
    refused, broken = (found(world, each) for each in ids)
    assert (refused.state, refused.error, refused.outcome) == (JobState.FAILED, WHY, {"row": 3})
    assert (broken.state, broken.error) == (JobState.FAILED, FAILED)
    assert len(str(broken.outcome["number"])) == 8


def test_of_those_that_exclude_each_other_one_runs_at_a_time(world: World) -> None:
    first, second, third = asked(world), asked(world), asked(world, "other")
    jobs = [begun(world), begun(world), begun(world)]
    assert [job and job.id for job in jobs] == [first, third, None]
    with world.dependencies.db.writing() as db:
        waiting = job_of(db, second)
        assert waiting
        assert not actions.begin(db, waiting, world.clock.now())


def test_whoever_asks_can_stop_it_before_and_while_it_runs(world: World) -> None:
    def waits_to_be_stopped(running: Running) -> JsonObject:
        with world.dependencies.db.writing() as db:
            assert actions.ask_to_stop(db, running.job.id, Actor.staff(1), world.clock.now())
        running.beat()
        raise AssertionError("it goes on")

    early, late = asked(world), asked(world, "long")
    with world.dependencies.db.writing() as db:
        assert actions.ask_to_stop(db, early, Actor.staff(1), world.clock.now())
    assert runner(world, long=waits_to_be_stopped).run_next()
    assert [found(world, each).state for each in (early, late)] == [JobState.STOPPED, JobState.STOPPED]
    with world.dependencies.db.writing() as db:
        assert not actions.ask_to_stop(db, late, Actor.staff(1), world.clock.now())


def test_a_process_that_ends_in_good_order_leaves_its_job_to_the_next_one(world: World) -> None:
    job_id = asked(world)
    ending = runner(world, count=count)
    ending.leave.set()
    assert ending.run_next()
    assert (found(world, job_id).state, found(world, job_id).tries) == (JobState.WAITING, 0)
    assert runner(world, count=count).run_next()
    assert found(world, job_id).state == JobState.DONE


def test_a_job_whose_process_is_gone_is_begun_once_more_and_then_has_failed(world: World) -> None:
    job_id = asked(world)
    for tries in (1, 2):
        assert begun(world)
        world.clock.move(LOST_AFTER.total_seconds() + 1)
        with world.dependencies.db.writing() as db:
            assert actions.give_up_lost(db, world.clock.now()) == 1
        assert found(world, job_id).state == (JobState.WAITING if tries == 1 else JobState.FAILED)
    assert found(world, job_id).error == INTERRUPTED


def test_a_beat_keeps_it_and_whoever_lost_it_cannot_end_it(world: World) -> None:
    asked(world)
    mine = begun(world)
    assert mine
    with world.dependencies.db.writing() as db:
        world.clock.time += LOST_AFTER - timedelta(seconds=1)
        assert actions.beat(db, mine, "counting", 1, 3, world.clock.now())
        world.clock.move(2)
        assert actions.give_up_lost(db, world.clock.now()) == 0
    world.clock.move(LOST_AFTER.total_seconds())
    with world.dependencies.db.writing() as db:
        actions.give_up_lost(db, world.clock.now())
    theirs = begun(world)
    assert theirs
    assert theirs.tries == 2
    with world.dependencies.db.writing() as db:
        assert not actions.finish(db, mine, {}, world.clock.now())
