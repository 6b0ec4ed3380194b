"""What follows from a candidate's records and from what they filled in, without a database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.application.place_rules import city_of
from app.application.telephone_rules import phone_number
from app.application.workflow import Branch
from app.base.errors import N_
from app.identity.rules import RESIDENT_ID


def branch_of(id_type: str) -> Branch:
    """Which way through the procedure this 证件类型 takes."""
    return Branch.ID_CARD if id_type == RESIDENT_ID else Branch.OTHER


@dataclass(frozen=True)
class Filled:
    """The form's fields as they were typed: 毕业年月, 办理地点 (a GB/T 2260 code), 联系电话."""

    batch: str
    place: str
    phone: str


def mistakes(filled: Filled, open_months: Collection[str], places: Collection[str]) -> dict[str, str]:
    """What is wrong with it: field to text. `places` are the codes of those that have an office."""
    found = {}
    if filled.batch not in open_months:
        found["batch"] = N_("这个毕业年月现在不能申请。请重新选择。")
    if not city_of(filled.place):
        found["place"] = N_("请选择办理地点。")
    elif filled.place not in places:
        found["place"] = N_("这个地方的考办还没有开通网上办理。请选择其他地点，或联系当地考办。")
    if not filled.phone.strip():
        found["phone"] = N_("请填写联系电话：11 位手机号码，或带区号的固定电话，例如 020-38627000。")
    elif phone_number(filled.phone) is None:
        found["phone"] = N_("联系电话的格式不对。请填写 11 位手机号码，或带区号的固定电话，例如 020-38627000。")
    return found
