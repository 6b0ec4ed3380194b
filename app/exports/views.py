"""导出: choose, look at the numbers, start, watch, take away, and all that was exported before."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.application.queries import batches
from app.base.errors import N_, Refused
from app.exports import actions
from app.exports.former_queries import cities_held, numbered
from app.exports.forms import Asked, Choices, asked_of, compared, wanted_of_form
from app.exports.layout_rules import ListFormat, WrongLayout, layouts
from app.exports.model import Export
from app.exports.name_rules import SUGGESTED
from app.exports.preview_queries import Preview, preview_of
from app.exports.queries import cities_in, city_names, exports, faults_of, gone_since, newest_batch
from app.exports.rules import EVERYWHERE, FAULT_NAMES, KIND_NAMES, NOTHING, NOWHERE, TAKEN_BACK, Wanted
from app.exports.settings import ExportSettings, own_layouts
from app.http.current import language, now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.identity.actor_rules import StaffRole
from app.identity.current import staff
from app.jobs.rules import ENDED, NAMES, TONES, percent

pages = Blueprint("exports", __name__, url_prefix="/operate/exports")
HISTORY = 50
FAULTS_SHOWN = 50
WRONG_LAYOUT = N_("有一个名单格式文件写错了：%(why)s 请改正 DATA_DIR/layouts/exports 里的文件。")


@pages.get("")
def page() -> str:
    """The form, what would be exported where it was asked for, and the history."""
    staff(StaffRole.OPERATOR)
    return _page(request.args.get("preview") == "yes")


def _page(looks: bool, problem: str = "") -> str:
    """`looks`: with the numbers of what is asked for."""
    fields = request.form if request.method == "POST" else request.args
    with database().reading() as db:
        choices = _choices(db)
        asked = asked_of(fields, choices)
        preview = None
        if looks and not problem:
            try:
                wanted = wanted_of_form(asked, choices)
                preview = preview_of(db, wanted, bool(asked.since and cities_held(db, wanted)))
            except Refused as refusal:
                problem = words_of(refusal)
        return _rendered(db, choices, asked, preview, problem)


def _rendered(db: Session, choices: Choices, asked: Asked, preview: Preview | None, problem: str) -> str:
    since = numbered(db, asked.since)
    return render_template(
        "exports/page.html",
        asked=asked,
        kinds=list(KIND_NAMES.items()),
        batches=choices.batches[::-1],
        cities=[*choices.cities.items(), (NOWHERE, _city(NOWHERE))],
        layouts=[(each.name, each.named(language())) for each in choices.layouts_of(asked.kind)],
        formats=list(ListFormat),
        suggested=SUGGESTED,
        nothing=NOTHING,
        preview=preview,
        problem=problem,
        since=since,
        history=exports(db, HISTORY),
        city_of=_city,
        kind_names=KIND_NAMES,
        job_names=NAMES,
        job_tones=TONES,
    )


@pages.post("")
def start() -> Answer | str:
    """开始导出: one export, or one for each city; passwords are shown here and never again."""
    person = staff(StaffRole.OPERATOR)
    try:
        with database().reading() as db:
            choices = _choices(db)
            asked = asked_of(request.form, choices)
            wanted = _each(db, wanted_of_form(asked, choices), asked.since)
        keys = provided(ExportSettings).secret_keys
        with database().writing() as db:
            made = [actions.ask_for(db, each, person.id, now(), keys) for each in wanted]
            passwords = {each.id: actions.password(each, keys) for each in made if each.sealed}
    except Refused as refusal:
        return _page(looks=True, problem=words_of(refusal))
    if passwords:
        return render_template("exports/passwords.html", exports=made, passwords=passwords, city_of=_city)
    if len(made) > 1:
        flash(_("已开始 %(n)s 份导出，每个城市一份，一份接一份地做。", n=len(made)), "good")
        return redirect(url_for("exports.page"))
    return redirect(url_for("exports.export", export_id=made[0].id))


def _each(db: Session, wanted: Wanted, since: str) -> list[Wanted]:
    """One for each city that has anybody, with what it is compared with."""
    former = numbered(db, since)
    whole = former is not None and former.city == wanted.city == EVERYWHERE  # as the command line makes them
    codes = [EVERYWHERE] if whole else sorted({*cities_in(db, wanted), *(cities_held(db, wanted) if since else ())})
    if not codes:
        raise Refused("nobody", NOTHING, 409)
    return [compared(db, replace(wanted, city=code), since) for code in codes]


@pages.get("/<int:export_id>")
def export(export_id: int) -> str:
    """One export: how far it is, what is in it, what is wrong with it, its download."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        shown = _found(db, export_id)
        job = shown.job
        return render_template(
            "exports/export.html",
            export=shown,
            city_of=_city,
            kind_names=KIND_NAMES,
            layout=_title(shown.layout),
            faults=faults_of(db, export_id, FAULTS_SHOWN) if shown.faults else [],
            fault_names=FAULT_NAMES,
            taken_back=TAKEN_BACK,
            gone=gone_since(db, export_id) if shown.made_at else 0,
            since=db.get(Export, shown.since_id) if shown.since_id else None,
            job=job,
            names=NAMES,
            tones=TONES,
            ended=bool(job and job.state in ENDED),
            percent=percent(job.done, job.total) if job else None,
        )


@pages.post("/<int:export_id>/password")
def password(export_id: int) -> str:
    """换一个密码: for the downloads that follow; shown here and never again."""
    person = staff(StaffRole.OPERATOR)
    keys = provided(ExportSettings).secret_keys
    with database().writing() as db:
        shown = _found(db, export_id)
        if not shown.sealed:
            abort(404)
        actions.change_password(db, shown, person.id, now(), keys)
        passwords = {shown.id: actions.password(shown, keys)}
    return render_template("exports/passwords.html", exports=[shown], passwords=passwords, city_of=_city)


def _found(db: Session, export_id: int) -> Export:
    return db.get(Export, export_id) or abort(404)


def _choices(db: Session) -> Choices:
    try:
        every = layouts(own_layouts(provided(ExportSettings)))
    except WrongLayout as error:
        raise Refused("layout", WRONG_LAYOUT, 409, why=str(error)) from None
    return Choices(tuple(batch.month for batch in batches(db)), newest_batch(db), city_names(), every)


def _title(layout: str) -> str:
    """What a layout is called; its name when it is there no more, or cannot be read."""
    try:
        found = layouts(own_layouts(provided(ExportSettings))).get(layout)
    except WrongLayout:
        found = None
    return found.named(language()) if found else layout


def _city(code: str) -> str:
    """What a city is called in a page."""
    return {EVERYWHERE: _("全部城市"), NOWHERE: _("没有归到考办")}.get(code) or city_names().get(code, code)
