"""Which passwords are too weak, and why: docs/decisions/accounts.md has the sources.

Length counts, and what somebody who guesses would try first; there are no rules of composition and no dates of expiry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from app.base.errors import N_, Fact
from app.identity.passwords import LONGEST

LEAST, LEAST_OF_STAFF = 8, 12  # characters
COMMON = Path(__file__).with_name("common_passwords.txt")
ADDED = 4  # so many characters around a common word, or around one's name, help nobody
OWN = 6  # characters: shorter pieces of one's numbers are in many good passwords
HERE = frozenset(
    {"zhengzhao", "zhengzhaocaiji", "zikao", "ziku", "kaoshi", "kaoban", "biye", "biyezheng", "graduation"}
)
SPELT = str.maketrans("@$0135!", "asoiesi")  # as in P@$$w0rd
RUN = 3
ROWS = (
    "0123456789",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
)
FOLLOWING = frozenset(a + b for row in ROWS for a, b in pairwise(row))
NOT_LETTERS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
NOT_DIGITS = re.compile(r"^\D+|\D+$")
NOT_SAID = re.compile(r"[\W_]+")
REPEATED = re.compile(r"(.{1,4}?)\1+")
BIRTHDAYS = ("%Y%m%d", "%y%m%d", "%m%d%Y", "%d%m%Y")

SHORT = N_("太短：至少要 %(least)s 个字符。可以用几个不相干的词连起来。")
LONG = N_("太长：最多 %(most)s 个字符。")
KNOWN = N_("太常见：这是很多人都在用的密码（或只加了几个字符），别人最先试的就是它。")
OWN_NUMBER = N_("含有您自己的号码（准考证号、证件号码、生日、电话或登录名）：知道这些的人很容易猜到。")
PATTERN = N_("只是重复或连续的字符（如 aaaa、1234、qwer）：很容易猜到。")
SAME = N_("和现在的密码一样。请换一个新的。")
DIFFERENT = N_("两次输入的新密码不一样。请重新输入。")


class Weakness(NamedTuple):
    """Why a password is refused, in words and what fills their places."""

    text: str
    facts: dict[str, Fact]


def weaknesses(password: str, least: int, own: Iterable[str], names: Sequence[str] = ()) -> list[Weakness]:
    """Everything that is wrong with a new password; `own`: the person's numbers, `names` what they log in with."""
    plain = _plain(password)
    if len(password) > LONGEST:
        return [Weakness(LONG, {"most": LONGEST})]
    found = [Weakness(SHORT, {"least": least})] if len(password) < least else []
    judged = ((KNOWN, _is_common(plain)), (OWN_NUMBER, _is_own(plain, own, names)), (PATTERN, _is_pattern(plain)))
    return found + [Weakness(text, {}) for text, weak in judged if weak]


def spelt(day: date) -> set[str]:
    """A birthday as people write it into passwords."""
    return {day.strftime(each) for each in BIRTHDAYS} | {f"{day.year}{day.month}{day.day}"}


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(each for each in lines if each and not each.startswith("#"))


def _cores(plain: str) -> set[str]:
    """It, and what is left of it without the few characters that people put around a word or a number; what stands
    between those does not count."""
    found = set()
    for whole in (plain, NOT_SAID.sub("", plain)):
        cores = {whole, NOT_LETTERS.sub("", whole), NOT_DIGITS.sub("", whole)} - {""}
        found |= {core for core in cores if len(whole) - len(core) <= ADDED}
    return found


def _is_common(plain: str) -> bool:
    cores = _cores(plain)
    return not (cores | {each.translate(SPELT) for each in cores}).isdisjoint(_common() | HERE)


def _is_own(plain: str, own: Iterable[str], names: Sequence[str]) -> bool:
    said = NOT_SAID.sub("", plain)
    numbers = [NOT_SAID.sub("", _plain(each)) for each in own]
    pieces = {each[at : at + OWN] for each in numbers for at in range(len(each) - OWN + 1)}
    if any(each in said or each in said[::-1] for each in pieces):
        return True
    known = [NOT_SAID.sub("", _plain(each)) for each in names]
    return any(len(each) > RUN and each in said and len(said) - len(each) <= ADDED for each in known)


def _is_pattern(plain: str) -> bool:
    """Whether it is a short piece again and again, or nothing but runs along the keyboard or the alphabet; with or
    without a few characters around it."""
    cores = {plain} | {each for each in _cores(plain) if len(each) >= OWN}
    return any(REPEATED.fullmatch(each) or all(len(run) >= RUN for run in _runs(each)) for each in cores - {""})


def _runs(plain: str) -> list[str]:
    """The pieces in which each character follows, precedes or repeats the one before."""
    found = [plain[:1]]
    for before, after in pairwise(plain):
        if before == after or before + after in FOLLOWING or after + before in FOLLOWING:
            found[-1] += after
        else:
            found.append(after)
    return found


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password).lower()
