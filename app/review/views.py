"""The queue and the case of a reviewer. What a reviewer does to a case: `decision_views`; pictures: `picture_views`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.application.model import Application
from app.application.offer_queries import offer
from app.application.place_rules import full_name
from app.application.workflow import LABELS
from app.base.errors import Refused
from app.http.current import language, now
from app.http.errors import words_of
from app.http.provided import database
from app.identity.current import staff
from app.identity.model import Staff
from app.imaging.packs.pack import load
from app.portrait.model import Capture
from app.review import look_actions, queries
from app.review.actions import claim
from app.review.case_queries import Case, application_for, case_of, is_before, pictures_of
from app.review.forms import DAYS, item_forms, search_words, wish_of, wish_words
from app.review.measurement_rules import lines_of
from app.review.opinion_queries import history_of
from app.review.place_actions import REASON, may_move
from app.review.reason_rules import check_names, flagged
from app.review.rules import IDLE, OPINION, UNDO, claim_ended, item_names, key_of
from app.review.undo_actions import last_act
from app.review.view_queries import LastAct, chips_of, ruler_of, shown_pictures

pages = Blueprint("review", __name__, url_prefix="/review")

LIST = 12


@pages.get("")
def page() -> str:
    """What waits for this office, oldest first; or who was looked for."""
    person, wish = staff("reviewer"), wish_of(request.args)
    rows: list[queries.Waiting] = []
    more, problem, words = False, "", ""
    with database().reading() as db:
        try:
            words = search_words(request.args)
        except Refused as refusal:
            problem = words_of(refusal)
        if words:
            rows, more = queries.find(db, person, words, now())
        elif not problem:
            rows = queries.queue(db, person, wish, now(), key_of(request.args.get("after", "")), queries.PAGE + 1)
        shown = _around(db, person) | _to_choose_from(db, person)
    following = rows[queries.PAGE - 1].key if not words and len(rows) > queries.PAGE else ""
    rows = rows[: queries.PAGE]
    _record_list(person, words, rows, shown)
    return render_template(
        "review/page.html",
        rows=rows,
        words=words,
        more=more,
        problem=problem,
        following=following,
        days=DAYS,
        asked=request.args.get("q", ""),
        **shown,
    )


@pages.get("/<tag>")
def case(tag: str) -> Response:
    """One case. Whoever opens it holds it, unless somebody else does, or only the browser looks ahead."""
    person = staff("reviewer")
    with database().writing() as db:
        found = application_for(db, person, tag) or abort(404)
        if is_before(person, found) and not _is_ahead():
            claim(db, found, person, now())
    return show(tag)


def show(tag: str, kept: MultiDict[str, str] | None = None, problem: str = "", status: int = 200) -> Response:
    """The case's page; with what was filled in, and what is wrong with it."""
    person, wish = staff("reviewer"), wish_of(request.args)
    with database().reading() as db:
        found = application_for(db, person, tag) or abort(404)
        now_shown = case_of(db, found) if is_before(person, found) else Case(found, {}, (), ())
        key = (found.status_since, found.id)
        place = (found.status_since, found.id - 1)
        following = queries.after(db, person, wish, now(), key)
        lines = queries.queue(db, person, wish, now(), place, LIST) if now_shown.opened else []
        shown = (
            _around(db, person)
            | _look(now_shown, person, kept or MultiDict())
            | {
                "acts": history_of(db, found, language()),
                "list": lines,
                "previous": queries.before(db, person, wish, now(), key),
                "following": following,
                "ahead": _pictures_of(db, person, following),
                "places": offer(db, now()).cities if may_move(person, found, now()) else [],
                "full_name": full_name,
            }
        )
        page = render_template("review/case.html", **shown, problem=problem)
    with database().writing() as db:
        beside = [*(line.id for line in lines), *_acted_on(shown)]
        look_actions.case_opened(db, found, person, _is_ahead(), beside, now())
    return make_response(page, status)


def _is_ahead() -> bool:
    """Whether the browser fetches the page before anybody asked for it."""
    return "Sec-Purpose" in request.headers


def _record_list(person: Staff, words: str, rows: list[queries.Waiting], shown: Mapping[str, object]) -> None:
    """One row of the audit for a page with people, before it is shown; for a search also when it found nobody."""
    people = [*(row.id for row in rows), *_acted_on(shown)]
    if not people and not words:
        return
    with database().writing() as db:
        if words:
            look_actions.searched(db, person, words, people, now())
        else:
            look_actions.queue_shown(db, person, people, now())


def _acted_on(shown: Mapping[str, Any]) -> list[int]:
    """The application that the line about the last act names."""
    return [shown["last_act"].of] if shown["last_act"] else []


def _around(db: Session, person: Staff) -> dict[str, object]:
    """What both pages show."""
    wish = wish_of(request.args)
    province = bool(person.office and person.office.level == "province")
    return {
        "wish": wish,
        "wish_words": wish_words(wish),
        "moment": now(),
        "age": age,
        "labels": LABELS,
        "last_act": _last_act(db, person),
        "province": province,
        "has_office": queries.sees_anything(person),
    }


def _look(shown: Case, person: Staff, kept: MultiDict[str, str]) -> dict[str, object]:
    """The pictures, the report, the reasons to choose from, and whether this reviewer may decide."""
    application = shown.application
    portrait = next((each for each in shown.pictures.values() if isinstance(each, Capture)), None)
    report = portrait.report if portrait else {}
    live, names = not claim_ended(application.claimed_at, now()), item_names(application.candidate.id_type)
    mine = bool(shown.opened) and live and application.claimed_by == person.id
    return {
        "case": shown,
        "application": application,
        "candidate": application.candidate,
        "portrait": portrait,
        "report": lines_of(report, check_names(language()), language()),
        "pictures": shown_pictures(shown, names, mine),
        "ruler": ruler_of(load()),
        "names": names,
        "most": OPINION,
        "forms": item_forms(shown, flagged(report), kept, language()),
        "alone": len(shown.opened) == 1,
        "opinion": kept.get("opinion", ""),
        "most_of_reason": REASON,
        "idle_minutes": IDLE // timedelta(minutes=1),
        "missing_names": "、".join(_(names[item]) for item in shown.missing),
        "mine": mine,
        "holder": application.claimer if live and shown.opened else None,
    }


def _pictures_of(db: Session, person: Staff, line: queries.Waiting | None) -> list[str]:
    """The addresses of what a case will show, so that the page may fetch it beforehand."""
    application = application_for(db, person, line.tag) if line else None
    if application is None:
        return []
    pictures = pictures_of(db, application)
    derived = [each for each in pictures.values() if isinstance(each, Capture) and each.derived]
    items = [*pictures, *["derived" for _each in derived]]
    return [url_for("pictures.of_a_case", tag=application.tag, item=item) for item in items]


def _last_act(db: Session, person: Staff) -> LastAct | None:
    row = last_act(db, person, now())
    if row is None:
        return None
    application = db.get_one(Application, row.application_id)
    until, name = row.decided_at + UNDO, application.candidate.name
    return LastAct(row.act, name, row.approved, application.id, int(until.timestamp()), int(now().timestamp()))


def _to_choose_from(db: Session, person: Staff) -> dict[str, object]:
    """What the queue can be narrowed to."""
    counts = queries.counts(db, person)
    chips = chips_of(counts, wish_words(wish_of(request.args)))
    return {"counts": counts, "chips": chips, "cities": _cities(db, person)}


def _cities(db: Session, person: Staff) -> list[tuple[int, str]]:
    province = person.office and person.office.level == "province"
    return [(office.id, office.name) for office in queries.cities(db)] if province else []


def age(since: datetime, moment: datetime) -> str:
    """How long something has waited, in one unit."""
    minutes = max(0, int((moment - since).total_seconds() // 60))
    units = ((24 * 60, _("等待 %(n)s 天")), (60, _("等待 %(n)s 小时")), (1, _("等待 %(n)s 分钟")))
    size, words = next((unit for unit in units if minutes >= unit[0]), units[-1])
    return str(words % {"n": minutes // size})
