"""A forgotten password: what is held against the record before a code is given out."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

from app.base.errors import N_, Refused
from app.identity.actor_rules import StaffRole
from app.identity.model import Candidate, Staff
from app.identity.throttle import plain

MOST_MISMATCHES = 5  # in 24 hours, for a candidate
SUPPORT = N_("客服")
# What the form makes them tick: key → words.
AT_COUNTER = {
    "document": N_("我看过证件原件，照片与本人一致。"),
    "same": N_("证件上的姓名和号码与上面显示的一致。"),
}
ON_TELEPHONE = {
    "asked": N_("姓名、证件号码和联系电话都是对方自己说的，我没有提示。"),
    "alone": N_("我已提醒对方：代码只能自己用，不要告诉任何人。"),
}

TICK_ALL = N_("请逐项核对并勾选后，再发一次性代码。")
MISMATCH = N_("对方说的与登记的不一致，没有发代码。今天还可以再核对 %(left)s 次；也可以请考生带证件到市考办办理。")
TOO_MANY = N_("24 小时内已有 %(times)s 次核对不一致，暂时不能在电话里发代码。请考生带证件到市考办办理。")
YOUR_OWN_CASE = N_("这是您自己的考生账号，不能由自己重置。请找同事办理。")
NOBODY = N_("没有找到可以由您办理的考生。请核对准考证号；其他地市的考生请到所在市考办办理。")


def checks_of(person: Staff) -> dict[str, str]:
    """What this member of staff has to tick."""
    return ON_TELEPHONE if person.role == StaffRole.SUPPORT else AT_COUNTER


def all_ticked(person: Staff, form: Mapping[str, str]) -> None:
    """Refused while anything is not ticked."""
    if any(form.get(each) != "yes" for each in checks_of(person)):
        raise Refused("tick_all", TICK_ALL, 422)


def not_their_own(person: Staff, candidate: Candidate) -> None:
    """Refused when they are the same person."""
    if person.id_number and plain(person.id_number) == plain(candidate.id_number):
        raise Refused("own_case", YOUR_OWN_CASE, 409)


def is_on_record(candidate: Candidate, name: str, id_number: str, telephone: str) -> bool:
    """Whether the caller said all three as they are on record. Nothing tells which was not."""
    said = (plain(name), plain(id_number), _digits(telephone))
    known = (plain(candidate.name), plain(candidate.id_number), _digits(candidate.phone))
    return all([bool(k) and hmac.compare_digest(s.encode(), k.encode()) for s, k in zip(said, known, strict=True)])


def _digits(telephone: str) -> str:
    return re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", re.sub(r"\D", "", plain(telephone)))
