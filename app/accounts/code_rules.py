"""Codes that are read off a screen: of the second factor, for recovery, and for a forgotten password."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp

from app.base.tokens import derive
from app.identity.throttle import plain

ISSUER = "证照采集"
STEP = 30  # seconds
RECOVERY_CODES = 10
RESET_MINUTES = 15
RESET_LIFE = timedelta(minutes=RESET_MINUTES)
RESET_DIGITS = 8
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
PURPOSE = "account codes"


class HiddenCodes:
    """Keyed hashes of codes, which are too short for a plain one; the newest key (the last) makes, all compare."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [derive(key.encode(), PURPOSE) for key in keys]

    def hide(self, owner: str, code: str) -> str:
        """What the database keeps; `owner` says whose it is and what for."""
        return _hidden(self._keys[-1], owner, code)

    def every(self, owner: str, code: str) -> list[str]:
        """What may stand in the database for this code."""
        return [_hidden(key, owner, code) for key in self._keys]

    def is_same(self, owner: str, code: str, hidden: str) -> bool:
        """Whether this code was hidden so; takes as long when there is none."""
        same = [hmac.compare_digest(each, hidden) for each in self.every(owner, code)]
        return any(same)


def _hidden(key: bytes, owner: str, code: str) -> str:
    said = plain(code).replace("-", "")
    return hmac.new(key, f"{owner} {said}".encode("utf-8", "surrogatepass"), sha256).hexdigest()


def new_secret() -> str:
    """The secret of a second factor: 32 letters and digits."""
    return pyotp.random_base32()


def in_groups(secret: str) -> str:
    """As it is typed into an app: in fours."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address_for_apps(secret: str, login_name: str) -> str:
    """What the QR code says to an app."""
    return pyotp.TOTP(secret, name=login_name, issuer=ISSUER).provisioning_uri()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Which step of time this code belongs to: the current one, the one before or after it; None: it is wrong."""
    said, current = plain(code), int(now.timestamp()) // STEP
    codes = {step: pyotp.HOTP(secret).at(step) for step in (current, current - 1, current + 1)}
    fits = [step for step, each in codes.items() if hmac.compare_digest(each.encode(), said.encode("utf-8", "replace"))]
    return fits[0] if fits else None


def new_recovery_codes() -> list[str]:
    """Ten codes of about 50 bits, such as k7wq4-9mtxp."""
    return [f"{_letters(5)}-{_letters(5)}" for _ in range(RECOVERY_CODES)]


def new_password() -> str:
    """A first password, to be changed at once: 79 bits, to be read aloud in fours."""
    return "-".join(_letters(4) for _ in range(4))


def new_reset_code() -> str:
    """Digits that are read aloud on the telephone."""
    return f"{secrets.randbelow(10**RESET_DIGITS):0{RESET_DIGITS}d}"


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))
