"""通知: how the ways out fare, what waits, what was given up."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.base.audit import record
from app.base.errors import Refused
from app.http.current import now
from app.http.hosts import LARGEST
from app.http.provided import database, provided
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor, StaffRole
from app.identity.current import staff
from app.outbox import actions
from app.outbox import wording_rules as texts
from app.outbox.actions import Happened
from app.outbox.page_queries import channel_page
from app.outbox.rules import Channel, NoticeKind, droppable
from app.outbox.settings import OutboxSettings

pages = Blueprint("outbox", __name__, url_prefix="/operate/notices")


@pages.get("")
def page() -> str:
    """Both channels."""
    staff(StaffRole.OPERATOR)
    goals, key_id = _goals(), next(iter(provided(OutboxSettings).webhook_keys), "")
    with database().reading() as db:
        shown = [channel_page(db, channel, goals[channel], key_id, now()) for channel in Channel]
        return render_template("outbox/page.html", channels=shown)


@pages.post("/test")
def test() -> Response:
    """发送测试: one notice that tells of nothing."""
    person, channel = staff(StaffRole.OPERATOR), _channel()
    with database().writing() as db:
        notice = actions.tell(db, Happened(NoticeKind.TEST), now(), channel)
        if notice is None:
            raise Refused("not_set_up", texts.CLOSED, 409)
        actions.at_once(db, channel, now())
        record(db, None, str(Actor.staff(person.id)), Act.NOTICE_TESTED, now(), f"{channel} {notice.name}")
    flash(_(texts.QUEUED), "good")
    return redirect(url_for("outbox.page"))


@pages.post("/again")
def again() -> Response:
    """再试一次: what was given up, one or all of it; without any, the channel that waits is tried at once."""
    person, channel, wanted = staff(StaffRole.OPERATOR), _channel(), _wanted()
    with database().writing() as db:
        number = actions.again(db, channel, now(), wanted)
        if not number and wanted is None:
            actions.at_once(db, channel, now())
        record(db, None, str(Actor.staff(person.id)), Act.NOTICES_RETRIED, now(), f"{channel} {number}")
    if number:
        flash(_(texts.AGAIN, n=number), "good")
    else:
        flash(_(texts.AT_ONCE if wanted is None else texts.NOT_THERE), "inform")
    return redirect(url_for("outbox.page"))


@pages.post("/drop")
def drop() -> Response:
    """不再发送: what was given up, one or all of it; of a channel that is not set up also what waits."""
    person, channel, wanted = staff(StaffRole.OPERATOR), _channel(), _wanted()
    states = droppable(bool(_goals()[channel]))
    with database().writing() as db:
        number = actions.drop(db, channel, states, now(), wanted)
        which = f"{channel} {number}" if wanted is None else f"{channel} {number} {wanted}"
        record(db, None, str(Actor.staff(person.id)), Act.NOTICES_DROPPED, now(), which)
    flash(_(texts.DROPPED, n=number) if number else _(texts.NOT_THERE), "good" if number else "inform")
    return redirect(url_for("outbox.page"))


def _channel() -> Channel:
    return Channel.MAIL if request.form.get("channel") == Channel.MAIL else Channel.WEBHOOK


def _wanted() -> int | None:
    """The notice that is meant; None: all of them. What no row can be numbered is none of them."""
    number = request.form.get("notice", type=int)
    return number if number is None or 0 < number <= LARGEST else 0


def _goals() -> dict[Channel, str]:
    """Where each channel leads; empty when it is not set up."""
    settings = provided(OutboxSettings)
    return {
        Channel.WEBHOOK: urlsplit(settings.webhook_url).hostname or "",
        Channel.MAIL: settings.mail_to if settings.mail_url else "",
    }
