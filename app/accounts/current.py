"""What somebody has to do before anything else, and what they are told on whatever page they open."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import second_views, views
from app.accounts.model import PasswordReset
from app.accounts.reset_queries import unread_resets
from app.base.errors import N_, Refused
from app.http.provided import database
from app.http.slices import View
from app.identity.current import find_login
from app.identity.model import Candidate, Staff

PASSWORD = (views.password_page, views.change_password)
SECOND = (second_views.new_page, second_views.qr, second_views.turn_on)
PASSWORD_FIRST = N_("请先设置您自己的密码，然后再办理其他事项。")
SECOND_FIRST = N_("请先设置二次验证，然后再办理其他事项。")


def before_anything_else(asked: View | None) -> Response | None:
    """The way to what this person has to do first; None when they may go on. What changes something is refused.

    Who has no password yet came in without one, from the parent system, and goes on so.
    """
    own = find_login()
    if own is None:
        return None
    if own.person.must_change_password and own.person.password_hash and asked not in PASSWORD:
        return _first("accounts.password_page", PASSWORD_FIRST)
    if _lacks_second(own.person) and asked not in (*PASSWORD, *SECOND):
        return _first("second.new_page", SECOND_FIRST)
    return None


def notices() -> list[PasswordReset]:
    """One-time codes that were given out for this candidate and that they have not taken note of."""
    own = find_login()
    if own is None or not isinstance(own.person, Candidate):
        return []
    with database().reading() as db:
        return unread_resets(db, own.person.id)


def _lacks_second(person: Candidate | Staff) -> bool:
    return isinstance(person, Staff) and second_views.needs_second(person) and not person.has_second_factor


def _first(endpoint: str, words: str) -> Response:
    if request.method != "GET":
        raise Refused("first", words, 403)
    return redirect(url_for(endpoint))
