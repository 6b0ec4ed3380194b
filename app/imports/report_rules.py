"""What an import found: how many rows are new, changed, the same, wrong; what is wrong; which cases it touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import cast

from app.base.errors import Fact
from app.base.json_values import Json, JsonObject

SHOWN = 1000  # findings, and cases, that are kept with their words; all are counted


@dataclass(frozen=True)
class Mistake:
    """Something wrong: in which row, under which heading (empty: the whole row), in words with their facts."""

    place: int
    heading: str
    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseChange:
    """What an import changes for one application under way, and what follows from it.

    `changes`: field → (before, after), to be shown to operators only. `effect` is a word for the code that brings it
    about, empty when nothing is done; `text` says what follows.
    """

    application_id: int
    candidate_id: int
    exam_number: str
    name: str
    status: str
    changes: Mapping[str, tuple[str, str]]
    text: str
    effect: str = ""


@dataclass
class ImportReport:
    """Counts of rows, and the first SHOWN of what there is to say. `kept`: rows of ours that the list does not have:
    they stay as they are. `ignored`: headings that no field is for."""

    rows: int = 0
    empty: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    kept: int = 0
    findings: list[Mistake] = field(default_factory=list)
    problems: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: list[CaseChange] = field(default_factory=list)
    touched: int = 0
    ignored: list[str] = field(default_factory=list)

    @property
    def right(self) -> int:
        """Rows that can be taken."""
        return self.new + self.changed + self.same

    def add(self, findings: Iterable[Mistake]) -> None:
        """What is wrong with rows, the first rows first; how many rows are wrong is counted apart."""
        more = list(findings)
        self.problems.update((each.heading, each.text) for each in more)
        if more:
            self.findings = sorted([*self.findings, *more], key=lambda each: each.place)[:SHOWN]

    def touch(self, case: CaseChange) -> None:
        """A case that is touched."""
        self.touched += 1
        if len(self.cases) < SHOWN:
            self.cases.append(case)

    @property
    def counts(self) -> JsonObject:
        """What anybody may know: no personal data."""
        names = ("rows", "empty", "new", "changed", "same", "wrong", "kept", "touched")
        return {name: cast("int", getattr(self, name)) for name in names}

    def plain(self) -> JsonObject:
        """All of it, for a sealed file."""
        problems: list[Json] = [[heading, text, count] for (heading, text), count in self.problems.most_common()]
        found: list[Json] = [cast("JsonObject", asdict(each)) for each in self.findings]
        cases: list[Json] = [cast("JsonObject", asdict(each)) for each in self.cases]
        return {**self.counts, "ignored": self.ignored, "findings": found, "problems": problems, "cases": cases}


def read_report(plain: JsonObject) -> ImportReport:
    """The inverse of `plain`."""
    given = dict(plain)
    findings = [Mistake(**each) for each in cast("list[JsonObject]", given.pop("findings"))]  # type: ignore[arg-type]
    cases = [CaseChange(**each) for each in cast("list[JsonObject]", given.pop("cases"))]  # type: ignore[arg-type]
    problems = {(one, two): count for one, two, count in cast("list[tuple[str, str, int]]", given.pop("problems"))}
    return ImportReport(**given, findings=findings, cases=cases, problems=Counter(problems))  # type: ignore[arg-type]
