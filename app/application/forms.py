"""What comes in with the application form."""

from __future__ import annotations

from collections.abc import Mapping

from app.application.rules import Filled

LONGEST = 200  # characters that are shown again of what cannot be right


def filled_in(form: Mapping[str, str]) -> Filled:
    """The fields as they were typed."""
    return Filled(*(form.get(name, "")[:LONGEST] for name in ("batch", "place", "phone")))
