"""How often a code may be tried. As at the login nobody is locked out: docs/decisions/logins.md, accounts.md."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.limits import RateLimits, too_many
from app.identity.throttle import Throttle

FREE = "10 per day"
PAUSES = "16 per day"
LONGEST_PAUSE = 60  # seconds
OWN_PASSWORD = "10 per hour"  # noqa: S105 — a limit


class ResetThrottle(Throttle):
    """Of one-time codes for a forgotten password: as of passwords, counted apart."""

    def __init__(self, limits: RateLimits, keys: Sequence[str]) -> None:
        super().__init__(limits, keys, "reset")


class CodeThrottle:
    """Of what only somebody can try who has the right password, or is logged in: no stranger comes here."""

    def __init__(self, limits: RateLimits) -> None:
        self._limits = limits

    def second(self, name: str, device: str) -> tuple[str, ...]:
        """Count a code after the right password: ten free tries a day, on each known device ten of its own; then a
        growing pause between tries. Raises Refused 429. What to take back when the code was right."""
        if device and self._limits.take(FREE, "second-device", device, name):
            return ("second-device", device, name)
        if self._limits.take(FREE, "second-name", name):
            return ("second-name", name)
        pause = f"1 per {min(LONGEST_PAUSE, 2 ** self._limits.count(PAUSES, 'second-pauses', name))} seconds"
        if not self._limits.take(pause, "second-pause", name):
            raise too_many(self._limits.wait(pause, "second-pause", name))
        self._limits.take(PAUSES, "second-pauses", name)
        return ("second-pauses", name)

    def own_password(self, login_id: int) -> tuple[str, ...]:
        """Count a try of the current password, by the login in which it is typed: another login of the same person is
        not kept from anything. Raises Refused 429. What to take back when it was right."""
        key = ("own-password", str(login_id))
        self._limits.hit(OWN_PASSWORD, *key)
        return key

    def back(self, counted: tuple[str, ...]) -> None:
        """It was right, or never looked at."""
        self._limits.back(*counted)
