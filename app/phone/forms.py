"""The fields of the phone's JSON, typed strictly: what is not as docs/api.md says is a 400, whatever it is."""

from __future__ import annotations

from typing import NoReturn

from app.base.errors import INCOMPLETE, Refused
from app.base.json_values import Json

LONGEST = 200  # characters of any field
WIDE_BLANK = "\u3000"  # of a Chinese keyboard
NONCE = 64  # characters of it that count
SECRET, DIFFERENT = 16, 6  # a nonce of fewer characters, or of fewer different ones, may be somebody else's too


class Said:
    """A JSON object that a phone has sent."""

    def __init__(self, body: Json) -> None:
        if not isinstance(body, dict):
            raise bad()
        self._body = body

    @property
    def token(self) -> str:
        """What stands behind the # of a link."""
        return self._text("token") or self._missing()

    @property
    def typed(self) -> str:
        """The code that stands below a QR code, as it was typed; empty when there is a token."""
        return self._text("typed")

    @property
    def nonce(self) -> str:
        """A secret of the browser's own making; empty when it has none, or one that others may have too."""
        nonce = self._text("nonce")[:NONCE]
        return nonce if len(nonce) >= SECRET and len(set(nonce)) >= DIFFERENT else ""

    @property
    def last4(self) -> str:
        """The last characters of an ID number; empty when they were not asked for yet."""
        return self._text("last4")

    @property
    def code(self) -> str:
        """Where the phone is."""
        return self._text("code") or self._missing()

    @property
    def consent(self) -> str:
        """The version of the text that was agreed to."""
        return self._text("consent")

    def _text(self, name: str) -> str:
        """A field, empty when it is not there; null, numbers and the like are neither a text nor no field."""
        given = self._body.get(name, "")
        if isinstance(given, str):
            given = given.replace(WIDE_BLANK, " ")
        if not isinstance(given, str) or len(given) >= LONGEST or not given.isprintable():
            raise bad()
        return given

    def _missing(self) -> NoReturn:
        raise bad()


def bad() -> Refused:
    """The request is not as the description says."""
    return Refused("bad_request", INCOMPLETE, 400)
