"""The figures of `bench.accuracy.eye`, as values that are kept and as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from string import Template
from typing import TYPE_CHECKING, Any

from bench.accuracy.figures import ranked
from bench.accuracy.tables import number, table

if TYPE_CHECKING:
    from bench.accuracy.eye import Trial, Trials

Figures = Mapping[str, Any]  # as JSON
HEADS = ("", "pictures", "the server passes", "of them green", "green, refused", "red, passes", "red for ever", "agree")
BRIEFLY = ("distance", "all")
PROSE = Path(__file__).with_name("eye.md")
CHECK_HEADS = ("check", "n", "phone − server: mean", "median", "95 % within", "largest")


def figures(trials: Trials) -> Figures:
    """Ready for JSON."""
    done = trials.done
    groups: tuple[tuple[str, Callable[[Trial], str]], ...] = (
        ("distance", lambda each: f"{each.stand.distance:g} cm"),
        ("camera", lambda each: str(each.stand.camera)),
        ("faces", _kind),
    )
    return {
        "people": len({each.stand.sitter.name for each in done}),
        "sets": dict(Counter({each.stand.sitter.name: each.stand.sitter.source for each in done}.values())),
        "left_out": dict(trials.left_out.most_common()),
        "live": {
            name: {key: _live(part) for key, part in _parted(done, of).items()}
            for name, of in (*groups, ("all", lambda _each: "all"))
        },
        "after": _after(done),
        "checks": {check: spread for check in _shared(done) if (spread := _spread(check, done))},
    }


def section(kept: Figures) -> str:
    """The section of docs/accuracy.md: `before` and `now`."""
    before, now = kept["before"], kept["now"]
    return Template(PROSE.read_text()).substitute(
        people=now["people"],
        sets=", ".join(f"{count} of {name}" for name, count in now["sets"].items()),
        left_out=left_out(now),
        before_people=before["people"],
        before=live(before, BRIEFLY),
        before_after=after(before),
        now=live(now),
        now_after=after(now),
        checks=checks(now),
        before_checks=checks(before),
    )


def printed(found: Figures) -> str:
    """The tables, in Markdown."""
    return "\n\n".join((live(found), after(found), checks(found), left_out(found)))


def live(found: Figures, groups: Sequence[str] = ("distance", "camera", "faces", "all")) -> str:
    """Green on the phone against pass on the server."""
    rows = [_row(key, each) for group in groups for key, each in found["live"][group].items()]
    return table(HEADS, rows)


def after(found: Figures) -> str:
    """What the phone says after the shutter against the server."""
    each = found["after"]
    return (
        f"After the shutter, {each['n']} pictures: the phone says *will be refused* of {each['bad']}; of these the "
        f"server passes {_counted(each['bad_passes'])}. Of the others the server refuses "
        f"{_counted(each['quiet_refused'])}; of {each['unsure']} the phone is not sure."
    )


def checks(found: Figures) -> str:
    """How far each measure of the phone is from the server's."""
    rows = [
        (check, str(each["n"]), *(number(each[key]) for key in ("mean", "median", "p95", "largest")))
        for check, each in found["checks"].items()
    ]
    return table(CHECK_HEADS, rows)


def left_out(found: Figures) -> str:
    """What could not be tried."""
    said = ", ".join(f"{why}: {count}" for why, count in found["left_out"].items())
    return f"Left out: {said or 'nothing'}."


def _kind(trial: Trial) -> str:
    if trial.stand.sitter.enlarged:
        return "photographs out of packages, enlarged"
    return "generated" if trial.stand.sitter.generated else "photographs"


def _parted(done: Iterable[Trial], of: Callable[[Trial], str]) -> dict[str, list[Trial]]:
    parts: dict[str, list[Trial]] = {}
    for each in done:
        parts.setdefault(of(each), []).append(each)
    return parts


def _live(done: Sequence[Trial]) -> dict[str, Any]:
    passing = [each for each in done if each.passes]
    false_green = [each for each in done if each.phone.green and not each.passes]
    false_red = [each for each in passing if not each.phone.green]
    return {
        "n": len(done),
        "passes": len(passing),
        "both": sum(each.phone.green for each in passing),
        "green_refused": _tally(false_green, lambda each: each.refused),
        "red_passes": _tally(false_red, lambda each: [each.phone.prompt]),
        "red_for_ever": sum(not each.swayed for each in false_red),
    }


def _after(done: Sequence[Trial]) -> dict[str, Any]:
    return {
        "n": len(done),
        "bad": sum(bool(each.bad) for each in done),
        "bad_passes": _tally([each for each in done if each.bad and each.passes], lambda each: each.bad),
        "quiet_refused": _tally([each for each in done if not each.bad and not each.passes], lambda each: each.refused),
        "unsure": sum(each.phone.unsure for each in done if not each.bad),
    }


def _tally(done: Sequence[Trial], of: Callable[[Trial], list[str]]) -> dict[str, Any]:
    return {"n": len(done), "by": dict(Counter(check for each in done for check in of(each)).most_common())}


def _shared(done: Iterable[Trial]) -> list[str]:
    return sorted({check for each in done for check in each.phone.findings})


def _spread(check: str, done: Iterable[Trial]) -> dict[str, float] | None:
    apart = []
    for each in done:
        here, there = each.phone.findings.get(check), each.server.finding(check)
        if here and here["value"] is not None and there and there.value is not None:
            apart.append(float(here["value"]) - there.value)
    if not apart:
        return None
    far = [abs(value) for value in apart]
    return {
        "n": len(apart),
        "mean": mean(apart),
        "median": median(apart),
        "p95": ranked(far, 0.95),
        "largest": max(far),
    }


def _row(key: str, each: Mapping[str, Any]) -> tuple[str, ...]:
    wrong = each["green_refused"]["n"] + each["red_passes"]["n"]
    agreed = f"{100 * (each['n'] - wrong) / each['n']:.1f} %"
    counts = (str(each[name]) for name in ("n", "passes", "both"))
    wrongs = (_counted(each["green_refused"]), _counted(each["red_passes"]), str(each.get("red_for_ever", "—")))
    return (key, *counts, *wrongs, agreed)


def _counted(tally: Mapping[str, Any]) -> str:
    return f"{tally['n']} ({_named(tally)})" if tally["n"] else "0"


def _named(tally: Mapping[str, Any]) -> str:
    return ", ".join(f"`{check}` {count}" for check, count in tally["by"].items()) or "none"
