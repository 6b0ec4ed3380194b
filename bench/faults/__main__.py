"""`python -m bench.faults [TABLE…] [--only NAME…] [--mode MODE] [--way WAY] [--root FOLDER] [--quick]`.

Runs the drivers, prints each table beside the figures of the old code (`old.json`), writes bench/results/. Exits with 1
when a figure misses what is wanted.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.base.clock import SystemClock
from bench.faults.findings import FULL, MODES, QUICK, WAYS, Counts, Driver
from bench.faults.place import Place
from bench.table import Figure, Row, Table
from tests.e2e.world import ROOT

RESULTS = Path(__file__).parents[1] / "results"
OLD = Path(__file__).with_name("old.json")
TABLES = {
    "strangers": ("sockets", "bodies", "heads", "logins", "siege"),
    "ours": ("disk", "workers", "database", "upkeep"),
    "guessing": ("guessing", "leaving"),
    "rerun": ("kills", "mutations"),
}
TITLES = {"strangers": "strangers", "ours": "our faults", "guessing": "guessing", "rerun": "what held before"}
Figures = dict[str, float]


@dataclass(frozen=True)
class Wanted:
    """What is asked for on the command line."""

    only: Sequence[str]
    modes: Sequence[str]
    ways: Sequence[str]
    root: Path
    counts: Counts


def drivers(table: str) -> list[Driver]:
    """Of that table, in order."""
    return [driver for name in TABLES[table] for driver in import_module(f"bench.faults.{name}").DRIVERS]


def measured(driver: Driver, wanted: Wanted, mode: str, way: str) -> Mapping[str, float]:
    """Its figures in one mode and one way, from a server of its own; none when the driver itself fails."""
    with tempfile.TemporaryDirectory(prefix="faults") as folder:
        place = Place(Path(folder), mode, way, wanted.root, **driver.settings)
        try:
            return driver.run(place.start(), wanted.counts)
        except Exception as error:
            print(f"  {driver.name}, {mode}, {way}: {type(error).__name__}: {str(error)[:300]}", flush=True)
            return {}
        finally:
            place.stop()


def rows_of(driver: Driver, figures: Figures, old: Figures) -> list[Row]:
    """One row for each finding, mode and way that was measured."""
    return [
        Row(
            f"{finding.what} · {mode}{' · nginx' if way == 'nginx' else ''}",
            _figure(figures[key], finding.unit),
            _figure(old[key], finding.unit) if key in old else None,
            most=finding.most,
            least=finding.least,
        )
        for finding in driver.findings
        for mode in MODES
        for way in finding.ways
        if (key := f"{driver.name}.{finding.key}.{mode}.{way}") in figures
    ]


def _figure(value: float, unit: str) -> Figure:
    return Figure(unit, (value,), digits=0 if float(value).is_integer() or value >= 100 else 1)


def run(table: str, wanted: Wanted, old: Figures) -> tuple[Table, Figures]:
    """All its drivers."""
    figures, rows = Figures(), list[Row]()
    for driver in drivers(table):
        if wanted.only and driver.name not in wanted.only:
            continue
        for mode in (each for each in wanted.modes if each in driver.modes):
            for way in (each for each in wanted.ways if each in driver.ways):
                found = measured(driver, wanted, mode, way)
                figures |= {
                    f"{driver.name}.{finding.key}.{mode}.{way}": found.get(finding.key, math.nan)
                    for finding in driver.findings
                }
                print(f"  {driver.name}, {mode}, {way}: {dict(found)}", flush=True)
        rows += rows_of(driver, figures, old)
    return Table(TITLES[table], "the code before, on the same machine (bench/faults/old.json)", rows), figures


def main() -> int:
    """Measure what was asked for, else all but the reruns."""
    asked = _asked()
    old = json.loads(OLD.read_text())["figures"] if OLD.exists() else {}
    wanted = Wanted(
        asked.only, asked.mode or MODES, asked.way or WAYS, asked.root.resolve(), QUICK if asked.quick else FULL
    )
    missed = 0
    for name in asked.tables or [table for table in TABLES if table != "rerun"]:
        load = os.getloadavg()[0]
        table, figures = run(name, wanted, old)
        if not table.rows:
            continue
        print(f"\n{table}\nload at the start {load:.1f}\n", flush=True)
        missed += sum(row.met is False for row in table.rows)
        around: dict[str, str | float] = {
            "at": SystemClock().now().isoformat(),
            "load": load,
            "commit": _commit(wanted.root),
        }
        RESULTS.mkdir(exist_ok=True)
        written = json.dumps(table.plain() | around | {"figures": figures}, indent=1, ensure_ascii=False)
        (RESULTS / f"faults-{name}.json").write_text(written + "\n")
        if asked.keep_as_old:
            _keep(figures, around)
    print(f"{missed} figures miss what is wanted" if missed else "every figure is as wanted")
    return 1 if missed else 0


def _asked() -> argparse.Namespace:
    given = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    given.add_argument("tables", nargs="*", metavar="TABLE", choices=[*TABLES, []], help=", ".join(TABLES))
    given.add_argument("--only", action="append", default=[], metavar="NAME", help="only this driver; may be repeated")
    given.add_argument("--mode", action="append", choices=MODES)
    given.add_argument("--way", action="append", choices=WAYS)
    given.add_argument("--root", type=Path, default=ROOT, help="another checkout, whose server is tried")
    given.add_argument("--quick", action="store_true", help="small counts: whether the drivers work")
    given.add_argument("--keep-as-old", action="store_true", help="keep the figures as those of the old code")
    return given.parse_args()


def _keep(figures: Figures, around: Mapping[str, str | float]) -> None:
    before = json.loads(OLD.read_text()) if OLD.exists() else {"figures": {}}
    kept = {key: value for key, value in figures.items() if not math.isnan(value)}
    whole = {**around, "figures": dict(sorted((before["figures"] | kept).items()))}
    OLD.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")


def _commit(root: Path) -> str:
    return subprocess.run(
        ["git", "-C", str(root), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
