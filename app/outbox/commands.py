"""`flask outbox`: what waits to be told, what was given up, and another try."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import with_appcontext

from app.base.clock import Clock, in_shanghai
from app.http.hosts import LARGEST
from app.http.provided import database, provided
from app.outbox import actions
from app.outbox.model import Notice, Way
from app.outbox.queries import counts, listed
from app.outbox.rules import Channel, NoticeState

ALL = "all"
LISTED = (NoticeState.GIVEN_UP, NoticeState.WAITING)


@click.command("list")
@with_appcontext
@click.pass_context
def show(context: click.Context) -> None:
    """One line a notice that waits or was given up. Exits with 1 when any was given up."""
    given_up = 0
    with database().reading() as db:
        for channel in Channel:
            numbers, way = counts(db, channel), db.get_one(Way, channel)
            said = ", ".join(f"{number} {state}" for state, number in numbers.items())
            click.echo(f"{channel}: {said}{_trouble(way)}")
            for state in LISTED:
                for notice in listed(db, channel, state):
                    click.echo(_line(notice))
            given_up += numbers[NoticeState.GIVEN_UP]
    context.exit(1 if given_up else 0)


def _trouble(way: Way) -> str:
    if not way.failures:
        return ""
    again = f", nothing is sent before {_minute(way.paused_until)}" if way.paused_until else ""
    return f"; failing: {way.error} ({way.failures} times){again}"


def _minute(moment: datetime) -> str:
    return in_shanghai(moment).isoformat(timespec="minutes")


def _line(notice: Notice) -> str:
    due = f"next {_minute(notice.next_at)}"
    when = due if notice.state == NoticeState.WAITING else f"after {notice.tries} tries"
    return f"  {notice.id} {notice.name} {notice.kind} {notice.state}, {when} {notice.error}".rstrip()


@click.command("retry")
@click.argument("which", default=ALL)
@with_appcontext
def retry(which: str) -> None:
    """Try again what was given up: WHICH is a number of the list, or `all`. The running server sends it."""
    wanted, now = _wanted(which), provided(Clock).now()
    with database().writing() as db:
        number = sum(actions.again(db, channel, now, wanted) for channel in Channel)
        for channel in Channel:
            actions.at_once(db, channel, now)
    click.echo(f"outbox: {number} wait again")


@click.command("drop")
@click.argument("which")
@with_appcontext
def drop(which: str) -> None:
    """Do not send any more what was given up: WHICH is a number of the list, or `all`."""
    wanted, now = _wanted(which), provided(Clock).now()
    with database().writing() as db:
        number = sum(actions.drop(db, channel, (NoticeState.GIVEN_UP,), now, wanted) for channel in Channel)
    click.echo(f"outbox: {number} dropped")


def _wanted(which: str) -> int | None:
    if which == ALL:
        return None
    if not which.isdecimal() or int(which) > LARGEST:
        raise click.UsageError("WHICH is a number of the list, or `all`")
    return int(which)


outbox = click.Group("outbox", help="What others are told: list it, try again, drop it.", commands=[show, retry, drop])
