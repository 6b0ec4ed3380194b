"""The batches: when one may apply for which 毕业年月, and who. Each change says first what it means."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.application.model import Batch
from app.base.errors import N_, Refused
from app.http.console import SAVED
from app.http.current import now
from app.http.provided import database
from app.identity.actor_rules import Actor, StaffRole
from app.identity.current import staff
from app.offices import batch_actions
from app.offices.batch_form_rules import BatchForm, differences, mistakes, months_ahead
from app.offices.batch_forms import filled_in
from app.offices.batch_queries import as_it_is, batch_lines, meaning_of, schools_known, spans
from app.offices.calendar_rules import remarks
from app.offices.form_rules import Wrong, first_of
from app.offices.rules import NO_CHANGE

pages = Blueprint("batches", __name__, url_prefix="/operate/batches")
NOT_THERE = N_("没有这个批次。它可能刚被删除；请从“批次”列表重新进入。")


@pages.get("")
def page() -> str:
    """All batches."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        lines = batch_lines(db, now())
        return render_template("offices/batches.html", lines=lines, told=remarks(spans(db), now()))


@pages.get("/new")
def new() -> str:
    """An empty form."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        return _form(db, None, as_it_is(None))


@pages.get("/<month>")
def batch(month: str) -> str:
    """One batch, to be changed."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        found = _batch(db, month)
        return _form(db, found, as_it_is(found))


@pages.post("/new")
def make() -> str | Response | tuple[str, int]:
    """下一步, then 保存."""
    return _sent("")


@pages.post("/<month>")
def change(month: str) -> str | Response | tuple[str, int]:
    """下一步, then 保存."""
    return _sent(month)


@pages.post("/<month>/remove")
def remove(month: str) -> str | Response:
    """删除 one for which nobody has applied."""
    person = staff(StaffRole.OPERATOR)
    if "confirmed" not in request.form:
        with database().reading() as db:
            return render_template("offices/batch_removal.html", batch=_batch(db, month))
    try:
        with database().writing() as db:
            batch_actions.remove_batch(db, _batch(db, month), _seen(), Actor.staff(person.id), now())
    except Refused as refusal:
        flash(_(refusal.text), "warn")
        return redirect(url_for("batches.batch", month=month), 303)
    return _saved()


def _sent(month: str) -> str | Response | tuple[str, int]:
    """The form with its mistakes, what it means, or, once that was seen, the list with the change in it."""
    person = staff(StaffRole.OPERATOR)
    with database().reading() as db:
        found = _batch(db, month) if month else None
        form = filled_in(request.form, found)
        if wrong := mistakes(form, [found.month] if found else _months(db)):
            return _form(db, found, form, wrong), 422
        if "back" in request.form:
            return _form(db, found, form)
        if found and form == as_it_is(found):
            flash(_(NO_CHANGE), "inform")
            return redirect(url_for("batches.page"), 303)
        if "confirmed" not in request.form:
            meaning = meaning_of(db, found, form, now())
            return render_template("offices/batch_meaning.html", batch=found, form=form, meaning=meaning)
    try:
        _save(month, form, Actor.staff(person.id))
    except Refused as refusal:
        flash(_(refusal.text), "warn")
        with database().reading() as db:
            return _form(db, _batch(db, month) if month else None, form, refused=True), refusal.status
    return _saved()


def _save(month: str, form: BatchForm, actor: Actor) -> None:
    with database().writing() as db:
        if month:
            batch_actions.change_batch(db, _batch(db, month), form, _seen(), actor, now())
        else:
            batch_actions.make_batch(db, form, actor, now())


def _saved() -> Response:
    flash(_(SAVED), "good")
    return redirect(url_for("batches.page"), 303)


def _form(db: Session, found: Batch | None, form: BatchForm, wrong: Wrong | None = None, refused: bool = False) -> str:
    return render_template(
        "offices/batch.html",
        batch=found,
        form=form,
        wrong=wrong or {},
        first_wrong=first_of(wrong or {}),
        months=_months(db),
        schools=schools_known(db, form),
        removable=found is not None and not batch_actions.has_been_applied_for(db, found),
        others=differences(form, as_it_is(found)) if found and refused else [],
    )


def _months(db: Session) -> list[str]:
    return months_ahead(now(), {each.month for each in spans(db)})


def _batch(db: Session, month: str) -> Batch:
    found = db.get(Batch, month)
    if found is None:
        raise Refused("not_found", NOT_THERE, 404)
    return found


def _seen() -> int:
    """The version that was shown; none when the form does not say."""
    return request.form.get("version", -1, type=int)
