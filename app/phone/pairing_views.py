"""The phone's calls about its pairing; see docs/api.md."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy.orm import Session

from app.application.actions import agree
from app.application.terms import VERSION, Terms
from app.base.clock import in_shanghai
from app.base.errors import Refused
from app.base.limits import RateLimits
from app.base.tokens import digest
from app.http.current import network, now, phone_cookie, set_phone_cookie
from app.http.provided import database, provided
from app.identity.rules import masked_id_number, masked_name
from app.pairing import actions
from app.pairing.claim_actions import Asking, claim
from app.pairing.model import Pairing
from app.pairing.move_actions import take_back
from app.pairing.queries import agreed
from app.pairing.rules import LinkSigners, Purpose, Subject, check_progress
from app.pairing.views import phone_url
from app.phone.current import held, known
from app.phone.document_views import documents_state
from app.phone.forms import Said
from app.phone.settings import PhoneSettings
from app.portrait.model import Capture
from app.portrait.queries import draft_of

pages = Blueprint("phone_pairing", __name__, url_prefix="/m")

PER_TOKEN = "20 per minute"  # noqa: S105 — a rule, not a secret
PER_ADDRESS = "600 per minute"


def state_of(db: Session, pairing: Pairing) -> dict[str, object]:
    """What the phone may know of its pairing, as docs/api.md describes it."""
    person = pairing.application.candidate
    until = pairing.permitted_until
    return {
        "tag": pairing.application.tag,
        "state": pairing.state,
        "purpose": pairing.subject,
        "person": {"name": masked_name(person.name), "id_number": masked_id_number(person.id_number)},
        "id_type": person.id_type,
        "number": pairing.number,
        "language": pairing.application.language,
        "alone": pairing.alone,
        "until": in_shanghai(until).isoformat(timespec="seconds") if until else None,
        "uploads_left": max(0, provided(PhoneSettings).uploads_per_pairing - pairing.uploads),
        "consent": {"version": VERSION, "given": agreed(db, pairing.application_id, VERSION, _consents_at(pairing))},
    }


@pages.post("/claim")
def claim_link() -> Response:
    """Claim a link. Only this answer sets the phone's cookie."""
    said = Said(request.get_json(silent=True))
    asking = Asking(said.token, said.nonce, phone_cookie(), said.last4, request.user_agent.string)
    provided(RateLimits).hit(PER_TOKEN, "claim-token", asking.token)
    provided(RateLimits).hit(PER_ADDRESS, "claim-address", network())
    with database().writing() as db:
        outcome = claim(db, provided(LinkSigners), asking, provided(PhoneSettings).permission_minutes, now())
        state = None if isinstance(outcome, Refused) else answer(db, outcome.pairing)
    if isinstance(outcome, Refused):
        raise outcome
    response = jsonify(state)
    return set_phone_cookie(response, outcome.secret) if outcome.secret else response


@pages.post("/transfer")
def transfer() -> Response:
    """换浏览器打开: a link that moves this pairing to another browser."""
    life = timedelta(minutes=provided(PhoneSettings).transfer_minutes)
    with database().writing() as db:
        pairing = held(db)
        provided(RateLimits).reserve(db.info, "20 per 10 minutes", "transfer", str(pairing.id))
        token = actions.mint(
            db,
            pairing,
            provided(LinkSigners)[Purpose.TRANSFER],
            Purpose.TRANSFER,
            life,
            now(),
            made_by=digest(phone_cookie()),
        )
    return jsonify(url=phone_url(token), minutes=provided(PhoneSettings).transfer_minutes)


@pages.post("/back")
def back() -> Response:
    """回到这个浏览器: the pairing returns from one that has sent nothing. Whoever holds it gets the state."""
    with database().writing() as db:
        key = known(db)
        provided(RateLimits).hit("20 per 10 minutes", "back", str(key.pairing_id))
        if key.moved_at:
            take_back(db, key, now(), request.user_agent.string)
        return jsonify(answer(db, key.pairing))


@pages.get("/state")
def state() -> Response:
    """Where this phone's pairing stands."""
    with database().reading() as db:
        return jsonify(answer(db, held(db)))


@pages.post("/progress")
def progress() -> Response:
    """The phone says where it is, from a closed list."""
    said = Said(request.get_json(silent=True))
    with database().writing() as db:
        pairing = held(db)
        code = check_progress(said.code)
        provided(RateLimits).hit("120 per minute", "progress", str(pairing.id))
        if code == "confirmed":
            terms, place = provided(Terms).agreed_to(said.consent), _consents_at(pairing)
            agree(db, pairing.application, terms, place, f"pairing:{pairing.id}", now())
        actions.report(db, pairing, code, now())
        return jsonify(answer(db, pairing))


def answer(db: Session, pairing: Pairing) -> dict[str, object]:
    """The state with what was received: the slots of the documents; or the draft of the portrait, and what later slices
    tell a phone about it."""
    if pairing.subject == Subject.DOCUMENTS:
        return state_of(db, pairing) | {"capture": None, "documents": documents_state(db, pairing.application)}
    capture = draft_of(db, pairing.application_id)
    state = state_of(db, pairing) | {"capture": shown(capture) if capture else None}
    for look in current_app.extensions["phone_standing"]:
        state |= look(db, pairing.application)
    return state


def shown(capture: Capture) -> dict[str, object]:
    """What the phone may know of a picture it sent."""
    return {
        "sha256": capture.sha256,
        "bytes": capture.bytes,
        "width": capture.width,
        "height": capture.height,
        "received_at": in_shanghai(capture.received_at).isoformat(timespec="seconds"),
        "report": capture.report,
    }


def _consents_at(pairing: Pairing) -> str:
    """Which of the consents this phone's person gives: pictures of documents have one of their own."""
    return "papers" if pairing.subject == Subject.DOCUMENTS else "phone"
