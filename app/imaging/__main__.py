"""`python -m app.imaging [--pack NAME] FILE…`: the same as `flask inspect`, without the application.

Prints one JSON report a line. Exits with 0 when all files could be read, else with 2.
"""

from __future__ import annotations

from app.imaging.commands import inspect


def main() -> None:
    """Run the command and exit."""
    inspect(prog_name="python -m app.imaging")


if __name__ == "__main__":
    main()
