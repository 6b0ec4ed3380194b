"""Why a picture is rejected: coded reasons with texts for the candidate, from the rule pack and from people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from app.base.catalogue import english
from app.imaging.packs.pack import load
from app.imaging.packs.pack_schema import BilingualText
from app.imaging.report import Finding, Verdict
from app.review import reason_texts
from app.review.rules import DOCUMENTS, PORTRAIT

# What the gate refuses never reaches a reviewer, and what could not be measured is no fault.
NEVER = ("readable", "file_size", "resolution", "derived_size")
GONE = ("gone",)
DIRECTIONS = ("too_low", "too_high")
# The pictures that a reason is for, where it is not for every picture of a document.
ONLY = {
    "wrong_side": ("front", "back"),
    "not_held": ("holding",),
    "face_covered": ("holding",),
    "name_differs": ("front", "holding"),
    "number_differs": ("front", "holding"),
    "birth_differs": ("front", "holding"),
}


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


def check_names(language: str) -> Mapping[str, str]:
    """What each check of the pack is called."""
    names = reason_texts.CHECKS
    return names if language != "en" else {name: english(text, "check") for name, text in names.items()}


@cache
def catalogue() -> Mapping[str, Reason]:
    """Every reason there is, by code."""
    found = [
        *_of_the_pack(),
        *_of_people(reason_texts.PORTRAITS, (PORTRAIT,)),
        *_of_people(reason_texts.PAPERS, DOCUMENTS),
        *_of_people(reason_texts.OUTSIDE, ()),
        *_of_people(reason_texts.MISSING, (PORTRAIT, *DOCUMENTS)),
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


def _of_people(texts: Mapping[str, str], items: tuple[str, ...]) -> list[Reason]:
    return [Reason(code, text, english(text), ONLY.get(code, items)) for code, text in texts.items()]
