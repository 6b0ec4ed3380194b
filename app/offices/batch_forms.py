"""What an operator sends about a batch."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from app.application.model import Batch
from app.offices.batch_form_rules import BatchForm

LONGEST = 60


def filled_in(fields: MultiDict[str, str], batch: Batch | None) -> BatchForm:
    """The form that was sent; the month of a batch that is there stays."""
    schools = sorted({each.strip()[:LONGEST] for each in fields.getlist("university") if each.strip()})
    opens, closes = (fields.get(name, "")[:16] for name in ("opens", "closes"))
    scope = "some" if fields.get("scope") == "some" else "all"
    return BatchForm(batch.month if batch else fields.get("month", "")[:6], opens, closes, scope, tuple(schools))
