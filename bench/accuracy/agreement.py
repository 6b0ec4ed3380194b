"""The same pictures through the phone's code in a browser, and through the server's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.imaging.inspect import inspect
from app.imaging.packs.pack import load
from app.imaging.report import Finding, Report, Verdict
from bench.accuracy.faults import ALL
from bench.accuracy.figures import Rate, ranked
from bench.accuracy.phone import Seen, phone
from bench.accuracy.portraits import Good, jpeg
from bench.accuracy.tables import Cell, number, table

PACK = load()
COUNTED = "single_face"  # one more is not so many per cent more
EACH = 2  # portraits for every level of every fault
STEP = 7  # prime to the number of portraits, so that the levels meet all of them in turn
LEAST_AGREED, MOST_LET_THROUGH, MOST_BEYOND = 0.98, 0.005, 0.1
GATE = ("readable", "file_size", "resolution")  # the phone encodes its picture so that these hold
SAID = ("warn", "unsure", "refuse")
PROSE = Path(__file__).with_name("agreement.md")


@dataclass(frozen=True)
class Both:
    """What both say of a picture."""

    phone: Seen
    server: Report

    def values(self, check: str) -> tuple[float, float] | None:
        here, there = self.phone.findings.get(check), self.server.finding(check)
        if not here or here["verdict"] in ("unsure",) or there is None or there.value is None:
            return None
        return float(here["value"]), there.value

    def agree(self, check: str) -> bool | None:
        here, there = self.phone.findings.get(check), self.server.finding(check)
        return None if not here or there is None else (here["verdict"] in SAID) == (there.verdict in SAID)

    @property
    def refused(self) -> list[Finding]:
        return [each for each in self.server.findings if each.verdict is Verdict.REFUSE and each.check not in GATE]


def agreement(portraits: Sequence[Good]) -> str:
    """The section of docs/accuracy.md."""
    with phone() as hand:
        both = [Both(hand.look(body), inspect(body, "image/jpeg", PACK).report) for body in _pictures(portraits)]
    agreed = [verdict for check in _shared() for each in both if (verdict := each.agree(check)) is not None]
    green = [each for each in both if each.phone.green]
    good = sum(each.phone.green for each in both[: len(portraits)])
    refused, beyond = Rate(sum(bool(each.refused) for each in green), len(green)), _furthest(green)
    return PROSE.read_text().format(
        each=EACH,
        n=len(both),
        people=len({good.face.name for good in portraits}),
        shared=_table(both),
        margin=PACK.phone.margin.value,
        green=f"{len(green)} of {len(both)}",
        good=f"{good} of {len(portraits)}",
        agreed=Rate(sum(agreed), len(agreed)),
        agreed_met=_met(sum(agreed) >= LEAST_AGREED * len(agreed)),
        refused=refused,
        causes=_causes(green),
        refused_met=_met(refused.hits <= MOST_LET_THROUGH * refused.n),
        beyond=f"{beyond:.0%}",
        beyond_met=_met(beyond <= MOST_BEYOND),
    )


def _pictures(portraits: Sequence[Good]) -> Iterable[bytes]:
    for good in portraits:
        yield jpeg(good.image())
    turn = 0
    for fault in ALL:
        for level in fault.levels:
            for _ in range(EACH):
                turn += STEP
                yield jpeg(fault.make(portraits[turn % len(portraits)], level), fault.quality(level))


def _shared() -> list[str]:
    """What both measure."""
    return [name for name, rule in PACK.checks.items() if rule.phone != "no" and name not in GATE]


def _table(both: Sequence[Both]) -> str:
    heads = ("check", "phone runs it", "n", "difference: median", "95 %", "largest", "verdicts agree")
    return table(heads, [_row(check, both) for check in _shared()])


def _row(check: str, both: Sequence[Both]) -> tuple[Cell, ...]:
    apart = [abs(here - there) for here, there in filter(None, (each.values(check) for each in both))]
    agreed = [verdict for each in both if (verdict := each.agree(check)) is not None]
    spread = (number(median(apart)), number(ranked(apart, 0.95)), number(max(apart))) if apart else ("", "", "")
    said = str(Rate(sum(agreed), len(agreed))) if agreed else "never measured"
    return check, PACK.checks[check].phone, len(apart), *spread, said


def _causes(green: Sequence[Both]) -> str:
    """Which checks refused what was green, and whether the phone could have known."""
    counts: dict[str, int] = {}
    for each in green:
        for finding in each.refused:
            counts[finding.check] = counts.get(finding.check, 0) + 1
    said = ", ".join(f"`{check}` {count}" for check, count in sorted(counts.items(), key=lambda pair: -pair[1]))
    return f"By check: {said}." if said else ""


def _furthest(green: Sequence[Both]) -> float:
    """How far past its limit a shared check was on the server: a share of the range, or of the one limit."""
    return max((_beyond(each) for both in green for each in both.refused if each.check in _shared()), default=0.0)


def _beyond(finding: Finding) -> float:
    value, low, high = finding.value, finding.low, finding.high
    if value is None or finding.check == COUNTED:
        return 0.0
    past = max(0.0 if low is None else low - value, 0.0 if high is None else value - high)
    ends = [limit for limit in (low, high) if limit is not None]
    wide = max(ends) - min(ends) or abs(ends[0])
    return past / wide if wide else float(past > 0)


def _met(aim: bool) -> str:
    return "met" if aim else "**not met**"
