"""`flask inspect`: the same report that the phone gets, on the command line. Needs no database and no secret."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from app.portrait import gate
from app.portrait.inspect import LocalInspector, unreadable
from app.portrait.pack import DEFAULT, names
from app.portrait.report import Inspection


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--pack", "pack", default=DEFAULT, show_default=True, type=click.Choice(names()), help="Rules to apply.")
@click.pass_context
def inspect(context: click.Context, files: tuple[Path, ...], pack: str) -> None:
    """Report on pictures, one JSON line for each FILE. Exits with 2 when one cannot be read."""
    all_readable = True
    with closing(LocalInspector(1, 0, pack)) as inspector:
        for file in files:
            done = _inspect(inspector, file)
            all_readable &= done.readable
            click.echo(json.dumps(_line(file, done), ensure_ascii=False))
    context.exit(0 if all_readable else 2)


def _inspect(inspector: LocalInspector, file: Path) -> Inspection:
    """The type is what the bytes say, as a file declares none."""
    try:
        body = file.read_bytes()
    except OSError as error:
        click.echo(f"{file}: {error.strerror}", err=True)
        return unreadable(b"", "damaged", inspector.pack)
    kind = gate.kind_of(body)
    return inspector.inspect(body, kind) if kind else unreadable(body, "kind", inspector.pack)


def _line(file: Path, done: Inspection) -> dict[str, Any]:
    report = done.report.as_dict()
    return {"file": str(file), "pack": report["pack"], "verdict": report["verdict"], "findings": report["findings"]}
