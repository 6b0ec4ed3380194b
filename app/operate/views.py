"""The front page of the console. What stands on it, each slice brings: this page names none."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.http.current import now
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actor_rules import StaffRole
from app.identity.current import staff
from app.operate.page_queries import front_page

pages = Blueprint("operate", __name__, url_prefix="/operate")


@pages.get("")
def page() -> str:
    """What is missing before candidates may come; once nothing is, how today goes comes first."""
    staff(StaffRole.OPERATOR)
    slices = provided(Slices)
    with database().reading() as db:
        return render_template("operate/page.html", page=front_page(db, slices, now()))
