"""How much is measured: everything that grows with the patience of whoever waits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Counts of one `python -m bench`. Aims are only meant at full scale."""

    runs: int  # the median of so many is what counts
    shots: int  # pictures of one run of `latency`
    crowd: int  # other desktops that are connected meanwhile
    phones: int  # that send at once
    pictures: int  # that each of them sends
    many: int  # desktops on one process, past the trap at 1,024
    admitted: int  # MAX_SOCKETS where the limit is tried
    visits: int  # times that the phone's page is opened


FULL = Scale(runs=5, shots=100, crowd=1000, phones=8, pictures=8, many=2000, admitted=50, visits=3)
QUICK = Scale(runs=1, shots=4, crowd=20, phones=4, pictures=2, many=60, admitted=5, visits=1)
