"""The offices: what there is and what is missing; making, changing, closing. Each change says first what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.application.place_rules import cities, city_of
from app.base.errors import N_, Refused
from app.http.console import SAVED
from app.http.current import now
from app.http.provided import database
from app.identity.actor_rules import Actor, StaffRole
from app.identity.current import staff
from app.identity.model import Office
from app.offices import actions
from app.offices.change_queries import Meaning, meaning_of, strays_of
from app.offices.form_rules import NAMES, OfficeForm, Wrong, differences, first_of, mistakes
from app.offices.forms import as_it_is, filled_in
from app.offices.queries import counties_of, office_list
from app.offices.rules import NO_CHANGE

pages = Blueprint("offices", __name__, url_prefix="/operate/offices")
NOT_THERE = N_("没有这个考办。它可能刚被删除；请从“考办”列表重新进入。")
Act = Callable[[Session, Office, int, Actor], None]


@dataclass(frozen=True)
class Ending:
    """A change of an office that is one press: its words, whether the office is open afterwards, and what does it."""

    title: str
    button: str
    active: bool
    endpoint: str


ENDINGS = {
    "close": Ending(N_("关闭考办"), N_("确定关闭"), False, "offices.close"),
    "reopen": Ending(N_("重新开放考办"), N_("确定开放"), True, "offices.reopen"),
    "remove": Ending(N_("删除考办"), N_("确定删除"), False, "offices.remove"),
}


@pages.get("")
def page() -> str:
    """All offices."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        return render_template("offices/page.html", every=office_list(db))


@pages.get("/new")
def new() -> str:
    """An empty form."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        return _form(db, None, as_it_is(None, ()))


@pages.get("/<int:office_id>")
def office(office_id: int) -> str:
    """One office, to be changed."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        found = _office(db, office_id)
        return _form(db, found, as_it_is(found, _own(db, found)))


@pages.post("/new")
def make() -> str | Response | tuple[str, int]:
    """下一步, then 保存."""
    return _sent(None)


@pages.post("/<int:office_id>")
def change(office_id: int) -> str | Response | tuple[str, int]:
    """下一步, then 保存."""
    return _sent(office_id)


@pages.post("/<int:office_id>/close")
def close(office_id: int) -> str | Response:
    """关闭: no new applications."""
    return _end(office_id, "close", lambda db, row, seen, by: actions.close(db, row, seen, by, now()))


@pages.post("/<int:office_id>/reopen")
def reopen(office_id: int) -> str | Response:
    """重新开放."""
    return _end(office_id, "reopen", lambda db, row, seen, by: actions.open_again(db, row, seen, by, now()))


@pages.post("/<int:office_id>/remove")
def remove(office_id: int) -> str | Response:
    """删除 one that has never had anything."""
    return _end(office_id, "remove", lambda db, row, seen, by: actions.remove(db, row, seen, by, now()))


def _sent(office_id: int | None) -> str | Response | tuple[str, int]:
    """The form with its mistakes, what it means, or, once that was seen, the list with the change in it."""
    person = staff(StaffRole.OPERATOR)
    with database().reading() as db:
        found = _office(db, office_id) if office_id else None
        form = filled_in(request.form, found)
        taken = {line.office.code for line in office_list(db).lines}
        if wrong := mistakes(form, found is None, taken):
            return _form(db, found, form, wrong), 422
        if "back" in request.form:
            return _form(db, found, form)
        if found and form == as_it_is(found, _own(db, found)):
            flash(_(NO_CHANGE), "inform")
            return redirect(url_for("offices.page"), 303)
        if "confirmed" not in request.form:
            return _meaning(found, form, meaning_of(db, found, form))
    try:
        _save(office_id, form, Actor.staff(person.id))
    except Refused as refusal:
        flash(_(refusal.text), "warn")
        with database().reading() as db:
            return _form(db, _office(db, office_id) if office_id else None, form, refused=True), refusal.status
    flash(_(SAVED), "good")
    return redirect(url_for("offices.page"), 303)


def _save(office_id: int | None, form: OfficeForm, actor: Actor) -> None:
    owned = request.form.get("owned", "")
    with database().writing() as db:
        if office_id is None:
            actions.make(db, form, owned, actor, now())
        else:
            actions.change(db, _office(db, office_id), form, _seen(), owned, actor, now())


def _end(office_id: int, name: str, act: Act) -> str | Response:
    """What it means, or, once that was seen, the list with the change in it."""
    person, ending = staff(StaffRole.OPERATOR), ENDINGS[name]
    if "confirmed" in request.form:
        try:
            with database().writing() as db:
                act(db, _office(db, office_id), _seen(), Actor.staff(person.id))
        except Refused as refusal:
            flash(_(refusal.text), "warn")
            return redirect(url_for("offices.office", office_id=office_id), 303)
        flash(_(SAVED), "good")
        return redirect(url_for("offices.page"), 303)
    with database().reading() as db:
        found = _office(db, office_id)
        meaning = meaning_of(db, found, as_it_is(found, _own(db, found)), active=ending.active)
        return render_template("offices/ending.html", office=found, meaning=meaning, ending=ending)


def _form(
    db: Session, found: Office | None, form: OfficeForm, wrong: Wrong | None = None, refused: bool = False
) -> str:
    every = office_list(db)
    return render_template(
        "offices/office.html",
        office=found,
        line=every.of[found.id] if found else None,
        form=form,
        wrong=wrong or {},
        first_wrong=first_of(wrong or {}),
        names=NAMES,
        others=differences(form, as_it_is(found, _own(db, found))) if found and refused else [],
        cities=cities(),
        open_cities={city_of(county) for county in form.counties},
        having={county: every.of[owner].office for county, owner in counties_of(db).items()},
        strays=sum(strays_of(db, every, found).values()) if found else 0,
        removable=found is not None and actions.may_be_removed(db, found),
    )


def _meaning(found: Office | None, form: OfficeForm, meaning: Meaning) -> str:
    shown = Office(level=form.level, **form.words)
    return render_template("offices/meaning.html", office=found, shown=shown, form=form, meaning=meaning)


def _office(db: Session, office_id: int) -> Office:
    found = db.get(Office, office_id)
    if found is None:
        raise Refused("not_found", NOT_THERE, 404)
    return found


def _own(db: Session, found: Office) -> set[str]:
    return {county for county, owner in counties_of(db).items() if owner == found.id}


def _seen() -> int:
    """The version that was shown; none when the form does not say."""
    return request.form.get("version", -1, type=int)
