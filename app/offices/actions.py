"""Making, changing, closing and deleting offices. Who comes second with an older page is refused; all is recorded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.application.model import Application
from app.base.audit import record
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.identity.model import Office, OfficeCounty, Staff
from app.offices.change_queries import owned_by
from app.offices.form_rules import NAMES, OfficeForm
from app.offices.queries import counties_of

STALE = N_("刚才有另一位管理员改过，您的改动还没有保存。请核对下面的内容，再点一次“下一步”。")
IN_USE = N_("这个考办办理过申请，或者还有账号属于它，所以不能删除。请改为关闭。")


def stale() -> Refused:
    """Somebody else was faster: what is shown is old."""
    return Refused("stale", STALE, 409)


def make(session: Session, form: OfficeForm, owned: str, actor: Actor, now: datetime) -> Office:
    """A new office; Refused when its code was taken meanwhile, or one of its counties."""
    office = Office(code=form.code, level=form.level, city=form.city, **form.words)
    try:
        with session.begin_nested():
            session.add(office)
    except IntegrityError:
        raise stale() from None
    _give_counties(session, office.id, form, owned)
    record(session, None, str(actor), Act.OFFICE_MADE, now, f"{form.code}{_counties(form)}")
    return office


def change(
    session: Session, office: Office, form: OfficeForm, seen: int, owned: str, actor: Actor, now: datetime
) -> None:
    """Other words, another city or other counties; `seen` is the version that was shown."""
    fields = [name for name in NAMES if getattr(office, name) != form.words[name]]
    fields += ["city"] if office.city != form.city else []
    _next_version(session, office, seen, city=form.city, **form.words)
    former = {county for county, owner in counties_of(session).items() if owner == office.id}
    if former != form.counties:
        _give_counties(session, office.id, form, owned)
        fields.append(f"counties{_counties(form)}")
    record(session, None, str(actor), Act.OFFICE_CHANGED, now, f"{office.code} {' '.join(fields)}")


def close(session: Session, office: Office, seen: int, actor: Actor, now: datetime) -> None:
    """No new applications; its counties go back to the office of their city. What it has in hand stays."""
    _next_version(session, office, seen, active=False)
    session.execute(delete(OfficeCounty).where(OfficeCounty.office_id == office.id))
    record(session, None, str(actor), Act.OFFICE_CLOSED, now, office.code)


def open_again(session: Session, office: Office, seen: int, actor: Actor, now: datetime) -> None:
    """New applications may come to it again."""
    _next_version(session, office, seen, active=True)
    record(session, None, str(actor), Act.OFFICE_OPENED, now, office.code)


def remove(session: Session, office: Office, seen: int, actor: Actor, now: datetime) -> None:
    """Delete one that has never had anything; Refused otherwise."""
    _next_version(session, office, seen)
    session.execute(delete(OfficeCounty).where(OfficeCounty.office_id == office.id))
    try:
        with session.begin_nested():
            session.execute(delete(Office).where(Office.id == office.id))
    except IntegrityError:
        raise Refused("in_use", IN_USE, 409) from None
    record(session, None, str(actor), Act.OFFICE_DELETED, now, office.code)


def may_be_removed(session: Session, office: Office) -> bool:
    """Whether no application and no account has ever been its own, as far as that is seen cheaply."""
    of_it = (exists().where(Application.office_id == office.id), exists().where(Staff.office_id == office.id))
    return not any(session.scalar(select(each)) for each in of_it)


def _next_version(session: Session, office: Office, seen: int, **values: str | bool) -> None:
    here = update(Office).where(Office.id == office.id, Office.version == seen)
    if not updated_one_row(session, here.values(version=seen + 1, **values)):
        raise stale()


def _give_counties(session: Session, office_id: int, form: OfficeForm, owned: str) -> None:
    """From whoever had them when the change was shown; who loses one has a new version too."""
    now_owned = counties_of(session)
    if owned_by(now_owned, form.counties) != owned:
        raise stale()
    losing = {now_owned[county] for county in form.counties if county in now_owned} - {office_id}
    session.execute(update(Office).where(Office.id.in_(losing)).values(version=Office.version + 1))
    mine = OfficeCounty.office_id == office_id
    session.execute(delete(OfficeCounty).where(mine | OfficeCounty.county.in_(form.counties)))
    try:
        with session.begin_nested():
            session.add_all(OfficeCounty(county=county, office_id=office_id) for county in sorted(form.counties))
    except IntegrityError:
        raise stale() from None


def _counties(form: OfficeForm) -> str:
    return "".join(f" {county}" for county in sorted(form.counties))
