"""Browsers in which somebody has logged in before: what their cookie says, and to whom it says nothing.

The cookie holds a random id of the device and, for each person, an HMAC of their login name under a key of ours and the
day of their last login; all of it signed. It is read for what it means: another way to write it is no other device.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

from app.base.tokens import derive, secret

LIFE = timedelta(days=90)
MOST_PEOPLE = 5  # of one device: a family
LONGEST = 1000
DAY = 86_400
PURPOSE = "known device"


@dataclass(frozen=True)
class Device:
    """A browser: its random id, and of each person it knows the hidden name and the day (since 1970) of their login."""

    id: str
    known: tuple[tuple[str, int], ...] = ()


class Devices:
    """Reads and writes the cookie; the newest of `keys` (the last) signs, all verify."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._signer = URLSafeSerializer(list(keys), salt=PURPOSE)
        self._hiding = [derive(key.encode(), PURPOSE) for key in keys]

    def read(self, cookie: str) -> Device | None:
        """The device that this cookie means, None for nonsense."""
        try:
            if len(cookie) > LONGEST:
                return None
            device, known = self._signer.loads(cookie)
            return Device(str(device), tuple((str(name), int(day)) for name, day in known))
        except (BadData, TypeError, ValueError, IndexError, KeyError):
            return None

    def write(self, device: Device) -> str:
        """The cookie."""
        return str(self._signer.dumps([device.id, device.known]))

    def knows(self, device: Device, name: str, now: datetime) -> bool:
        """Whether this person has logged in there within `LIFE`."""
        oldest = _day(now - LIFE)
        return any(day > oldest and self._is(hidden, name, device.id) for hidden, day in device.known)

    def remember(self, device: Device | None, name: str, now: datetime) -> Device:
        """The device after this person has logged in; the newest `MOST_PEOPLE` stay."""
        there = self.forget(device or Device(secret()), name)
        known = ((_hidden(self._hiding[-1], name, there.id), _day(now)), *there.known)
        return replace(there, known=known[:MOST_PEOPLE])

    def forget(self, device: Device, name: str) -> Device:
        """The device without this person."""
        return replace(device, known=tuple(each for each in device.known if not self._is(each[0], name, device.id)))

    def _is(self, hidden: str, name: str, device_id: str) -> bool:
        return any(hmac.compare_digest(hidden.encode(), _hidden(key, name, device_id).encode()) for key in self._hiding)


def _hidden(key: bytes, name: str, device_id: str) -> str:
    """80 bits of the HMAC: another one on every device."""
    return hmac.new(key, f"{device_id} {name}".encode("utf-8", "surrogatepass"), sha256).hexdigest()[:20]


def _day(moment: datetime) -> int:
    return int(moment.timestamp()) // DAY
