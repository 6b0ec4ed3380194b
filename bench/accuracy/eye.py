"""`python -m bench.accuracy.eye`: green on the phone ⇔ pass on the server? People before a white wall, 60–120 cm away.

FACES=folder adds the pictures of a folder with its `index.csv` to those that packages carry; `--every N` takes every
Nth of them; `--keep` keeps the figures for docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.imaging.inspect import inspect
from app.imaging.report import Report, Verdict
from bench.accuracy.eye_tables import figures, printed
from bench.accuracy.phone import Phone, Seen, phone
from bench.accuracy.portraits import jpeg
from bench.accuracy.sitters import PACK, NotUsable, Sitter, sitters
from bench.accuracy.stand import CAMERAS, DISTANCES, SWAY, Camera, Stand

KEPT = Path(__file__).with_name("eye.json")
FRAME = 97  # quality: a camera's frame is not compressed at all


@dataclass(frozen=True)
class Trial:
    """A person before the wall, as both see it; `swayed`: the guide is green as soon as the person sways a little."""

    stand: Stand
    phone: Seen
    server: Report
    swayed: bool = False

    @property
    def passes(self) -> bool:
        """The server does not refuse it."""
        return self.server.verdict is not Verdict.REFUSE

    @property
    def refused(self) -> list[str]:
        """The checks for which the server refuses it."""
        return [each.check for each in self.server.findings if each.verdict is Verdict.REFUSE]

    @property
    def bad(self) -> list[str]:
        """The checks for which the phone says after the shutter that it will be refused."""
        return [check for check, each in self.phone.findings.items() if each["verdict"] == "refuse"]


@dataclass
class Trials:
    """All of them, and how many could not be tried, by reason."""

    done: list[Trial] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Try, print, keep."""
    asked = argparse.ArgumentParser(prog="python -m bench.accuracy.eye", description=__doc__)
    asked.add_argument("--every", type=int, default=1, metavar="N", help="of the folder, every Nth picture")
    asked.add_argument("--keep", action="store_true", help=f"keep the figures in {KEPT.name}")
    given = asked.parse_args()
    people = [each for at, each in enumerate(sitters()) if each.enlarged or at % given.every == 0]
    with phone() as hand:
        found = figures(tried(hand, people))
    print(printed(found))
    if given.keep:
        kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
        KEPT.write_text(json.dumps({**kept, "now": found}, indent=1) + "\n")


def tried(
    hand: Phone,
    people: Iterable[Sitter],
    cameras: Sequence[Camera] = CAMERAS,
    distances: Sequence[float] = DISTANCES,
) -> Trials:
    """Everybody at every distance before every camera, as far as there are px for it."""
    trials = Trials()
    for sitter in people:
        try:
            sitter.cut.ends()
        except NotUsable as why:
            trials.left_out[str(why)] += 1
            continue
        trials.done += _before_all(hand, sitter, cameras, distances, trials.left_out)
        sitter.forget()
        print(".", end="", flush=True, file=sys.stderr)
    return trials


def _before_all(
    hand: Phone, sitter: Sitter, cameras: Sequence[Camera], distances: Sequence[float], left_out: Counter[str]
) -> Iterator[Trial]:
    those = cameras[:1] if sitter.enlarged else cameras  # more of them would tell nothing of px
    for stand in (Stand(sitter, camera, distance) for camera in those for distance in distances):
        try:
            body = jpeg(stand.image(), FRAME)
        except NotUsable as why:
            left_out[str(why)] += 1
            continue
        seen = hand.look(body, drawn=True)
        trial = Trial(stand, seen, inspect(seen.sent, "image/jpeg", PACK).report)
        yield replace(trial, swayed=trial.passes and not seen.green and _sways(hand, stand))


def _sways(hand: Phone, stand: Stand) -> bool:
    """Whether the guide is green a little nearer or further away, as far as there are px for it."""
    for by in SWAY:
        try:
            frame = replace(stand, sway=by).image()
        except NotUsable:
            continue
        if hand.look(jpeg(frame, FRAME), drawn=True).green:
            return True
    return False


if __name__ == "__main__":
    main()
