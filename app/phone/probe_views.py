"""The phone's question on a slow link, before a picture is sent: what would you say, by this crop? See docs/api.md.

Nothing is kept and nothing is decided here: the whole picture is judged anew when it comes.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.base.blobs import turn_of
from app.base.keyed_locks import KeyedLocks
from app.base.limits import RateLimits
from app.http.provided import provided
from app.imaging.inspect import Inspector
from app.phone.probe_forms import told
from app.phone.receiving_views import may_ask
from app.phone.settings import PhoneSettings

pages = Blueprint("phone_probes", __name__, url_prefix="/m/probes")


@pages.post("")
def ask() -> Response:
    """The report on a picture of which only the crop is here."""
    pairing, facts = may_ask(), told(request)
    body = request.get_data(cache=False)
    whose = str(pairing.application_id)
    with (
        provided(RateLimits).counted(f"{2 * provided(PhoneSettings).uploads_per_pairing} per hour", "probe", whose),
        provided(KeyedLocks).of(turn_of(pairing.application_id)),
    ):
        report = provided(Inspector).probe(body, request.mimetype, facts)
    return jsonify(report=report.as_dict())
