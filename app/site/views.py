"""Pages of nobody in particular: home, health, language, texts, the service worker."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.application.terms import VERSION, Terms
from app.base.partial_uploads import PartialUploads
from app.base.store import Store
from app.http.assets import Assets
from app.http.current import fresh_session, language, now, safe_next
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actions import end_login
from app.identity.actor_rules import StaffRole
from app.identity.current import find_login
from app.site.settings import SiteSettings

pages = Blueprint("site", __name__)
PLACES = {StaffRole.OPERATOR: "operate.page", StaffRole.REVIEWER: "review.page", StaffRole.SUPPORT: "support.page"}


@pages.get("/")
def home() -> Answer:
    """Everybody's own place."""
    login = find_login()
    if login is None:
        return redirect(url_for("identity.login_page"))
    if login.staff:
        return redirect(url_for(PLACES[StaffRole(login.staff.role)]))
    return redirect(url_for("application.page"))


@pages.get("/health")
def health() -> Response:
    """200 while this process can serve; 503 or 507 in words while its database or its disks do not let it."""
    for check in (database().check, provided(Store).check, provided(PartialUploads).check):
        check()
    return jsonify(status="ok")


@pages.post("/language")
def set_language() -> Answer:
    """Switch between Chinese and English."""
    session["language"] = "en" if request.form.get("language") == "en" else "zh"
    return redirect(safe_next(request.form.get("next"), "/"))


@pages.post("/logout")
def log_out() -> Answer:
    """End the login, and what it minted."""
    login = find_login()
    if login:
        with database().writing() as db:
            end_login(db, login.id, now())
            provided(Slices).login_ended(db, login.id, now())
    fresh_session()
    flash(_("已退出登录。"), "good")
    return redirect(url_for("identity.login_page"))


@pages.get("/terms")
def terms() -> str:
    """考试采集相关条例: what people agree to."""
    return render_template("application/terms.html", version=VERSION, words=provided(Terms).text(language()))


@pages.get("/privacy")
def privacy() -> str:
    """What happens to a person's data."""
    settings = provided(SiteSettings)
    return render_template(
        "site/privacy.html",
        words=f"site/privacy_{language()}.html",
        draft_days=settings.draft_days,
        document_days=settings.document_days,
    )


@pages.get("/sw.js")
def worker() -> Answer:
    """The service worker; it must stand at the root to look after `/m`."""
    response = provided(Assets).send("sw.js")
    response.headers["Cache-Control"] = "no-cache"
    return response


@pages.get("/manifest.webmanifest")
def manifest() -> Answer:
    """What makes the phone's page installable."""
    return provided(Assets).send("manifest.webmanifest")
