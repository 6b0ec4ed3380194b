"""Asking for long work, and carrying it through its states. Each change is one conditional UPDATE."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Update, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.base.audit import record
from app.base.database import updated_one_row
from app.base.json_values import JsonObject
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.jobs.model import Job
from app.jobs.queries import next_waiting, running
from app.jobs.rules import INTERRUPTED, MOST_TRIES, JobState, is_lost


def ask(
    session: Session, kind: str, arguments: JsonObject, asked_by: int | None, now: datetime, exclusive: str = ""
) -> Job:
    """A job that waits for its turn; recorded. Jobs with the same `exclusive` (the kind, if it is not given) run one
    after the other."""
    job = Job(
        kind=kind,
        exclusive=exclusive or kind,
        arguments=arguments,
        state=JobState.WAITING,
        asked_by=asked_by,
        asked_at=now,
    )
    session.add(job)
    session.flush()
    actor = Actor.staff(asked_by) if asked_by else Actor.server()
    record(session, None, str(actor), Act.JOB_ASKED, now, f"{kind} {job.id}")
    return job


def begin_next(session: Session, now: datetime) -> Job | None:
    """The oldest job that may run, begun; None when there is none, or another process was faster."""
    for job in next_waiting(session):
        if begin(session, job, now):
            return job
    return None


def begin(session: Session, job: Job, now: datetime) -> bool:
    """Whether this call began it: it waited, and nothing of its `exclusive` runs."""
    begun = update(Job).where(Job.id == job.id, Job.state == JobState.WAITING)
    values = {"state": JobState.RUNNING, "started_at": now, "beat_at": now, "tries": Job.tries + 1, "step": ""}
    try:
        with session.begin_nested():
            return updated_one_row(session, begun.values(**values, done=0, total=0))
    except IntegrityError:
        return False


def beat(session: Session, job: Job, step: str, done: int, total: int, now: datetime) -> bool:
    """It is still being worked on, and so far; False when it is no longer this process's."""
    return updated_one_row(session, _own(job).values(beat_at=now, step=step, done=done, total=total))


def finish(session: Session, job: Job, outcome: JsonObject, now: datetime) -> bool:
    """Done, in the transaction of what it did; False when it is no longer this process's: then nothing may be
    committed."""
    ended = {"state": JobState.DONE, "ended_at": now, "beat_at": now, "outcome": outcome}
    return updated_one_row(session, _own(job).values(**ended))


def fail(session: Session, job: Job, error: str, outcome: JsonObject, now: datetime) -> bool:
    """It ended without having changed anything; `error` says why, for the person who asked."""
    ended = {"state": JobState.FAILED, "ended_at": now, "error": error, "outcome": outcome}
    return updated_one_row(session, _own(job).values(**ended))


def stopped(session: Session, job: Job, now: datetime) -> bool:
    """It ended because somebody asked for it."""
    return updated_one_row(session, _own(job).values(state=JobState.STOPPED, ended_at=now))


def put_back(session: Session, job: Job) -> bool:
    """The process ends in good order: another one begins it anew, and this does not count as a try."""
    return updated_one_row(session, _own(job).values(state=JobState.WAITING, tries=Job.tries - 1))


def ask_to_stop(session: Session, job_id: int, actor: Actor, now: datetime) -> bool:
    """停止: what waits ends now, what runs at its next beat; False when it has ended."""
    waiting = update(Job).where(Job.id == job_id, Job.state == JobState.WAITING)
    asked = update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING).values(stop_asked=True)
    done = updated_one_row(session, waiting.values(state=JobState.STOPPED, ended_at=now)) or updated_one_row(
        session, asked
    )
    if done:
        record(session, None, str(actor), Act.JOB_STOPPED, now, str(job_id))
    return done


def give_up_lost(session: Session, now: datetime) -> int:
    """Jobs whose process is gone wait again, or have failed after MOST_TRIES; how many those were."""
    lost = [job for job in running(session) if is_lost(job.beat_at, now)]
    for job in lost:
        if job.tries < MOST_TRIES:
            session.execute(_own(job).values(state=JobState.WAITING))
        else:
            fail(session, job, INTERRUPTED, {}, now)
    return len(lost)


def _own(job: Job) -> Update:
    """A change that only whoever began this try may make."""
    return update(Job).where(Job.id == job.id, Job.state == JobState.RUNNING, Job.tries == job.tries)
