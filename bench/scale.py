"""How much is measured: everything that grows with the patience of whoever waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Counts of one `python -m bench`. Aims are only meant at full scale."""

    runs: int  # the median of so many is what counts; fewer where they would take too long
    shots: int  # pictures of one run of `latency`
    crowd: int  # other desktops that are connected meanwhile
    phones: int  # that send at once
    pictures: int  # that each of them sends
    many: int  # desktops on one process, past the trap at 1,024
    admitted: int  # MAX_SOCKETS where the limit is tried
    visits: int  # times that the phone's page is opened
    applications: int  # that the offices have, in `queue`
    cases: int  # that have a season behind them, in `statistics`
    imported: int  # candidates of a list, in `imports`
    exported: int  # photos in one ZIP, in `exports`

    def within(self, seconds: float) -> Iterator[int]:
        """The runs, 0, 1, …, as long as the next one is likely to end in time; always the first."""
        began = time.monotonic()
        for done in range(self.runs):
            if done and (time.monotonic() - began) * (done + 1) / done > seconds:
                return
            yield done


FULL = Scale(
    runs=5,
    shots=100,
    crowd=1000,
    phones=8,
    pictures=8,
    many=2000,
    admitted=50,
    visits=3,
    applications=100_000,
    cases=40_000,
    imported=300_000,
    exported=100_000,
)
QUICK = Scale(
    runs=1,
    shots=4,
    crowd=20,
    phones=4,
    pictures=2,
    many=60,
    admitted=5,
    visits=1,
    applications=2_000,
    imported=2_000,
    cases=500,
    exported=200,
)
