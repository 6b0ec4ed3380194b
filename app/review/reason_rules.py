"""Why a picture is rejected: coded reasons with texts for the candidate, from the rule pack and from `reasons.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from app.imaging.packs.pack import load
from app.imaging.packs.pack_schema import BilingualText
from app.imaging.report import Finding, Verdict
from app.review.rules import DOCUMENTS, PORTRAIT

FILE = Path(__file__).with_name("reasons.toml")
# What the gate refuses never reaches a reviewer, and what could not be measured is no fault.
NEVER = ("readable", "file_size", "resolution", "derived_size")
GONE = ("gone",)
DIRECTIONS = ("too_low", "too_high")


class WrittenReason(TypedDict):
    """A text of `reasons.toml` in both languages; `items`: what it may be said about, where not about all."""

    zh: str
    en: str
    items: NotRequired[list[str]]


@dataclass(frozen=True)
class Reason:
    """`code` is kept with the decision; `check` is the rule pack's check that it stands for, if any."""

    code: str
    zh: str
    en: str
    items: tuple[str, ...]
    check: str = field(default="")

    def text(self, language: str) -> str:
        """What the candidate reads."""
        return self.en if language == "en" else self.zh


def reasons_for(item: str, flagged: Iterable[str] = (), missing: bool = False) -> list[Reason]:
    """The reasons that may be given for an item: `flagged` codes first, then what only people see, then the rest.

    Of an item whose picture is `missing` there is only one thing to say.
    """
    first = tuple(flagged)
    fitting = [reason for reason in catalogue().values() if item in reason.items and (reason.code in GONE) == missing]
    return sorted(fitting, key=lambda reason: 0 if reason.code in first else 2 if reason.check else 1)


def flagged(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes that follow from a report: what its checks found too low or too high, or could not tell."""
    counting = [each for each in findings if each.verdict not in (Verdict.PASS, Verdict.INFORM)]
    codes = [f"{each.check}.{way}" for each in counting for way in _ways(each)]
    return tuple(code for code in codes if code in catalogue())


def _ways(finding: Finding) -> tuple[str, ...]:
    if finding.value is None:
        return DIRECTIONS
    if finding.low is not None and finding.value < finding.low:
        return ("too_low",)
    return ("too_high",) if finding.high is not None else ()


def texts(codes: Iterable[str], language: str) -> tuple[str, ...]:
    """The texts of these codes; a code that a newer pack no longer knows is shown as it is."""
    known = catalogue()
    return tuple(known[code].text(language) if code in known else code for code in codes)


def check_names(language: str) -> dict[str, str]:
    """What each check of the pack is called."""
    return {name: words["en"] if language == "en" else words["zh"] for name, words in _read()["checks"].items()}


@cache
def catalogue() -> Mapping[str, Reason]:
    """Every reason there is, by code."""
    found = [
        *_of_the_pack(),
        *_of_people("portrait", (PORTRAIT,)),
        *_of_people("document", DOCUMENTS),
        *_of_people("missing", (PORTRAIT, *DOCUMENTS)),
    ]
    return {reason.code: reason for reason in found}


def _of_the_pack() -> list[Reason]:
    rules = {name: rule for name, rule in load().checks.items() if name not in NEVER}
    return [
        _of_a_check(name, way, rule.advice[way])
        for name, rule in rules.items()
        for way in DIRECTIONS
        if way in rule.advice
    ]


def _of_a_check(name: str, way: str, words: BilingualText) -> Reason:
    return Reason(f"{name}.{way}", words.zh, words.en, (PORTRAIT,), name)


def _of_people(kind: str, items: tuple[str, ...]) -> list[Reason]:
    return [
        Reason(code, words["zh"], words["en"], tuple(words.get("items", items)))
        for code, words in _read()[kind].items()
    ]


@cache
def _read() -> dict[str, dict[str, WrittenReason]]:
    return tomllib.loads(FILE.read_text("utf-8"))
