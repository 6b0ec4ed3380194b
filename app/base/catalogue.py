"""The English of a marked text outside of a request, from the catalogue that pages are translated by."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "translations"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("messages", FOLDER, ["en"])


def english(text: str, context: str = "") -> str:
    """The translation of a Chinese text: its own in this context where it has one, else the ordinary one.

    Raises FileNotFoundError while the catalogue has not been compiled.
    """
    own = _catalogue().pgettext(context, text) if context else text
    return own if own != text else _catalogue().gettext(text)
