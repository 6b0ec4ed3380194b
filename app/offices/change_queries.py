"""What a change of an office means for whom, told before it is saved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import OVER
from app.base.errors import N_
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.offices.form_rules import NAMES, OfficeForm
from app.offices.queries import EVERY_PLACE, OfficeList, counties_of, office_list, serving
from app.offices.rules import Advisory, Move, Serving, moves, owners, place_names

NOBODY = N_(
    "%(places)s：不再由%(former)s办理，也没有别的考办，那里的考生不能再选择。在办的 %(n)s 份申请留在%(former)s。"
)
ELSEWHERE = N_("%(places)s：以后的申请由%(new)s办理，不再由%(former)s办理。在办的 %(n)s 份申请留在%(former)s办完。")
NOTHING_THERE = N_("%(places)s：以后的申请由%(new)s办理，不再由%(former)s办理。现在没有在办的申请。")
NEW = 0  # an office that is not saved yet; it comes after all others


@dataclass(frozen=True)
class Meaning:
    """What a change means, and which office had each county by itself that it takes: whoever confirms has seen that."""

    remarks: tuple[Advisory, ...]
    owned: str = ""


def meaning_of(session: Session, office: Office | None, form: OfficeForm, active: bool = True) -> Meaning:
    """What saving this form means; `active` is what the office is afterwards."""
    every, counties = office_list(session), counties_of(session)
    given = serving([line.office for line in every.lines], counties)
    number = office.id if office else _after(given)
    rest = [
        Serving(each.id, each.city, each.counties - form.counties if active else each.counties)
        for each in given
        if each.id != number
    ]
    if active and form.level == Role.CITY:
        rest.append(Serving(number, form.city, form.counties))
    moved = moves(every.owners, owners(rest, EVERY_PLACE))
    remarks = [*_itself(every, office, form, active), *(_told(session, every, each, form.name) for each in moved)]
    remarks = remarks or [Advisory("inform", N_("考生和审核员看到的没有变化。"))]
    return Meaning(tuple(remarks), owned_by(counties, form.counties))


def owned_by(counties: dict[str, int], of: Collection[str]) -> str:
    """Which office has each of these counties by itself, in one line; compared when the change is confirmed."""
    return " ".join(f"{county}:{counties.get(county, '')}" for county in sorted(of))


def strays_of(session: Session, every: OfficeList, office: Office) -> dict[str, int]:
    """Applications under way with this office whose place another one has now: place → how many."""
    here = select(Application.place, func.count()).where(
        Application.office_id == office.id, Application.status.not_in(OVER)
    )
    counted = session.execute(here.group_by(Application.place))
    return {place: count for place, count in counted if every.owners.get(place, office.id) != office.id}


def _after(given: list[Serving]) -> int:
    return max((each.id for each in given), default=NEW) + 1


def _itself(every: OfficeList, office: Office | None, form: OfficeForm, active: bool) -> list[Advisory]:
    """The office alone: it is made, opened, closed, or other words stand in it."""
    if office is None:
        return [Advisory("inform", N_("新设考办：%(name)s。"), {"name": form.name})]
    line = every.of[office.id]
    if office.active and not active:
        return _closing(line.cases, line.staff)
    found = [] if office.active else [Advisory("good", N_("这个考办重新开放。"))]
    changed = [name for name in NAMES if getattr(office, name) != form.words[name]]
    if changed:
        words = N_("它的 %(n)s 位在办考生从保存起看到新的内容（如下）。已经打印的纸上还是原来的。")
        found.append(Advisory("inform", words, {"n": line.cases}))
    if "name" in changed:
        found.append(
            Advisory("inform", N_("名称由“%(former)s”改为“%(name)s”。"), {"former": office.name, "name": form.name})
        )
    return found


def _closing(cases: int, staff: int) -> list[Advisory]:
    found = [Advisory("warn", N_("关闭以后，新的申请不再到这个考办。以后可以重新开放。"))]
    if cases and staff:
        words = N_("它在办的 %(n)s 份申请仍由它的审核员办完。")
        found.append(Advisory("inform", words, {"n": cases}))
    elif cases:
        words = N_("它在办的 %(n)s 份申请没有人审核：这个考办没有审核员。请先给它设审核员。")
        found.append(Advisory("bad", words, {"n": cases}))
    return found


def _told(session: Session, every: OfficeList, move: Move, own_name: str) -> Advisory:
    """Places that go from one office to another, and what becomes of the applications that are under way there."""

    def name(office: int | None) -> str:
        return every.of[office].office.name if office in every.of else own_name

    facts: dict[str, str | int] = {
        "places": place_names(move.places),
        "former": name(move.former),
        "new": name(move.new),
    }
    if move.former is None:
        return Advisory("good", N_("%(places)s：以前没有考办，现在由%(new)s办理，考生可以选择。"), facts)
    facts["n"] = _under_way(session, move)
    if move.new is None:
        return Advisory("bad", NOBODY, facts)
    return Advisory("warn", ELSEWHERE, facts) if facts["n"] else Advisory("inform", NOTHING_THERE, facts)


def _under_way(session: Session, move: Move) -> int:
    here = (Application.office_id == move.former, Application.status.not_in(OVER), Application.place.in_(move.places))
    return session.scalar(select(func.count()).select_from(Application).where(*here)) or 0
