"""The tables of docs/accuracy.md, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from app.imaging.report import Verdict
from bench.accuracy.faces import FACES
from bench.accuracy.figures import Rate
from bench.accuracy.trials import PACK, Tried, Unbroken

Cell = str | float | Rate
ANGLES = ("roll", "yaw", "shoulders")
SAME = (
    "pitch",
    "eye_line",
    "hair_line",
    "face_width",
    "inter_eye_distance",
    "mouth_closed",
    "luminance_mean",
    "sharpness",
    "illumination_uniformity",
)


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A Markdown table."""
    lines: list[Sequence[Cell]] = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def faces() -> str:
    """Who."""
    return table(("name here", "who", "from"), [(face.name, face.told, face.source) for face in FACES])


def alarms(bases: Sequence[Unbroken]) -> str:
    """For each check what it said of good portraits, and the values."""
    return table(
        ("check", "says at most", "said", "values of the good portraits", "limits"),
        [_alarm(name, bases) for name in PACK.checks if name != "readable"],
    )


def _alarm(name: str, bases: Sequence[Unbroken]) -> tuple[Cell, ...]:
    found = [finding for base in bases if (finding := base.report.finding(name))]
    values = [each.value for each in found if each.value is not None]
    said = Rate(sum(each.verdict is not Verdict.PASS for each in found), len(found))
    spread = f"{number(min(values))} … {number(max(values))}" if values else "none"
    unsure = f" ({len(found) - len(values)} unsure)" if len(values) < len(found) else ""
    rule = PACK.checks[name]
    low, high = ("" if limit is None else number(limit) for limit in rule.limits)
    return name, rule.severity, f"{said}{unsure}", spread, f"{low} … {high} {rule.unit}"


def verdicts(bases: Sequence[Unbroken]) -> str:
    """Whole reports by verdict."""
    counts = Counter(str(base.report.verdict) for base in bases)
    return ", ".join(f"{verdict} {count} of {len(bases)}" for verdict, count in counts.most_common())


def faults(all_tried: Sequence[Tried]) -> str:
    """For each fault a row of rates."""
    heads = ("check", "fault", "level", "told", "unsure", "values")
    return table(heads, [row for each in all_tried for row in _levels(each)])


def _levels(tried: Tried) -> Iterable[tuple[Cell, ...]]:
    fault = tried.fault
    for level in fault.levels:
        values = [trial.finding.value for trial in tried.at(level) if trial.finding.value is not None]
        spread = f"{number(min(values))} … {number(max(values))}" if values else ""
        shown = f"**{level:g} {fault.unit}**" if tried.broken(level) else f"{level:g} {fault.unit}"
        name = fault.name + (f" ({fault.remark})" if fault.remark and level == fault.levels[0] else "")
        yield fault.check, name, shown, tried.told(level), tried.unsure(level) or "", spread


def values(all_tried: Sequence[Tried]) -> str:
    """For each fault whose value is known."""
    known = [(each.fault, each.line) for each in all_tried if each.line]
    rows = [
        (fault.check, fault.name, line.n, f"{line.slope:.3f}", number(line.bias), number(line.worst))
        for fault, line in known
    ]
    return table(("check", "fault", "n", "slope", "bias", "largest error"), rows)


def mirrors(bases: Sequence[Unbroken]) -> str:
    """Each portrait beside its mirror image."""
    largest = {name: max(_apart(name, bases), default=0.0) for name in (*ANGLES, *SAME)}
    rows = [(name, PACK.checks[name].unit, number(apart)) for name, apart in largest.items()]
    return table(("check", "unit", "largest difference"), rows)


def pairs(bases: Sequence[Unbroken]) -> list[tuple[Unbroken, Unbroken]]:
    """The portraits with their mirror images."""
    straight, turned = ([base for base in bases if base.good.mirrored is way] for way in (False, True))
    return list(zip(straight, turned, strict=True))


def _apart(name: str, bases: Sequence[Unbroken]) -> Iterable[float]:
    for one, other in pairs(bases):
        here, there = one.value(name), other.value(name)
        if here is not None and there is not None:
            yield abs(here + there) if name in ANGLES else abs(here - there)


def number(value: float) -> str:
    """Three digits are enough."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
