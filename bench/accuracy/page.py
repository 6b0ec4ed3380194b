"""docs/accuracy.md out of its prose and the figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

from app.base.clock import SystemClock
from app.imaging.report import Verdict
from bench.accuracy import tables
from bench.accuracy.eye import KEPT
from bench.accuracy.eye_tables import section
from bench.accuracy.faces import FACES, SIZE
from bench.accuracy.figures import FEWEST, Rate
from bench.accuracy.trials import PACK, Tried, Unbroken

PROSE = Path(__file__).with_name("page.md")
STRONG, WEAK = 0.95, 0.8
OFTEN = 0.05


def page(bases: Sequence[Unbroken], done: Sequence[Tried], agreement: str) -> str:
    """The whole page."""
    return Template(PROSE.read_text()).substitute(
        pack=PACK.name,
        version=PACK.version,
        when=f"{SystemClock().now():%Y-%m-%d}",
        size=f"{SIZE[0]}×{SIZE[1]}",
        count=len(bases),
        people=len(FACES),
        pairs=len(bases) // 2,
        summary=summary(bases, done),
        eyes=spread(bases, "eyes_open"),
        pitch=spread(bases, "pitch"),
        faces=tables.faces(),
        alarms=tables.alarms(bases),
        verdicts=tables.verdicts(bases),
        faults=tables.faults(done),
        values=tables.values(done),
        mirrors=tables.mirrors(bases),
        agreement=agreement,
        eye=section(json.loads(KEPT.read_text())),
    )


def summary(bases: Sequence[Unbroken], done: Sequence[Tried]) -> str:
    """Strong, middling, weak: by the worst of the levels that break the rule."""
    if len(bases) < FEWEST:
        return f"n = {len(bases)}: no rates, hence no summary."
    groups = (
        (f"Told in at least {STRONG:.0%} of pictures at every level that breaks the rule:", STRONG, 2.0),
        (f"Told in {WEAK:.0%} to {STRONG:.0%} at the worst of these levels:", WEAK, STRONG),
        (f"**Weak**, under {WEAK:.0%} at the worst of these levels, not to be relied upon:", -1.0, WEAK),
    )
    parts = [(head, [_line(each) for each in done if low <= share(each.least) < high]) for head, low, high in groups]
    parts.append((f"**False alarms** on more than {OFTEN:.0%} of the good portraits:", list(_alarms(bases))))
    return "\n\n".join(f"{head}\n\n" + "\n".join(lines or ["- none"]) for head, lines in parts)


def _line(tried: Tried) -> str:
    fault = tried.fault
    return f"- {fault.name}, {tried.hardest:g} {fault.unit} (`{fault.check}`): {tried.least}"


def _alarms(bases: Sequence[Unbroken]) -> Iterable[str]:
    for name in PACK.checks:
        found = [finding for base in bases if (finding := base.report.finding(name))]
        said = Rate(sum(each.verdict is not Verdict.PASS for each in found), len(found))
        if found and share(said) > OFTEN:
            yield f"- `{name}` (says at most {PACK.checks[name].severity}): {said}"


def share(rate: Rate) -> float:
    """0 to 1."""
    return rate.hits / rate.n


def spread(bases: Sequence[Unbroken], check: str) -> str:
    """From the least to the largest value of the good portraits."""
    values = [value for base in bases if (value := base.value(check)) is not None]
    return f"{tables.number(min(values))} … {tables.number(max(values))}"
