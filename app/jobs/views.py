"""How far long work is, for the page that asked for it, and the button that stops it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from app.base.errors import N_, Refused
from app.http.current import came_from, now
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actor_rules import Actor, StaffRole
from app.identity.current import staff
from app.jobs.actions import ask_to_stop
from app.jobs.model import Job
from app.jobs.queries import job_of, newest
from app.jobs.rules import ENDED, NAMES, TONES, percent

pages = Blueprint("jobs", __name__, url_prefix="/operate/jobs")
SHOWN = 50
NOT_THERE = N_("没有这项工作。请从“总览”重新进入。")


@pages.get("")
def page() -> str:
    """What was done, is being done and waits, the newest first."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        lines = [(job, *_told(job)) for job in newest(db, SHOWN)]
        return render_template("jobs/page.html", lines=lines, most=SHOWN, names=NAMES, tones=TONES)


def _told(job: Job) -> tuple[str, str]:
    """What it is called, and the page that shows it (empty: none does)."""
    work = provided(Slices).long_work.get(job.kind)
    if work is None:
        return job.kind, ""
    return work.title, work.page.format_map(job.arguments)


@pages.get("/<int:job_id>/panel")
def panel(job_id: int) -> str:
    """The inside of what shows a job; asked for again and again while it runs."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        job = job_of(db, job_id)
        if job is None:
            raise Refused("not_found", NOT_THERE, 404)
        ended = job.state in ENDED
        return render_template(
            "jobs/panel.html", job=job, names=NAMES, tones=TONES, ended=ended, percent=percent(job.done, job.total)
        )


@pages.post("/<int:job_id>/stop")
def stop(job_id: int) -> Response:
    """停止, and back to the page on which it was pressed."""
    person = staff(StaffRole.OPERATOR)
    with database().writing() as db:
        ask_to_stop(db, job_id, Actor.staff(person.id), now())
    return redirect(came_from())
