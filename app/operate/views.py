"""The front page of the console."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.identity.actor_rules import StaffRole
from app.identity.current import staff

pages = Blueprint("operate", __name__, url_prefix="/operate")


@pages.get("")
def page() -> str:
    """What is missing before candidates may come; later, how today goes."""
    staff(StaffRole.OPERATOR)
    return render_template("operate/page.html")
