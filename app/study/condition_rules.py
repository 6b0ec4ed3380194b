"""Each condition of the forecast: how it stands, what is missing. Pure; one that asks nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.base.errors import N_, Fact
from app.study.counting_rules import PRACTICAL_KINDS, CountedCourse, CourseKind
from app.study.degree_rules import accepted

if TYPE_CHECKING:
    from app.study.model import Certificate, Penalty, Programme


@dataclass(frozen=True)
class Told:
    """A sentence that is translated where it is shown; `facts` fill its places."""

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """`name` is for programs, `title` for people; met when nothing is missing."""

    name: str
    title: str
    standing: Told
    missing: tuple[Told, ...] = ()

    @property
    def met(self) -> bool:
        """Whether it stands in nobody's way."""
        return not self.missing


@dataclass(frozen=True)
class ForecastCase:
    """All that conditions look at; `lines` are the courses as they count, `today` is Shanghai's."""

    programme: Programme
    lines: Sequence[CountedCourse]
    penalties: Sequence[Penalty]
    certificates: Sequence[Certificate]
    school: str
    today: date

    def of(self, *kinds: CourseKind) -> list[CountedCourse]:
        """The programme's courses of these kinds."""
        return [line for line in self.lines if line.kind in kinds]

    @property
    def degrees(self) -> list[Certificate]:
        """The earlier degrees that the programme accepts."""
        return accepted(self.programme, self.certificates)


def required(case: ForecastCase) -> Iterator[Condition]:
    """必考: every one is passed."""
    yield _all_passed("required", N_("必考课程"), case.of(CourseKind.REQUIRED))


def practical(case: ForecastCase) -> Iterator[Condition]:
    """实践 and 论文: every one is passed."""
    if lines := case.of(*PRACTICAL_KINDS):
        yield _all_passed("practical", N_("实践课程和毕业论文"), lines)


def elective(case: ForecastCase) -> Iterator[Condition]:
    """选考: the credits, the number of courses, or both."""
    credits, count = case.programme.elective_credits, case.programme.elective_count
    if not credits and not count:
        return
    passed = [line for line in case.of(CourseKind.ELECTIVE) if line.passed]
    has = sum(line.credits for line in passed)
    missing = []
    if has < credits:
        missing.append(Told(N_("选考课程还差 %(credits)s 学分。"), {"credits": credits - has}))
    if len(passed) < count:
        missing.append(Told(N_("选考课程还差 %(count)s 门。"), {"count": count - len(passed)}))
    facts = {"passed": len(passed), "credits": has, "asked_count": count, "asked": credits}
    yield Condition("elective", N_("选考课程"), Told(_elective_text(credits, count), facts), tuple(missing))


def _elective_text(credits: int, count: int) -> str:
    if credits and count:
        return N_("已通过 %(passed)s 门、%(credits)s 学分，要求 %(asked_count)s 门、%(asked)s 学分")
    if credits:
        return N_("已通过 %(passed)s 门、%(credits)s 学分，要求 %(asked)s 学分")
    return N_("已通过 %(passed)s 门、%(credits)s 学分，要求 %(asked_count)s 门")


def earlier_degree(case: ForecastCase) -> Iterator[Condition]:
    """An earlier degree of the level that the programme asks for is known."""
    level = case.programme.entry_level
    if not level:
        return
    missing = Told(
        N_("没有查到您的%(level)s或以上学历。请到“学历管理”核对，缺少的请联系市考办登记。"), {"level": level}
    )
    known = Told(N_("已登记：%(majors)s"), {"majors": "、".join(f"{each.level} {each.major}" for each in case.degrees)})
    asked = Told(N_("要求%(level)s或以上学历"), {"level": level})
    yield Condition(
        "earlier_degree", N_("已有学历"), known if case.degrees else asked, () if case.degrees else (missing,)
    )


def added(case: ForecastCase) -> Iterator[Condition]:
    """加考: for who comes from another field; without them in `lines`, nobody asks for any."""
    title = N_("加考课程")
    if lines := case.of(CourseKind.BRIDGING):
        yield from [_all_passed("added", title, lines)] if case.degrees else []
    elif any(course.kind == CourseKind.BRIDGING for course in case.programme.courses):
        yield Condition("added", title, Told(N_("已有学历属于相近专业，不需要加考")))


def schools(case: ForecastCase) -> Iterator[Condition]:
    """The practical courses and the thesis were passed for this major, at the examining school that is chosen."""
    lines = [line for line in case.of(*PRACTICAL_KINDS) if line.passed]
    text = N_("%(code)s %(name)s 是在其他专业或其他主考学校（%(school)s）通过的，与所选的不一致。")
    missing = [
        Told(text, {"code": line.code, "name": line.name, "school": line.school or "—"})
        for line in lines
        if not line.fits
    ]
    if case.of(*PRACTICAL_KINDS):
        standing = Told(N_("所选主考学校：%(school)s"), {"school": case.school})
        yield Condition("schools", N_("专业和主考学校一致"), standing, tuple(missing))


def notes(case: ForecastCase) -> Iterator[Condition]:
    """备注 of the programme."""
    passed = {line.code for line in case.lines if line.passed and line.kind}
    text = N_("%(note)s 已通过 %(passed)s 门，还差 %(short)s 门。")
    counted = [(note, len(passed & set(note["courses"]))) for note in case.programme.notes]
    missing = [
        Told(text, {"note": note["text"], "passed": has, "short": note["at_least"] - has})
        for note, has in counted
        if has < note["at_least"]
    ]
    if counted:
        standing = Told("%(notes)s", {"notes": " ".join(note["text"] for note, _has in counted)})
        yield Condition("notes", N_("专业备注"), standing, tuple(missing))


def penalty(case: ForecastCase) -> Iterator[Condition]:
    """停考: none is running."""
    text = N_("停考处理到 %(until)s 为止（%(reason)s），之后才能申请毕业。")
    running = [each for each in case.penalties if each.starts_on <= case.today <= each.ends_on]
    missing = [
        Told(text, {"until": each.ends_on.isoformat(), "reason": each.reason})
        for each in sorted(running, key=lambda each: (each.ends_on, each.reason))
    ]
    standing = Told(N_("有停考处理") if missing else N_("没有正在执行的停考处理"))
    yield Condition("penalty", N_("考风考纪"), standing, tuple(missing))


def certificate(case: ForecastCase) -> Iterator[Condition]:
    """No certificate was issued before for this major."""
    text = N_("%(issued)s 已为本专业颁发过毕业证书，不能再次申请。")
    earlier = sorted(each.issued_on for each in case.certificates if each.major_code == case.programme.code)
    missing = [Told(text, {"issued": each.isoformat()}) for each in earlier]
    standing = Told(N_("已颁发过") if missing else N_("没有颁发过本专业的毕业证书"))
    yield Condition("certificate", N_("本专业毕业证书"), standing, tuple(missing))


def _all_passed(name: str, title: str, lines: Sequence[CountedCourse]) -> Condition:
    passed = [line for line in lines if line.passed]
    facts = {"passed": len(passed), "count": len(lines), "credits": sum(line.credits for line in passed)}
    missing = tuple(_not_passed(line) for line in lines if not line.passed)
    return Condition(name, title, Told(N_("已通过 %(passed)s / %(count)s 门，%(credits)s 学分"), facts), missing)


def _not_passed(line: CountedCourse) -> Told:
    facts: dict[str, Fact] = {"code": line.code, "name": line.name, "credits": line.credits, "score": line.score}
    if line.score:
        return Told(N_("%(code)s %(name)s（%(credits)s 学分）成绩 %(score)s，未合格。"), facts)
    return Told(N_("%(code)s %(name)s（%(credits)s 学分）还没有成绩。"), facts)


ALL = (required, practical, elective, earlier_degree, added, schools, notes, penalty, certificate)
