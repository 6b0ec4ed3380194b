"""The phone's calls about its pairing; see docs/api.md."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from app.application.actions import agree
from app.application.contributions import Contributions
from app.application.model import PAPERS
from app.application.status_row_rules import Subject
from app.application.terms import VERSION, Terms
from app.base.clock import in_shanghai
from app.base.errors import Refused
from app.base.limits import RateLimits, too_many
from app.base.tokens import digest
from app.documents.dialog_queries import rows_of
from app.http.current import network, now, phone_cookie, set_phone_cookie
from app.http.provided import database, provided
from app.identity.actor_rules import Actor
from app.identity.rules import masked_id_number, masked_name
from app.pairing import actions
from app.pairing.claim_actions import Asking, Claimed, claim, follow
from app.pairing.model import Pairing
from app.pairing.move_actions import take_back
from app.pairing.queries import agreed
from app.pairing.rules import EventCode, LinkSigners, Purpose, check_progress
from app.pairing.typed_actions import CODE_WRONG, link_of
from app.pairing.typed_rules import TypedCodes
from app.pairing.views import phone_url
from app.phone.answer_forms import PairingState, both, capture_state, documents_state, rejection
from app.phone.current import held, known
from app.phone.forms import Said
from app.phone.settings import PhoneSettings
from app.portrait.queries import draft_of

pages = Blueprint("phone_pairing", __name__, url_prefix="/m")

PER_TOKEN = "20 per minute"  # noqa: S105 — a rule, not a secret
PER_ADDRESS = "600 per minute"
WRONG_CODES = "60 per 10 minutes"


def state_of(db: Session, pairing: Pairing) -> PairingState:
    """What the phone may know of its pairing, as docs/api.md describes it."""
    person = pairing.application.candidate
    until = pairing.permitted_until
    return {
        "tag": pairing.application.tag,
        "state": pairing.state,
        "purpose": pairing.subject,
        "person": {"name": masked_name(person.name), "id_number": masked_id_number(person.id_number)},
        "id_type": person.id_type,
        "id_type_name": both(person.id_type),
        "number": pairing.confirmation_code,
        "language": pairing.application.language,
        "alone": pairing.same_device,
        "until": in_shanghai(until).isoformat(timespec="seconds") if until else None,
        "uploads_left": max(0, provided(PhoneSettings).uploads_per_pairing - pairing.uploads),
        "consent": {"version": VERSION, "given": agreed(db, pairing.application_id, VERSION, _consents_at(pairing))},
        "capture": None,
    }


@pages.post("/claim")
def claim_link() -> Response:
    """Claim a link. Only this answer sets the phone's cookie."""
    said = Said(request.get_json(silent=True))
    token = "" if said.typed else said.token
    asking = Asking(token, said.nonce, phone_cookie(), said.last4, request.user_agent.string)
    _count_claim(said.typed, token)
    with database().writing() as db:
        outcome = _by_code(db, said.typed, asking) if said.typed else _by_token(db, asking)
        state = None if isinstance(outcome, Refused) else answer(db, outcome.pairing)
    if isinstance(outcome, Refused):
        if outcome.code == CODE_WRONG[0]:
            provided(RateLimits).take(WRONG_CODES, "wrong-code", network())
        raise outcome
    response = jsonify(state)
    return set_phone_cookie(response, outcome.secret) if outcome.secret else response


def _count_claim(typed: str, token: str) -> None:
    """How often something may be claimed. Of typed codes the wrong ones count: many people may share an address."""
    limits = provided(RateLimits)
    limits.hit(PER_ADDRESS, "claim-address", network())
    if not typed:
        limits.hit(PER_TOKEN, "claim-token", token)
    elif limits.is_full(WRONG_CODES, "wrong-code", network()):
        raise too_many(limits.wait(WRONG_CODES, "wrong-code", network()))


def _by_token(db: Session, asking: Asking) -> Claimed | Refused:
    return claim(db, provided(LinkSigners), asking, provided(PhoneSettings).permission_minutes, now())


def _by_code(db: Session, typed: str, asking: Asking) -> Claimed | Refused:
    link = link_of(db, provided(TypedCodes), typed, now())
    if isinstance(link, Refused):
        return link
    return follow(db, link, asking, provided(PhoneSettings).permission_minutes, now())


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
        if code == EventCode.CONFIRMED:
            terms, place = provided(Terms).agreed_to(said.consent), _consents_at(pairing)
            agree(db, pairing.application, terms, place, Actor.pairing(pairing.id), now())
        actions.report(db, pairing, code, now())
        return jsonify(answer(db, pairing))


def answer(db: Session, pairing: Pairing) -> PairingState:
    """The state with what was received: the slots of the documents; or the draft of the portrait, and why it is taken
    again."""
    state, application = state_of(db, pairing), pairing.application
    contributions = provided(Contributions)
    if pairing.subject == Subject.DOCUMENTS:
        opinions = contributions.review_of(db, application).opinions
        state["documents"] = documents_state(rows_of(db, application, opinions), application.candidate.id_type)
        return state
    if capture := draft_of(db, application.id):
        state["capture"] = capture_state(capture)
    if rejected := contributions.rejected_portrait_of(db, application):
        state["rejected"] = rejection(rejected)
    return state


def _consents_at(pairing: Pairing) -> str:
    """Which of the consents this phone's person gives: pictures of documents have one of their own."""
    return PAPERS if pairing.subject == Subject.DOCUMENTS else "phone"
