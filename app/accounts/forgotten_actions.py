"""Whether a one-time code opens: as at the login, whoever tries it is asked for more, and nobody is kept out."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from app.accounts.code_rules import HiddenCodes
from app.accounts.model import PasswordReset
from app.accounts.reset_actions import owner_of, wrong_reset
from app.accounts.reset_queries import live_reset
from app.accounts.throttle import ResetThrottle
from app.base.database import Database
from app.base.errors import N_, Refused
from app.identity.model import Candidate
from app.identity.queries import person_named
from app.identity.throttle import AT_ONCE, Attempt, Proof

ASKED = N_("最近有人多次输错代码。为确认是您本人，请再填证件号码，然后点“设置新密码”。")


class Given(Protocol):
    """What was typed."""

    @property
    def code(self) -> str:
        """The one-time code."""
        ...

    @property
    def fits(self) -> bool:
        """Whether this can be a try at all."""
        ...


class ForgottenEntrance:
    """Looks at one-time codes."""

    def __init__(self, db: Database, throttle: ResetThrottle, hidden: HiddenCodes) -> None:
        self._db, self._throttle, self._hidden = db, throttle, hidden

    def asks(self, attempt: Attempt) -> Proof:
        """What the next page asks for beside the code."""
        return self._throttle.asks(attempt)

    def admit(self, attempt: Attempt, given: Given, now: datetime) -> tuple[PasswordReset, Candidate]:
        """The code's row and its candidate, or Refused. The same for a number that nobody has: it has an ID number
        of its own, and its code is compared too."""
        if not given.fits:
            raise wrong_reset(422)
        with self._db.reading() as db:
            found = person_named(db, attempt.name)
            candidate = found if isinstance(found, Candidate) else None
            reset = live_reset(db, candidate.id if candidate else 0, now)
        asked = self._throttle.asks(attempt)
        if asked and not attempt.proof:
            raise Refused("proof_needed", ASKED, 429, retry_after=AT_ONCE)
        number = self._throttle.number_of(attempt.name, candidate.id_number if candidate else None, bool(candidate))
        counted = self._throttle.count(attempt, asked, number)
        owner = owner_of(candidate) if candidate else ""
        right = self._hidden.is_same(owner, given.code, reset.hidden if reset else "")
        if counted is not None and right and reset and candidate:
            self._throttle.back(counted)
            return reset, candidate
        self._throttle.wrong(attempt, counted or ())
        raise wrong_reset(429, AT_ONCE) if asked else wrong_reset(422)
