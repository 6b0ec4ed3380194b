"""How often a password may be tried, and what somebody gives who tries more often: docs/decisions/logins.md.

Nobody is locked out. Wrong tries are counted per login name (a day) and per address (an hour); while there were many, a
browser that the person has not used before gives the last four characters of their ID number too, and after wrong
passwords with the right four the whole number. Who has no number there waits between tries, half a minute at most; who
has a second factor waits only for tries from their own network.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from app.base.errors import N_, Refused
from app.base.limits import RateLimits, too_many
from app.base.tokens import derive

PER_NAME = "10 per day"
PER_PROVED = "10 per day"
PER_DEVICE = "10 per day"
PER_ADDRESS = "100 per hour"
PAUSES = "16 per day"
LONGEST_PAUSE = 30  # seconds
NAME_CHARACTERS = 40
AT_ONCE = 1  # second: for the header; who gives what is asked for need not wait
PURPOSE = "nobody's ID number"

WRONG = N_("准考证号或密码不对。请核对后再试；忘记密码请点“忘记密码”。")
WRONG_TOO = N_("准考证号、密码或证件号码不对。请核对后再试；忘记密码请点“忘记密码”。")
ASKED = N_("最近输错密码的次数较多。为确认是您本人，请再输入密码和证件号码，然后点“登录”。")


class Proof(IntEnum):
    """What is asked for beside the password, by the number of characters; WHOLE is all of them."""

    NONE = 0
    LAST4 = 4
    WHOLE = 18


@dataclass(frozen=True)
class Attempt:
    """One try: under which name, from which network, on which known device (empty: none), with which characters.

    `guarded`: a right password alone would open nothing, as a code is asked for after it.
    """

    name: str
    network: str
    device: str = ""
    proof: str = ""
    guarded: bool = False


class Throttle:
    """Says what an attempt lacks, and counts it before its password is looked at.

    Each entrance (the login, a one-time code) counts its own; what an address did wrong counts for all.
    """

    def __init__(self, limits: RateLimits, keys: Sequence[str], entrance: str = "login") -> None:
        self._limits = limits
        self._key = derive(keys[-1].encode(), PURPOSE)
        self._device, self._name, self._proved = f"{entrance}-device", f"{entrance}-name", f"{entrance}-proved"
        self._pauses, self._pause_now = f"{entrance}-pauses", f"{entrance}-pause"

    def asks(self, attempt: Attempt) -> Proof:
        """What has to be given beside the password now."""
        if attempt.device and not self._limits.is_full(PER_DEVICE, self._device, attempt.device, attempt.name):
            return Proof.NONE
        if not self._limits.is_full(PER_NAME, self._name, attempt.name) and not self.asks_everybody(attempt.network):
            return Proof.NONE
        whole = self._limits.is_full(PER_PROVED, self._proved, attempt.name)
        return Proof.WHOLE if whole else Proof.LAST4

    def asks_everybody(self, network: str) -> bool:
        """Whether this network had so many wrong tries that all who come from it prove themselves."""
        return self._limits.is_full(PER_ADDRESS, "login-address", network)

    def number_of(self, name: str, known: str | None, exists: bool) -> str:
        """The ID number to hold a proof against; a name that nobody has gets one too. Empty for staff without one."""
        if exists or not (len(name) == 12 and name.isdigit()):
            return known or ""
        return str(int(hmac.new(self._key, name.encode(), sha256).hexdigest(), 16))[-Proof.WHOLE :]

    def count(self, attempt: Attempt, asked: Proof, number: str) -> tuple[str, ...] | None:
        """Count this try; what to take back if it was none. None when its proof is wrong: it may go no further.

        Raises Refused 429 for a short time, where there is no other way.
        """
        if asked == Proof.NONE:
            return self._take_free(attempt)
        if not number:
            return self._pause(attempt.name, attempt.network if attempt.guarded else "")
        if not is_proof(attempt.proof, number, asked):
            return None
        if asked == Proof.WHOLE:
            return self._pause(attempt.name)
        key = (self._proved, attempt.name)
        return key if self._limits.take(PER_PROVED, *key) else None

    def back(self, counted: tuple[str, ...]) -> None:
        """The password was right, or never looked at."""
        self._limits.back(*counted)

    def wrong(self, attempt: Attempt, counted: tuple[str, ...] = ()) -> None:
        """The address answers for wrong tries only, known devices apart: a school's right ones use nothing up."""
        if counted[:1] != (self._device,):
            self._limits.take(PER_ADDRESS, "login-address", attempt.network)

    def _take_free(self, attempt: Attempt) -> tuple[str, ...] | None:
        if attempt.device:
            of_device = (self._device, attempt.device, attempt.name)
            if self._limits.take(PER_DEVICE, *of_device):
                return of_device
        key = (self._name, attempt.name)
        return key if self._limits.take(PER_NAME, *key) else None

    def _pause(self, *key: str) -> tuple[str, ...]:
        """A growing delay between tries: 1 s, 2, 4 … `LONGEST_PAUSE`."""
        pause = f"1 per {min(LONGEST_PAUSE, 2 ** self._limits.count(PAUSES, self._pauses, *key))} seconds"
        if not self._limits.take(pause, self._pause_now, *key):
            raise too_many(self._limits.wait(pause, self._pause_now, *key))
        self._limits.take(PAUSES, self._pauses, *key)
        return (self._pauses, *key)


def is_proof(given: str, number: str, asked: Proof) -> bool:
    """Whether these are the last characters of this number, as many as were asked for; or all of them."""
    wanted = plain(number)
    return _same(plain(given), wanted[-asked:]) or _same(plain(given), wanted)


def plain(written: str) -> str:
    """As people write numbers: full-width, with spaces, in small letters."""
    return "".join(unicodedata.normalize("NFKC", written).upper().split())


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def wrong_login(asked: Proof) -> Refused:
    """The same words whatever was wrong; 429 once something is asked for beside the password."""
    if asked == Proof.NONE:
        return Refused("wrong_login", WRONG, 403)
    return Refused("wrong_login", WRONG_TOO, 429, retry_after=AT_ONCE)


def proof_needed() -> Refused:
    """There were too many tries to look at this one; with what is asked for it may be made at once."""
    return Refused("proof_needed", ASKED, 429, retry_after=AT_ONCE)
