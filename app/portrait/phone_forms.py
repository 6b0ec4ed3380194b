"""The fields of the phone's JSON, typed strictly: what is not as docs/api.md says is a 400, whatever it is."""

from __future__ import annotations

import re
from typing import Any

from app.base.errors import N_, Refused

TOKEN = re.compile(r"[\w.~-]{1,200}", re.ASCII)
NONCE = re.compile(r"[ -~]{16,64}")
DIFFERENT = 6  # characters of a nonce: 128 random bits have more, in hex too; a word said over and over has not
LAST4 = re.compile(r"[ \u3000]{0,2}[^\W_]{1,8}[ \u3000]{0,2}")
CODE = re.compile(r"[a-z_]{1,20}")
CONSENT = re.compile(r"[\w.-]{1,20}", re.ASCII)


class Said:
    """A JSON object that a phone has sent."""

    def __init__(self, body: Any) -> None:
        if not isinstance(body, dict):
            raise bad()
        self._body: dict[str, Any] = body

    @property
    def token(self) -> str:
        """What stands behind the # of a link."""
        return self._text("token", TOKEN)

    @property
    def nonce(self) -> str:
        """A secret of the browser's own making; empty when it has none."""
        nonce = self._text("nonce", NONCE, optional=True)
        if nonce and len(set(nonce)) < DIFFERENT:
            raise bad()
        return nonce

    @property
    def last4(self) -> str:
        """The last characters of an ID number; empty when they were not asked for yet."""
        return self._text("last4", LAST4, optional=True)

    @property
    def code(self) -> str:
        """Where the phone is."""
        return self._text("code", CODE)

    @property
    def consent(self) -> str:
        """The version of the text that was agreed to."""
        return self._text("consent", CONSENT, optional=True)

    def _text(self, name: str, form: re.Pattern[str], *, optional: bool = False) -> str:
        """A field that is there and well formed; null, numbers and the like are neither a text nor no field."""
        if optional and name not in self._body:
            return ""
        given = self._body.get(name)
        if not isinstance(given, str) or not form.fullmatch(given):
            raise bad()
        return given


def bad() -> Refused:
    """The request is not as the description says."""
    return Refused("bad_request", N_("请求的内容不完整。请刷新页面后再试。"), 400)
