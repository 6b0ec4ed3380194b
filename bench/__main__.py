"""`python -m bench [NAME…] [--quick]`: measure, print the tables, write them to bench/results/NAME.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from app.base.clock import SystemClock
from bench.scale import FULL, QUICK, Scale
from bench.table import Table

RESULTS = Path(__file__).with_name("results")
NAMES = (
    "latency",
    "throughput",
    "memory",
    "sockets",
    "page",
    "guide",
    "refusal",
    "inspection",
    "queue",
    "statistics",
    "imports",
    "exports",
)


def main() -> None:
    """Measure what was asked for, else everything."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    asked.add_argument("--quick", action="store_true", help="small counts: whether it works, not how fast it is")
    asked.add_argument("--scale", type=int, metavar="N", help="so many people in `imports` and `exports`")
    given = asked.parse_args()
    if unknown := set(given.names) - set(NAMES):
        asked.error(f"there is no table {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    print(f"{platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    scale = QUICK if given.quick else FULL
    for name in given.names or NAMES:
        report(name, replace(scale, imported=given.scale, exported=given.scale) if given.scale else scale)


def report(name: str, scale: Scale, folder: Path = RESULTS) -> None:
    """Measure one table, print it, keep it."""
    began, load = time.monotonic(), os.getloadavg()[0]
    table: Table = import_module(f"bench.{name}").measure(scale)
    print(table, flush=True)
    print(f"{time.monotonic() - began:.0f} s, load at the start {load:.1f}\n", flush=True)
    around = {"at": SystemClock().now().isoformat(), "cores": os.cpu_count(), "load": load, "quick": scale == QUICK}
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(table.plain() | around, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
