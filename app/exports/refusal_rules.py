"""Whom a row of a list of refusals means, and what it does to that candidate's application; without a database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from app.application.status_rules import APPROVED, STATUSES
from app.application.workflow import Status
from app.base.errors import Fact
from app.exports import refusal_texts as texts
from app.exports.field_rules import LEVEL_CODES
from app.imports.texts import NO_CANDIDATE
from app.imports.value_rules import Wrong, shown

CODE = "refused_outside"
NUMBER = re.compile(r"[0-9A-Z()]{6,30}")


class WrongRow(Wrong):
    """A row that cannot be carried out; under which heading (empty: the whole row), in words."""

    def __init__(self, heading: str, text: str, **facts: Fact) -> None:
        super().__init__(text, facts)
        self.heading = heading


class RefusalEffect(StrEnum):
    """What a row does: reopen a case; reopen one that had been reopened before; nothing, since it was reopened."""

    REOPEN = "reopen"
    AGAIN = "again"
    DONE = "done"


@dataclass(frozen=True)
class RefusedRow:
    """How a row names a candidate; empty: not so."""

    exam_number: str
    id_number: str
    file_name: str

    @property
    def words(self) -> list[str]:
        """What may be a number of a candidate, in the order in which it stands there."""
        given = [word for word in (self.exam_number, self.id_number.upper()) if word]
        return [*given, *words_in(self.file_name)]


@dataclass(frozen=True)
class KnownPeople:
    """Candidates by 准考证号, by 证件号 (several may share one), and their levels."""

    by_exam_number: Mapping[str, int]
    by_id_number: Mapping[str, Set[int]]
    levels: Mapping[int, str]

    def of(self, word: str) -> Set[int]:
        """Who has this number of either kind."""
        if word in self.by_exam_number:
            return {self.by_exam_number[word]}
        return self.by_id_number.get(word, set())


@dataclass
class PhotoHistory:
    """What is known of a candidate: where the live application stands, whether some office can tell the candidate,
    whether a photo was refused before, and whether the one that counts now has been exported."""

    status: Status | None = None
    has_office: bool = False
    refused: bool = False
    exported: bool = False


def words_in(file_name: str) -> list[str]:
    """What may be a number, or the code of a level, in a photo's name such as 440104…_5.jpg."""
    name = re.split(r"[\\/]", file_name.strip())[-1].upper()
    stem = name.rpartition(".")[0] or name
    return [word for word in dict.fromkeys([*stem.split("_"), *NUMBER.findall(stem)]) if word]


def person_of(row: RefusedRow, known: KnownPeople) -> int:
    """The one candidate whom a row means. Raises WrongRow."""
    meant = _meant(row, known)
    if not meant:
        if row.file_name:
            raise WrongRow(texts.FILE_NAME, texts.NO_NAME, value=shown(row.file_name))
        raise WrongRow(texts.EXAM_NUMBER, texts.NO_NUMBER)
    common = set.intersection(*map(set, meant))
    if not common:
        raise WrongRow("", texts.DIFFERENT)
    levels = {level for level, code in LEVEL_CODES.items() if code in words_in(row.file_name)}
    if len(common) > 1 and levels:
        common = {each for each in common if known.levels[each] in levels} or common
    if len(common) > 1:
        number = row.id_number or next(word for word in row.words if len(known.of(word)) > 1)
        raise WrongRow(texts.ID_NUMBER, texts.SEVERAL, value=shown(number))
    return common.pop()


def _meant(row: RefusedRow, known: KnownPeople) -> list[Set[int]]:
    """Whom each way of naming allows. A file's name is only asked for whom it knows: others call files as they like."""
    meant: list[Set[int]] = []
    if row.exam_number:
        if row.exam_number not in known.by_exam_number:
            raise WrongRow(texts.EXAM_NUMBER, NO_CANDIDATE, value=shown(row.exam_number))
        meant.append({known.by_exam_number[row.exam_number]})
    if row.id_number:
        if not (owners := known.by_id_number.get(row.id_number.upper())):
            raise WrongRow(texts.ID_NUMBER, texts.NO_ID, value=shown(row.id_number))
        meant.append(owners)
    named = (known.of(word) for word in words_in(row.file_name))
    return [*meant, *(each for each in named if each)]


def standing_of(history: PhotoHistory) -> RefusalEffect:
    """What a row does. A list can only be about a photo that has left: while a new one has not been exported, it is
    about the former one. Raises WrongRow."""
    if history.refused and not (history.status in APPROVED and history.exported):
        return RefusalEffect.DONE
    if history.status is None:
        raise WrongRow("", texts.NOT_APPLIED)
    if history.status not in APPROVED:
        raise WrongRow("", texts.NOT_APPROVED, status=STATUSES[history.status].label)
    if not history.has_office:
        raise WrongRow("", texts.NO_OFFICE)
    return RefusalEffect.AGAIN if history.refused else RefusalEffect.REOPEN


def what_follows(standing: RefusalEffect, status: Status) -> str:
    """In words."""
    if standing == RefusalEffect.DONE:
        return texts.DONE
    if standing == RefusalEffect.AGAIN:
        return texts.REOPENS_AGAIN
    return texts.REOPENS_SUBMITTED if status == Status.SUBMITTED else texts.REOPENS
