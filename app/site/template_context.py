"""What every template can use: who is asking, in which language, and times as people in Guangdong read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from flask import Flask, request
from flask_babel import gettext
from markupsafe import Markup, escape

from app.accounts.current import notices
from app.base.clock import SHANGHAI
from app.base.errors import Fact
from app.base.unavailable import Unavailable
from app.http import current
from app.http.provided import provided
from app.identity.actor_rules import StaffRole
from app.identity.current import find_login
from app.identity.model import Candidate, Staff
from app.identity.record_rules import RECORDED
from app.phone.texts import TEXTS
from app.site.settings import SiteSettings

NUMBERS = re.compile(r"\d+(?:-\d+)+")


def clock_time(moment: datetime, pattern: str = "yyyy-MM-dd HH:mm") -> str:
    """The moment in Shanghai's time."""
    return format_datetime(moment, pattern, tzinfo=SHANGHAI)


def month_name(code: str) -> str:
    """A month such as 202612 as people read it: 2026 年 12 月, December 2026; what is no month stays as it is."""
    if not (len(code) == 6 and code.isdecimal() and 1 <= int(code[4:]) <= 12 and int(code[:4])):
        return code
    pattern, locale = ("MMMM yyyy", "en") if current.language() == "en" else ("y 年 M 月", "zh")
    return format_date(date(int(code[:4]), int(code[4:]), 1), pattern, locale=locale)


def recorded(value: Fact) -> Fact:
    """A value of the records in the page's language: words of a fixed vocabulary are translated, all else stays."""
    return gettext(value) if value in RECORDED else value


def recorded_facts(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """What fills the places of a text, in the page's language."""
    return {name: recorded(value) for name, value in facts.items()}


def unbroken(text: str) -> Markup:
    """The text; each telephone number and each date in it stays on one line."""
    marked = NUMBERS.sub(r'<span class="nowrap">\g<0></span>', str(escape(text)))
    return Markup(marked)  # noqa: S704 — escaped above


def _person() -> Candidate | Staff | None:
    """Whose page this is; an error page that says that the database does not answer is nobody's."""
    try:
        login = find_login()
    except Unavailable:
        return None
    return login.person if login else None


def _this_page() -> str:
    """Where a switch of the language comes back to: this page, or the one whose form was sent."""
    if request.method != "GET":
        return current.came_from()
    return request.full_path if request.query_string else request.path


def install(app: Flask) -> None:
    """Give them to the templates."""

    def short_address() -> str:
        return provided(current.PublicOrigin)().partition("://")[2] + "/m"

    app.jinja_env.globals.update(month_name=month_name, recorded=recorded, recorded_facts=recorded_facts)
    app.jinja_env.globals["unbroken"] = unbroken
    app.jinja_env.globals["phone_texts"] = TEXTS  # for a step that the dialog on the desktop and the phone share

    @app.context_processor
    def everywhere() -> dict[str, object]:
        person = _person()
        return {
            "person": person,
            "is_candidate": isinstance(person, Candidate),
            "is_operator": isinstance(person, Staff) and person.role == StaffRole.OPERATOR,
            "language": current.language(),
            "csrf": current.csrf,
            "clock_time": clock_time,
            "short_address": short_address,
            "this_page": _this_page,
            "support_contact": provided(SiteSettings).support_contact,
            "review_days": provided(SiteSettings).review_days,
            "reset_notices": notices,
        }
