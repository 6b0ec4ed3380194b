"""The queue and the case of a reviewer. What a reviewer does to a case: `decision_views`; pictures: `picture_views`."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.application.model import Application
from app.application.offer_queries import places_served
from app.application.place_rules import full_name
from app.application.queries import offices_by_place
from app.application.status_rules import LABELS
from app.base.errors import Refused
from app.http.current import language, now
from app.http.errors import words_of
from app.http.provided import database
from app.identity.actor_rules import Role, StaffRole
from app.identity.current import staff
from app.identity.model import Staff
from app.imaging.packs.pack import load
from app.portrait.model import Capture
from app.review import look_actions, queries
from app.review.actions import claim
from app.review.case_queries import Case, application_for, case_of, is_before, pictures_of
from app.review.forms import DAYS, item_forms, queue_filter_of, queue_filter_words, search_words
from app.review.measurement_rules import lines_of
from app.review.opinion_queries import history_of
from app.review.page_queries import Around, LastAct, Neighbours, chips_of, look_of, ruler_of
from app.review.place_actions import REASON, may_move
from app.review.reason_rules import check_names, flagged
from app.review.rules import IDLE, OPINION, key_of
from app.review.same_picture_queries import same_pictures
from app.review.undo_actions import last_act

pages = Blueprint("review", __name__, url_prefix="/review")

LIST = 12


@pages.get("")
def page() -> str:
    """What waits for this office, oldest first; or who was looked for."""
    person = staff(StaffRole.REVIEWER)
    problem, words = "", ""
    try:
        words = search_words(request.args)
    except Refused as refusal:
        problem = words_of(refusal)
    with database().reading() as db:
        rows, more = ([], False) if problem else _rows(db, person, words)
        around, counts, cities = _around(db, person), queries.counts(db, person), _cities(db, person)
    following = rows[queries.PAGE - 1].key if not words and len(rows) > queries.PAGE else ""
    rows = rows[: queries.PAGE]
    _record_list(person, words, [*(row.id for row in rows), *around.acted_on])
    return render_template(
        "review/page.html",
        labels=LABELS,
        age=age,
        around=around,
        counts=counts,
        chips=chips_of(counts, around.queue_filter_words),
        cities=cities,
        rows=rows,
        words=words,
        more=more,
        problem=problem,
        following=following,
        days=DAYS,
        asked=request.args.get("q", ""),
    )


def _rows(db: Session, person: Staff, words: str) -> tuple[list[queries.QueueRow], bool]:
    """Who was looked for, or the next page of the queue and one more; whether there are too many to be shown."""
    if words:
        return queries.find(db, person, words, now())
    after = key_of(request.args.get("after", ""))
    return queries.queue(db, person, queue_filter_of(request.args), now(), after, queries.PAGE + 1), False


@pages.get("/<tag>")
def case(tag: str) -> Response:
    """One case. Whoever opens it holds it, unless somebody else does, or only the browser looks ahead."""
    person = staff(StaffRole.REVIEWER)
    with database().writing() as db:
        found = application_for(db, person, tag) or abort(404)
        if is_before(person, found) and not _is_ahead():
            claim(db, found, person, now())
    return show(tag)


def show(tag: str, kept: MultiDict[str, str] | None = None, problem: str = "", status: int = 200) -> Response:
    """The case's page; with what was filled in, and what is wrong with it."""
    person = staff(StaffRole.REVIEWER)
    with database().reading() as db:
        found = application_for(db, person, tag) or abort(404)
        shown = case_of(db, found) if is_before(person, found) else Case(found, {}, (), ())
        around, neighbours = _around(db, person), _neighbours(db, person, shown)
        page = _rendered(db, person, shown, kept or MultiDict(), around, neighbours, problem)
    with database().writing() as db:
        beside = [*neighbours.named, *around.acted_on]
        look_actions.case_opened(db, found, person, _is_ahead(), beside, now())
    return make_response(page, status)


def _rendered(
    db: Session, person: Staff, shown: Case, kept: MultiDict[str, str], around: Around, near: Neighbours, problem: str
) -> str:
    look = look_of(shown, person, now())
    return render_template(
        "review/case.html",
        labels=LABELS,
        age=age,
        full_name=full_name,
        around=around,
        neighbours=near,
        problem=problem,
        look=look,
        report=lines_of(look.findings, check_names(language()), language()),
        ruler=ruler_of(load()),
        forms=item_forms(shown, flagged(look.findings), kept, language()),
        opinion=kept.get("opinion", ""),
        most=OPINION,
        most_of_reason=REASON,
        idle_minutes=IDLE // timedelta(minutes=1),
        missing_names="、".join(_(look.names[item]) for item in shown.missing),
        acts=history_of(db, shown.application, language()),
        ahead=_pictures_of(db, person, near.following),
        places=places_served(offices_by_place(db)) if may_move(person, shown.application, now()) else [],
    )


def _neighbours(db: Session, person: Staff, shown: Case) -> Neighbours:
    queue_filter, key = queue_filter_of(request.args), (shown.application.status_since, shown.application.id)
    from_here = (shown.application.status_since, shown.application.id - 1)
    return Neighbours(
        previous=queries.before(db, person, queue_filter, now(), key),
        following=queries.after(db, person, queue_filter, now(), key),
        list=queries.queue(db, person, queue_filter, now(), from_here, LIST) if shown.opened else [],
        alike=same_pictures(db, person, shown),
    )


def _is_ahead() -> bool:
    """Whether the browser fetches the page before anybody asked for it."""
    return "Sec-Purpose" in request.headers


def _record_list(person: Staff, words: str, people: list[int]) -> None:
    """One row of the audit for a page with people, before it is shown; for a search also when it found nobody."""
    if not people and not words:
        return
    with database().writing() as db:
        if words:
            look_actions.searched(db, person, words, people, now())
        else:
            look_actions.queue_shown(db, person, people, now())


def _around(db: Session, person: Staff) -> Around:
    queue_filter, row = queue_filter_of(request.args), last_act(db, person, now())
    whose = db.get_one(Application, row.application_id).candidate.name if row else ""
    return Around(
        queue_filter=queue_filter,
        queue_filter_words=queue_filter_words(queue_filter),
        moment=now(),
        last_act=LastAct.from_row(row, whose, now()) if row else None,
        province=bool(person.office and person.office.level == Role.PROVINCE),
        has_office=queries.sees_anything(person),
    )


def _pictures_of(db: Session, person: Staff, line: queries.QueueRow | None) -> list[str]:
    """The addresses of what a case will show, so that the page may fetch it beforehand."""
    application = application_for(db, person, line.tag) if line else None
    if application is None:
        return []
    pictures = pictures_of(db, application)
    derived = [each for each in pictures.values() if isinstance(each, Capture) and each.derived]
    items = [*pictures, *["derived" for _each in derived]]
    return [url_for("pictures.of_a_case", tag=application.tag, item=item) for item in items]


def _cities(db: Session, person: Staff) -> list[tuple[int, str]]:
    province = person.office and person.office.level == Role.PROVINCE
    return [(office.id, office.name) for office in queries.cities(db)] if province else []


def age(since: datetime, moment: datetime) -> str:
    """How long something has waited, in one unit."""
    minutes = max(0, int((moment - since).total_seconds() // 60))
    units = ((24 * 60, _("等待 %(n)s 天")), (60, _("等待 %(n)s 小时")), (1, _("等待 %(n)s 分钟")))
    size, words = next((unit for unit in units if minutes >= unit[0]), units[-1])
    return str(words % {"n": minutes // size})
