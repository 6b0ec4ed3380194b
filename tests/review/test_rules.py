"""What an office may decide and what follows, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.application.workflow import REVIEW, Status
from app.base.errors import Refused
from app.identity.actor_rules import Role
from app.imaging import report
from app.imaging.packs.pack import load
from app.review import reason_rules
from app.review.rules import (
    DOCUMENTS,
    PORTRAIT,
    Choice,
    Past,
    Verdict,
    action_for,
    check,
    claim_ended,
    is_region,
    items_in,
    key_of,
    key_text,
    may_undo,
    open_items,
    statuses_of,
)
from tests.procedure import REVIEWS

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HASHES = {"portrait": "p", "front": "f", "back": "b", "holding": "h"}


def verdict(opinion: str = "", **choices: Choice | bool) -> Verdict:
    """approve, reject, or a Choice, by item."""
    said = {item: each if isinstance(each, Choice) else Choice(each, HASHES[item]) for item, each in choices.items()}
    return Verdict(Status.FULL_REVIEW_CITY, said, opinion)


@pytest.mark.parametrize(
    ("choices", "action"),
    [
        ({"portrait": True, "front": True}, "approve"),
        ({"portrait": False, "front": True}, "reject_portrait"),
        ({"portrait": False, "front": False}, "reject_portrait"),
        ({"portrait": True, "front": False}, "reject_documents"),
        ({"front": False}, "reject_documents"),
    ],
)
def test_what_follows_from_the_choices(choices: dict[str, bool], action: str) -> None:
    assert action_for(verdict("", **choices)) == action


def test_every_action_that_can_follow_is_in_the_table_of_steps() -> None:
    for status in REVIEWS:
        actions = {step.action for step in REVIEW if step.source == status}
        possible = {action_for(verdict("", **{item: False})) for item in items_in(status)} | {"approve"}
        assert possible == actions


def test_the_city_and_the_province_share_no_status() -> None:
    assert set(statuses_of(Role.CITY)) & set(statuses_of(Role.PROVINCE)) == set()
    assert set(statuses_of(Role.CITY)) | set(statuses_of(Role.PROVINCE)) == set(REVIEWS)
    assert statuses_of(None) == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (verdict(portrait=True), "undecided"),
        (verdict(portrait=True, front=False), "reason_needed"),
        (Verdict(Status.FULL_REVIEW_CITY), "undecided"),
        (verdict(portrait=Choice(True, "another")), "moved_on"),
        (verdict(opinion="不清楚", back=False), "moved_on"),
    ],
)
def test_an_act_that_says_too_little_or_is_about_something_else_is_refused(said: Verdict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check(said, HASHES, ("portrait", "front"))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "said",
    [
        verdict(portrait=True, front=True),
        verdict(portrait=True, front=Choice(False, "f", ("unreadable",))),
        verdict(opinion="不清楚", front=False),
    ],
)
def test_an_act_is_enough_when_all_is_approved_or_something_is_rejected_with_a_reason(said: Verdict) -> None:
    check(said, HASHES, ("portrait", "front"))


def past(item: str, sha256: str, level: Role, approved: bool) -> Past:
    return Past(item, sha256, level, approved)


@pytest.mark.parametrize(
    ("history", "opened"),
    [
        ([], tuple(HASHES)),
        ([past("front", "f", Role.CITY, True)], ("portrait", "back", "holding")),
        ([past("front", "older", Role.CITY, True)], tuple(HASHES)),
        ([past("front", "f", Role.PROVINCE, True)], tuple(HASHES)),
        ([past("front", "f", Role.CITY, True), past("front", "f", Role.PROVINCE, False)], tuple(HASHES)),
        ([past(item, sha256, Role.CITY, True) for item, sha256 in HASHES.items()], tuple(HASHES)),
    ],
)
def test_only_what_this_level_has_not_approved_is_open_and_never_nothing(
    history: list[Past], opened: tuple[str, ...]
) -> None:
    assert open_items(HASHES, history, Role.CITY) == opened


def test_a_claim_ends_after_half_an_hour_without_a_move() -> None:
    assert claim_ended(None, NOW)
    assert not claim_ended(NOW - timedelta(minutes=30), NOW)
    assert claim_ended(NOW - timedelta(minutes=30, seconds=1), NOW)


def test_an_act_may_be_undone_for_a_minute() -> None:
    assert may_undo(NOW - timedelta(seconds=60), NOW)
    assert not may_undo(NOW - timedelta(seconds=61), NOW)


@given(some.timedeltas(timedelta(-9000), timedelta(9000)), some.integers(1, 10**15))
def test_a_place_in_the_queue_survives_an_address(away: timedelta, number: int) -> None:
    key = (NOW + away, number)
    assert key_of(key_text(*key)) == key


@given(some.text())
def test_any_words_are_a_place_or_none(words: str) -> None:
    found = key_of(words)
    assert found is None or found[1] >= 0


@given(some.tuples(*[some.floats() for _ in range(4)]))
def test_a_region_lies_within_the_picture(region: tuple[float, float, float, float]) -> None:
    if is_region(region):
        assert all(0 <= each <= 1.001 for each in region)


def test_reasons_come_from_the_pack_and_from_people_with_texts_in_both_languages() -> None:
    known = reason_rules.catalogue()
    for name, rule in load().checks.items():
        for way in {"too_low", "too_high"} & set(rule.advice):
            assert name in reason_rules.NEVER or known[f"{name}.{way}"].text("zh") == rule.advice[way].zh
    for reason in known.values():
        assert all(words and "!" not in words and "！" not in words for words in (reason.zh, reason.en))
        assert set(reason.items) <= {PORTRAIT, *DOCUMENTS}
    assert {"not_the_person", "retouched", "old_photo"} <= {each.code for each in reason_rules.reasons_for("portrait")}
    assert "not_held" in {each.code for each in reason_rules.reasons_for("holding")}
    assert "not_held" not in {each.code for each in reason_rules.reasons_for("front")}


def test_every_check_has_a_name_in_both_languages() -> None:
    for language in ("zh", "en"):
        assert reason_rules.check_names(language).keys() >= load().checks.keys()


def test_what_the_report_found_stands_first() -> None:
    finding = report.Finding("eye_line", 310, "px", 200, 300, report.Verdict.REFUSE)
    unsure = report.Finding("yaw", None, "degrees", -15, 15, report.Verdict.UNSURE)
    told = report.Finding("occlusion", 1, "share", None, 0.5, report.Verdict.INFORM)
    codes = reason_rules.flagged([finding, unsure, told])
    assert codes == ("eye_line.too_high", "yaw.too_low", "yaw.too_high")
    first = [each.code for each in reason_rules.reasons_for("portrait", codes)[:4]]
    assert set(first[:3]) == set(codes)
    assert not reason_rules.catalogue()[first[3]].check


def test_a_code_that_is_no_longer_known_is_shown_as_it_is() -> None:
    assert reason_rules.texts(["unreadable", "long_gone"], "en")[1] == "long_gone"
