"""打印毕业生登记表: the two pages as they will be printed, and the same as a PDF."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template
from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.queries import application_of
from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.errors import N_, Refused
from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store
from app.http.current import now
from app.http.provided import database, provided
from app.identity.current import candidate, candidate_actor, record_own_look
from app.identity.queries import nearest_office
from app.pairing.views import own_application
from app.portrait.queries import draft_of
from app.printing.fonts import missing
from app.printing.press import Printer, PrintKind
from app.printing.queries import approvals_of, courses_of, fields_of
from app.printing.rules import Sheet

pages = Blueprint("printing", __name__, url_prefix="/print")
FRONT, BACK = 0, 1


@pages.get("")
def page() -> str:
    """The form and how to print it; before the application is submitted, what is still to be done."""
    with database().reading() as db:
        application, person = application_of(db, candidate().id), candidate()
        office = (application and application.office) or nearest_office(db, person)
        status = Status(application.status) if application else Status.FORM
        shown = {
            "candidate": person,
            "label": STATUSES[status].label,
            "office": office,
            "here": "print",
            "step": STATUSES[status].step,
        }
        if application is None or status != Status.SUBMITTED:
            return render_template("printing/not_yet.html", **shown)
        absent = missing(_sheet(db, application, b"").text())
        shown_page = render_template("printing/page.html", **shown, absent=absent)
    record_own_look(application.id, Action.FORM_SHOWN)
    return shown_page


@pages.get("/front.svg")
def front() -> Response:
    """The first page as a picture."""
    return _picture(_print(PrintKind.SVG)[FRONT])


@pages.get("/back.svg")
def back() -> Response:
    """The second page as a picture."""
    return _picture(_print(PrintKind.SVG)[BACK])


@pages.get("/form.pdf")
def download() -> Response:
    """Both pages as a PDF."""
    [printed] = _print(PrintKind.PDF)
    with database().writing() as db:
        note(db, own_application(db).id, candidate_actor(), Action.FORM_DOWNLOADED, now())
    response = Response(printed, content_type="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"graduation-form-{candidate().exam_number}.pdf")
    return response


@pages.post("/printed")
def printed() -> tuple[str, int]:
    """The browser has opened its print dialog."""
    with database().writing() as db:
        note(db, _submitted(db).id, candidate_actor(), Action.FORM_PRINTED, now())
    return "", 204


def _print(kind: PrintKind) -> list[bytes]:
    with database().reading() as db:
        application = _submitted(db)
        sheet = _sheet(db, application, _portrait(db, application))
    return provided(Printer).print(sheet, kind)


def _submitted(db: Session) -> Application:
    application = own_application(db)
    if application.status != Status.SUBMITTED:
        raise Refused("not_now", N_("还不能打印毕业生登记表。请先在“毕业申请及图像采集”页面完成申请。"), 409)
    return application


def _sheet(db: Session, application: Application, portrait: bytes) -> Sheet:
    return Sheet(
        fields_of(db, application),
        courses_of(db, application.candidate),
        approvals_of(db, application.id),
        portrait,
        application.status_since,
    )


def _portrait(db: Session, application: Application) -> bytes:
    """The accepted picture: the one that is registered, else the one that was shown."""
    accepted = draft_of(db, application.id)
    try:
        if accepted and (name := accepted.derived or accepted.preview):
            return provided(Store).get(name)
    except (NoBlob, Damaged, UnknownKey) as error:
        current_app.logger.error("the portrait of application %s: %s", application.id, type(error).__name__)
    raise Refused("no_portrait", N_("照片暂时无法读取，登记表没有生成。请联系客服，照片的记录还在。"), 503)


def _picture(page: bytes) -> Response:
    return Response(page, content_type="image/svg+xml")
