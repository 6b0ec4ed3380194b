"""How a person is shown to somebody who may not see all of them, and how long a login lasts."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from app.base.errors import N_

RESIDENT_ID = N_("居民身份证")
PASSPORT = N_("普通护照")
PERMITS = (N_("港澳居民来往内地通行证"), N_("台湾居民来往大陆通行证"))


def masked_name(name: str) -> str:
    """Only the ends are shown: 张小三 → 张*三, 张三 → 张*, 欧阳婉仪 → 欧*仪."""
    if len(name) < 2:
        return "*"
    return name[0] + "*" + name[2:][-1:]


def masked_id_number(number: str) -> str:
    """First three and last two characters: 440*************0X."""
    if len(number) <= 5:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def as_login_name(written: str) -> str:
    """A name to log in with as it is kept, however it was typed: full-width, with blanks, in capitals."""
    return "".join(unicodedata.normalize("NFKC", written).lower().split())


def is_idle(seen_at: datetime, now: datetime, idle_minutes: int) -> bool:
    """Whether a login has ended by itself."""
    return now - seen_at > timedelta(minutes=idle_minutes)
