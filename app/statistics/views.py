"""The operator's statistics: all cities, or one."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.identity.actor_rules import StaffRole
from app.identity.current import staff
from app.statistics.page_views import book as book_of
from app.statistics.page_views import scope_of_all, show

pages = Blueprint("statistics", __name__, url_prefix="/operate/statistics")


@pages.get("")
def page() -> str:
    """The tables of one part."""
    staff(StaffRole.OPERATOR)
    return show(scope_of_all)


@pages.get("/book.xlsx")
def book() -> Response:
    """All tables as a workbook."""
    staff(StaffRole.OPERATOR)
    return book_of(scope_of_all)
