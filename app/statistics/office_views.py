"""An office's statistics: a city's own; for the provincial office all cities, or one."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.identity.actor_rules import Role, StaffRole
from app.identity.current import staff
from app.statistics.page_views import Scope, scope_of_all, show
from app.statistics.page_views import book as book_of

pages = Blueprint("office_statistics", __name__, url_prefix="/review/statistics")


@pages.get("")
def page() -> str:
    """The tables of one part."""
    staff(StaffRole.REVIEWER)
    return show(_scope)


@pages.get("/book.xlsx")
def book() -> Response:
    """All tables as a workbook."""
    staff(StaffRole.REVIEWER)
    return book_of(_scope)


def _scope(session: Session) -> Scope | None:
    office = staff(StaffRole.REVIEWER).office
    if office and office.level == Role.PROVINCE:
        return scope_of_all(session)
    return Scope(office.id, office.name) if office else None
