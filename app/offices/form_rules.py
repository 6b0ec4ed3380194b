"""An office as an operator fills it in, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.application.place_rules import cities, full_name
from app.base.errors import N_, Fact
from app.identity.actor_rules import Role

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")
BAD_CODE = N_("请填写 2 至 20 个小写字母、数字或连字符，例如 guangzhou。")
LONGEST = {"name": 40, "contact": 120, "address": 200, "hours": 200, "bring": 1000}
NAMES = {
    "name": N_("名称"),
    "contact": N_("联系方式"),
    "address": N_("地址"),
    "hours": N_("办公时间"),
    "bring": N_("现场提交材料时要带什么"),
}
Wrong = dict[str, tuple[str, dict[str, Fact]]]  # field → text with the facts of its places


@dataclass(frozen=True)
class OfficeForm:
    """The fields as they were typed, without what nobody sees around them."""

    code: str
    level: str
    city: str
    counties: frozenset[str]
    name: str
    contact: str
    address: str
    hours: str
    bring: str

    @property
    def words(self) -> dict[str, str]:
        """The operator's own words, by field."""
        return {name: str(getattr(self, name)) for name in NAMES}


def mistakes(form: OfficeForm, is_new: bool, taken: Collection[str]) -> Wrong:
    """What is wrong with it; `taken` are the codes of other offices."""
    wrong: Wrong = {}
    if is_new and not CODE.fullmatch(form.code):
        wrong["code"] = (BAD_CODE, {})
    elif is_new and form.code in taken:
        wrong["code"] = (N_("这个代码已经有考办在用。请换一个。"), {})
    if form.level not in (Role.CITY, Role.PROVINCE):
        wrong["level"] = (N_("请选择市考办或省考办。"), {})
    if not form.name:
        wrong["name"] = (N_("请填写名称，例如：广州市招考办。考生和审核员都会看到。"), {})
    for name, most in LONGEST.items():
        if len(form.words[name]) > most:
            wrong[name] = (N_("写得太长：%(n)s 字，最多 %(most)s 字。"), {"n": len(form.words[name]), "most": most})
    return wrong | _wrong_places(form)


def first_of(wrong: Wrong) -> Wrong:
    """The first mistake alone: the field to begin with."""
    return dict(list(wrong.items())[:1])


def _wrong_places(form: OfficeForm) -> Wrong:
    """Only a page that was tampered with has these."""
    wrong: Wrong = {}
    if form.city and form.city not in {city.code for city in cities()}:
        wrong["city"] = (N_("没有这个市。请从列表中选择。"), {})
    if any(not full_name(county) for county in form.counties):
        wrong["county"] = (N_("选择的区县里有不认识的。请重新勾选。"), {})
    return wrong


def differences(form: OfficeForm, current: OfficeForm) -> list[tuple[str, str]]:
    """What stands there now where the form says something else: the name of the field, and the value."""
    found = [(NAMES[name], words) for name, words in current.words.items() if words != form.words[name]]
    if form.city != current.city:
        found.append((N_("负责全市"), full_name(current.city)))
    if form.counties != current.counties:
        found.append((N_("指定的区县"), "、".join(full_name(county) for county in sorted(current.counties))))
    return found
