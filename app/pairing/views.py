"""The desktop's side of a pairing: show a code, make a new one, refuse a phone, use this very browser."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import qrcode
from flask import Blueprint, Response, current_app, flash, jsonify, redirect, request
from flask_babel import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.application.actions import inform
from app.application.contributions import Contributions
from app.application.model import PAPERS, Application
from app.application.queries import application_of
from app.application.status_row_rules import Subject
from app.application.status_rules import STATUSES
from app.application.terms import VERSION
from app.application.views import page
from app.application.workflow import Status
from app.base.errors import N_, Refused
from app.base.limits import RateLimits
from app.http.current import PublicOrigin, language, now, set_phone_cookie
from app.http.provided import database, provided
from app.http.slices import address_of
from app.identity.actor_rules import Actor
from app.identity.current import candidate, login
from app.pairing import actions
from app.pairing.claim_actions import claim_here
from app.pairing.model import Pairing
from app.pairing.queries import agreed, live_pairing
from app.pairing.rules import End, LinkSigners, Purpose, State
from app.pairing.settings import PairingSettings
from app.pairing.texts import AGREE_FIRST
from app.pairing.typed_actions import shown_code
from app.pairing.typed_rules import TypedCodes, grouped

pages = Blueprint("pairing", __name__)


def own_application(db: Session) -> Application:
    """The application of the candidate who is asking."""
    application = application_of(db, candidate().id)
    if application is None:
        raise Refused("not_now", N_("还没有申请。请先在“毕业申请及图像采集”页面点“申请”。"), 409)
    return application


def dialog_of(application: Application, asked: bool = True) -> str:
    """The dialog of what is to be taken; `asked`: with the code."""
    subject = STATUSES[Status(application.status)].takes or Subject.PORTRAIT
    dialog = provided(Contributions).dialog_for(subject) or page
    return address_of(dialog, phone=1 if asked and subject == Subject.DOCUMENTS else None)


def phone_url(token: str) -> str:
    """The link that a code carries: everything secret stands behind the #."""
    return f"{provided(PublicOrigin)()}/m#{token}"


def qr_svg(text: str) -> str:
    """A QR code of level M as an SVG image that scales, black on a white of its own."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathFillImage)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image().save(out)
    return out.getvalue().decode().partition("?>")[2].strip()


@pages.post("/pairings/code")
def code() -> Response:
    """A code for the pairing that is there, or for a new one. Claimed pairings have none: the page looks again."""
    settings, moment = provided(PairingSettings), now()
    life = timedelta(seconds=settings.token_seconds)
    with database().writing() as db:
        pairing = _current(db, own_application(db), moment)
        if pairing.state != State.ISSUED:
            raise Refused("claimed", N_("手机已连接。请在手机上继续。"), 409)
        token = actions.mint(db, pairing, provided(LinkSigners)[Purpose.QR], Purpose.QR, life, moment)
        typed, number = shown_code(db, pairing, provided(TypedCodes), life, moment), pairing.code_number
    url = phone_url(token)
    return jsonify(
        svg=qr_svg(url),
        url=url,
        typed=grouped(typed),
        number=number,
        seconds=settings.token_seconds,
        rotate_after=settings.rotate_seconds,
    )


@pages.post("/pairings/renew")
def renew() -> Answer:
    """重新生成二维码."""
    with database().writing() as db:
        application = own_application(db)
        _count_new_pairing(db)
        actions.renew(db, application, login().id, now())
    return redirect(dialog_of(application), 303)


@pages.post("/pairings/not-mine")
def not_mine() -> Answer:
    """不是我的手机: whoever holds it loses it."""
    with database().writing() as db:
        application = own_application(db)
        pairing = live_pairing(db, application.id)
        if pairing is not None:
            actions.end(db, pairing, End.NOT_MINE, Actor.login(login().id), now())
    return redirect(dialog_of(application), 303)


@pages.post("/pairings/here")
def here() -> Answer:
    """用本机拍照: this browser becomes the phone, in one step."""
    settings, moment = provided(PairingSettings), now()
    with database().writing() as db:
        application = own_application(db)
        if not _confirm_here(db, application, Actor.login(login().id), moment):
            flash(_(AGREE_FIRST), "bad")
            return redirect(dialog_of(application, asked=False), 303)
        pairing = _current(db, application, moment)
        secret = claim_here(db, pairing, settings.permission_minutes, moment, request.user_agent.string)
    response = current_app.make_response(redirect("/m", 303))
    return set_phone_cookie(response, secret)


def _confirm_here(db: Session, application: Application, actor: Actor, moment: datetime) -> bool:
    """What the phone's own pages would ask before the camera is asked beside the button; False: not ticked there."""
    if application.status == Status.DOCUMENTS:
        return agreed(db, application.id, VERSION, PAPERS)
    if application.consented_at is None:
        raise Refused("not_confirmed", N_("请先核对信息并同意条例，再拍照。"), 409)
    inform(db, application, actor, moment)
    return True


def _current(db: Session, application: Application, moment: datetime) -> Pairing:
    """The pairing that is there, or a new one, which counts. Its phone speaks the language of this page."""
    before = live_pairing(db, application.id)
    if before is None or before.ended(moment):
        _count_new_pairing(db)
    application.language = language()
    return actions.current(db, application, login().id, moment)


def _count_new_pairing(db: Session) -> None:
    rule = f"{provided(PairingSettings).pairings_per_10_minutes} per 10 minutes"
    provided(RateLimits).reserve(db.info, rule, "pairings", str(candidate().id))
