"""毕业申请及图像采集: the candidate's page, and 上一次申请结果."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.application import actions
from app.application.comparison_actions import RegisterComparison
from app.application.contributions import Contributions
from app.application.model import Application
from app.application.offer_queries import may_apply_now, offer
from app.application.page_queries import ApplicationView, CandidatePage, form_of, view_of
from app.application.queries import application_of, applications_of
from app.application.rules import Filled, mistakes
from app.application.status_rules import STATUSES
from app.application.texts import NOT_NOW
from app.application.workflow import Status
from app.base.errors import N_, Refused
from app.http.current import language, now
from app.http.provided import database, provided
from app.http.slices import address_of
from app.identity.current import candidate
from app.study.queries import forecast_of

pages = Blueprint("application", __name__)

CLOSED = N_("申请没有提交：申请时间刚刚结束，或者有变动。")
LONGEST = 200  # characters that are shown again of what cannot be right


@pages.get("/apply")
def page() -> str:
    """The candidate's fields; the form, or where the application stands and what was handed over."""
    _ask_the_register()
    with database().reading() as db:
        return render_template("application/apply.html", page=candidate_page(db))


@pages.get("/apply/panel")
def panel() -> str:
    """The part of the page that changes by itself; without an application there is none."""
    _ask_the_register()
    with database().reading() as db:
        shown = candidate_page(db)
        if shown.view is None:
            raise Refused(*NOT_NOW)
        return render_template("application/_status.html", page=shown)


@pages.post("/apply")
def apply() -> Response | tuple[str, int]:
    """申请 and 下一步: hand in the form, go on to the dialog, or submit."""
    with database().reading() as db:
        application = application_of(db, candidate().id)
    if application is None:
        filled = _filled_in(request.form)
        if wrong := _begin(filled):
            with database().reading() as db:
                return render_template("application/apply.html", page=candidate_page(db, filled, wrong)), 422
    elif application.status == Status.READY:
        with database().writing() as db:
            actions.submit(db, db.get_one(Application, application.id), now())
    return _onward()


@pages.post("/apply/withdraw")
def withdraw() -> Response | str:
    """撤回申请; pressed before the page's script was there to ask, the question comes first."""
    if "unasked" in request.form:
        with database().reading() as db:
            may_apply_again = may_apply_now(db, candidate(), now())
        return render_template("application/withdraw.html", candidate=candidate(), may_apply_again=may_apply_again)
    with database().writing() as db:
        application = application_of(db, candidate().id)
        if application is not None:
            actions.withdraw(db, application, provided(Contributions).give_up, now())
    return redirect(address_of(page), 303)


@pages.get("/result")
def result() -> str:
    """上一次申请结果: the application before this one, and what the offices decided last."""
    with database().reading() as db:
        every = [_view(db, each) for each in applications_of(db, candidate().id)]
        return render_template("application/result.html", page=candidate_page(db), every=every)


def candidate_page(db: Session, filled: Filled | None = None, wrong: dict[str, str] | None = None) -> CandidatePage:
    """Where the candidate stands, for every page that shows it."""
    person = candidate()
    application = application_of(db, person.id)
    if application is None:
        form = form_of(db, person, forecast_of(db, person, now()), now(), filled, wrong)
        last = next(iter(applications_of(db, person.id)), None)
        return CandidatePage(person, Status.FORM, form.office, STATUSES[Status.FORM].step, form=form, last=last)
    view = _view(db, application)
    return CandidatePage(person, Status(application.status), view.office, view.step, view)


def _view(db: Session, application: Application) -> ApplicationView:
    return view_of(db, application, provided(Contributions), now())


def _begin(filled: Filled) -> dict[str, str]:
    """Apply, unless something is wrong with the form: that is returned. The register is asked afterwards."""
    moment = now()
    with database().writing() as db:
        offered = offer(db, candidate().programme_university, moment)
        if not offered.months:
            flash(_(CLOSED), "warn")
        if not offered.months or not forecast_of(db, candidate(), moment).passed:
            return {}
        if wrong := mistakes(filled, offered.months, offered.places):
            return wrong
        application = actions.apply(db, candidate(), filled, language(), moment)
    provided(RegisterComparison).check(application.id)
    return {}


def _ask_the_register() -> None:
    """Whoever waits for the register has it asked by looking, once the time of the next try has come."""
    with database().reading() as db:
        application = application_of(db, candidate().id)
    if application and application.register_next_at and application.register_next_at <= now():
        provided(RegisterComparison).check(application.id)


def _onward() -> Response:
    """To the dialog where the candidate is; else back to the page, which tells."""
    with database().reading() as db:
        application = application_of(db, candidate().id)
    takes = STATUSES[Status(application.status)].takes if application else None
    dialog = provided(Contributions).dialog_for(takes) if takes else None
    return redirect(address_of(dialog or page), 303)


def _filled_in(form: Mapping[str, str]) -> Filled:
    """The fields as they were typed."""
    return Filled(*(form.get(name, "")[:LONGEST] for name in ("batch", "place", "phone")))
