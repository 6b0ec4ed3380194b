"""Lists of the parent system as JSON: docs/integration.md. A request is answered at once, a job takes its rows over."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext

from app.base.errors import Fact
from app.base.logs import logger_of
from app.base.seal import Sealer
from app.http.current import now
from app.http.errors import answer as error_answer
from app.http.provided import database, provided
from app.jobs.rules import ENDED
from app.parent.current import sender
from app.parent.queries import request_named
from app.parent.request_actions import Sent, answer, take
from app.parent.rules import MOST_ROWS, REQUEST_LIFE, Rejected, Why
from app.parent.wording_rules import REQUEST

pages = Blueprint("parent", __name__, url_prefix="/parent")
LOG = logger_of("zhengzhao.parent")


@pages.post("/candidates")
def candidates() -> Response:
    """People, as their records say."""
    return _taken("candidates")


@pages.post("/results")
def results() -> Response:
    """Results of examinations."""
    return _taken("results")


@pages.get("/requests/<name>")
def state(name: str) -> Response:
    """What became of a request of one's own."""
    try:
        key_id = sender(name, b"")
        with database().reading() as db:
            found = request_named(db, key_id, name)
            if found is None:
                raise Rejected(Why.UNKNOWN_REQUEST)
            return jsonify(answer(found, provided(Sealer)))
    except Rejected as rejected:
        return _refused(rejected)


def _taken(kind: str) -> Response:
    """202 while it waits, 200 once it has ended; sent again under its id it is not done again."""
    body, request_id = request.get_data(cache=False), request.headers.get("Zhengzhao-Request", "")
    try:
        sent = Sent(sender(request_id, body), request_id, kind, body)
        with database().writing() as db:
            taken = take(db, provided(Sealer), sent, now())
            response = jsonify(answer(taken, provided(Sealer)))
            response.status_code = 200 if taken.job.state in ENDED else 202
            return response
    except Rejected as rejected:
        return _refused(rejected)


def _refused(rejected: Rejected) -> Response:
    text, status = REQUEST[rejected.why]
    LOG.warning("a request was refused", why=rejected.why, seconds=rejected.seconds or None, detail=rejected.detail)
    facts: dict[str, Fact] = {"seconds": rejected.seconds, "detail": rejected.detail}
    words = gettext(text, **facts, life=REQUEST_LIFE, most=MOST_ROWS)
    return error_answer(rejected.why, words, status, facts={name: value for name, value in facts.items() if value})
