"""Every refusal and failure as a page or as JSON, in the person's language, saying what to do next."""

from __future__ import annotations

import logging
from typing import NamedTuple

from flask import Flask, Response, flash, jsonify, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app.base.errors import INCOMPLETE, N_, Fact, Refused
from app.base.unavailable import Unavailable, failure_of
from app.http.current import came_from
from app.http.provided import provided
from app.http.slices import Slices, address_of
from app.http.trace import number

TEXTS = {
    400: INCOMPLETE,
    404: N_("没有这个页面。请检查网址，或从首页重新进入。"),
    405: N_("这个网址不能这样使用。请从首页重新进入。"),
    413: N_("文件太大。请选择较小的文件后再试。"),
    429: N_("操作太频繁。请稍后再试。"),
}
FAILED = N_("系统出了问题，已记录下来，您的进度不会丢失。请稍后再试；如果一直这样，请把编号告诉客服。")

FULL = N_("服务器的存储空间已满，现在不能保存。您的进度和次数都没有变化，请稍后再试。")
UNAVAILABLE = N_("服务器暂时不能保存或读取，不是您的问题。您的进度和次数都没有变化，请稍后再试。")
LATER = frozenset({"busy", "full", "unavailable", "too_many"})


class WayOn(NamedTuple):
    """A link: where to and in which words."""

    address: str
    words: str


def install(app: Flask) -> None:
    """Turn exceptions into answers."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Unavailable, unavailable)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, failed)


def refused(error: Refused) -> Response:
    """A refusal; a person whose login has ended goes to log in and comes back."""
    if error.code == "login" and not wants_json() and request.method == "GET":
        return make_response(redirect(_login_page(request.full_path.rstrip("?"))))
    text = words_of(error)
    if error.code == "not_now" and not wants_json() and (page := provided(Slices).page_below()):
        flash(text, "warn")
        return make_response(redirect(address_of(page), 303))
    return answer(error.code, text, error.status, error.retry_after, error.facts)


def words_of(error: Refused) -> str:
    """What a refusal says to this person."""
    text = str(gettext(error.text))
    return text % error.facts if error.facts else text


def _login_page(following: str) -> str:
    """The address where one logs in, to go on to `following`."""
    return address_of(provided(Slices).login_page, next=following)


def http_error(error: HTTPException) -> Response:
    """Flask's and Werkzeug's own errors, in our words."""
    status = error.code or 500
    if isinstance(error, RequestEntityTooLarge):
        return answer("too_large", gettext(TEXTS[413]), 413)
    response = answer(f"http_{status}", gettext(TEXTS.get(status, FAILED)), status)
    if status == 405 and (valid := error.get_response().headers.get("Allow")):
        response.headers["Allow"] = valid
    return response


def unavailable(error: Unavailable) -> Response:
    """A disk or a database that fails us: 507 when it is full, else 503. Nothing was spent; again after a while."""
    logging.getLogger("zhengzhao").warning("unavailable: %s", error)
    if error.full:
        return answer("full", gettext(FULL), 507, error.retry_after)
    return answer("unavailable", gettext(UNAVAILABLE), 503, error.retry_after)


def failed(error: Exception) -> Response:
    """A defect: logged with its number, never shown. No room for a temporary file, or no descriptor, is none."""
    if isinstance(error, OSError) and (ours := failure_of(error)):
        return unavailable(ours)
    logging.getLogger("zhengzhao").error("failed", exc_info=error)
    return answer("failed", gettext(FAILED), 500)


def answer(
    code: str, text: str, status: int, retry_after: int | None = None, facts: dict[str, Fact] | None = None
) -> Response:
    """The page or the JSON of an error."""
    if wants_json():
        response = jsonify(error={"code": code, "text": text, **(facts or {})})
    else:
        response = make_response(
            render_template(
                "site/error.html",
                text=text,
                status=status,
                tone="bad" if status >= 500 else "warn",
                number=number(),
                way_on=way_on(code),
            )
        )
    response.status_code = status
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def way_on(code: str) -> WayOn:
    """The button of the page: whose login or form has ended, or who is to try again later, goes back to where they
    were."""
    before = came_from()
    if code == "login":
        return WayOn(_login_page(before), N_("重新登录"))
    if code == "form":
        return WayOn(before, N_("重新打开页面"))
    if code in LATER and before != "/":
        return WayOn(before, N_("返回刚才的页面"))
    return WayOn("/", N_("回到首页"))


def wants_json() -> bool:
    """Programs get JSON: the phone's calls, whoever watches over us, and scripts that say so."""
    return (
        request.path.startswith("/m/")
        or request.path == "/health"
        or request.is_json
        or request.accept_mimetypes.best == "application/json"
    )
