"""What follows for an application when a candidate's records change, by its status. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.application.status_rules import APPROVED, IN_REVIEW, WITH_THE_CANDIDATE
from app.application.workflow import Branch, Status
from app.imports import case_texts


class Effect(StrEnum):
    """What an import does for a case. NOTE only records it, and rings."""

    ASK = "ask"
    AGAIN = "again"
    RELEASE = "release"
    FORECAST = "forecast"
    NOTE = "note"
    NOTHING = ""


class Consequence(NamedTuple):
    """In words, and for the code."""

    text: str
    effect: Effect


# Where an application can go on whatever the type of the document is.
BRANCH_MAY_CHANGE = (Status.CAPTURE, *APPROVED)


def of_identity(status: Status, branch: Branch) -> Consequence:
    """Name, sex, day of birth or document have changed; `branch` is the new one."""
    if status in IN_REVIEW:
        return Consequence(case_texts.OFFICE_LOOKS_AGAIN, Effect.RELEASE)
    if status == Status.READY:
        return Consequence(case_texts.AFTER_APPROVAL, Effect.NOTE)
    if status == Status.SUBMITTED:
        return Consequence(case_texts.AFTER_SUBMISSION, Effect.NOTE)
    if branch == Branch.OTHER:
        return Consequence(case_texts.NOT_COMPARED, Effect.NOTE)
    if status in WITH_THE_CANDIDATE:
        return Consequence(case_texts.COMPARED_AGAIN, Effect.AGAIN)
    return Consequence(case_texts.ASKED_AT_ONCE, Effect.ASK)


def of_register(status: Status) -> Consequence | None:
    """The register says something else about somebody with an ID card; None where that is asked no more."""
    if status == Status.REGISTER_CHECK:
        return Consequence(case_texts.ASKED_AT_ONCE, Effect.ASK)
    return Consequence(case_texts.COMPARED_AGAIN, Effect.AGAIN) if status == Status.DOCUMENTS else None


def of_forecast(status: Status, before: bool, after: bool) -> Consequence:
    """The forecast passed `before`, and passes `after`."""
    if before == after:
        return Consequence(case_texts.FORECAST_SAME, Effect.NOTHING)
    if after:
        return Consequence(case_texts.FORECAST_MADE, Effect.NOTE)
    if status == Status.SUBMITTED:
        return Consequence(case_texts.UNMADE_TOO_LATE, Effect.NOTE)
    return Consequence(case_texts.FORECAST_UNMADE, Effect.FORECAST)
