"""`python -m bench.accuracy [--quick]`: break good portraits, inspect them, write docs/accuracy.md."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.accuracy.agreement import agreement
from bench.accuracy.faults import ALL
from bench.accuracy.page import page
from bench.accuracy.portraits import good
from bench.accuracy.trials import tried, unbroken

PAGE = Path("docs/accuracy.md")


def main() -> None:
    """Everything; `--quick` takes one variant of each face, mirrored or not, and only prints, as it shows no rates."""
    asked = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="two portraits of each face, printed and not kept")
    quick = asked.parse_args().quick
    began = time.monotonic()
    bases = unbroken(good()[:: 4 if quick else 1])
    done = [tried(fault, bases, tell) for fault in ALL]
    text = page(bases, done, agreement([base.good for base in bases]))
    if quick:
        print(text)
    else:
        PAGE.write_text(text)
    pictures = sum(len(each.trials) for each in done) + len(bases)
    print(f"\n{pictures} pictures, {time.monotonic() - began:.0f} s", file=sys.stderr)


def tell() -> None:
    """A dot for each level."""
    print(".", end="", flush=True, file=sys.stderr)


if __name__ == "__main__":
    main()
