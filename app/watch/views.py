"""Whether people may come: for whoever sends them here."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from app.http.provided import provided
from app.watch.readiness import Readiness

pages = Blueprint("watch", __name__)


@pages.get("/ready")
def ready() -> Response:
    """200 when every check is well, else 503; nothing but the names of the checks."""
    found = provided(Readiness).look()
    answer = jsonify(ready=all(found.values()), checks=dict(found))
    answer.status_code = 200 if all(found.values()) else 503
    return answer
