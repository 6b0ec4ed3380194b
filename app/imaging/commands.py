"""The commands `inspect` (also `python -m app.imaging`) and `packs`. They need no database and no settings."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from app.base.escaping import plain
from app.base.json_values import Json
from app.imaging.inspect import LocalInspector, unreadable
from app.imaging.intake import gate
from app.imaging.packs.pack import DEFAULT, load, names
from app.imaging.packs.pack_schema import CheckRule
from app.imaging.report import Inspection


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
            click.echo(plain(json.dumps(_line(file, done), ensure_ascii=False)))
    context.exit(0 if all_readable else 2)


def _inspect(inspector: LocalInspector, file: Path) -> Inspection:
    """The inspection of a file, whose type is taken from its bytes."""
    try:
        body = file.read_bytes()
    except OSError as error:
        click.echo(plain(f"{file}: {error.strerror}"), err=True)
        return unreadable(b"", "damaged", inspector.pack)
    kind = gate.kind_of(body)
    return inspector.inspect(body, kind) if kind else unreadable(body, "kind", inspector.pack)


def _line(file: Path, done: Inspection) -> dict[str, Json]:
    report = done.report.as_dict()
    return {"file": str(file), "pack": report["pack"], "verdict": report["verdict"], "findings": report["findings"]}


@click.command("packs")
@click.argument("wanted", metavar="[NAME]...", nargs=-1, type=click.Choice(names()))
def packs(wanted: tuple[str, ...]) -> None:
    """List the rule packs and explain each rule: limits, strongest verdict, source, advice."""
    for name in wanted or names():
        pack = load(name)
        default = ", the default" if name == DEFAULT else ""
        parent = f", inherits {pack.inherits}" if pack.inherits else ""
        click.echo(f"{name} {pack.version} {pack.title.zh} · {pack.title.en}{parent}{default}\n  sha256 {pack.hash}")
        for check, rule in sorted(pack.checks.items()):
            click.echo(_explained(check, rule))


def _explained(check: str, rule: CheckRule) -> str:
    limits = " to ".join("…" if limit is None else f"{limit:g}" for limit in rule.limits)
    measured = "" if rule.limits == (None, None) else f"  {limits} {rule.unit}"
    advice = [f"    {direction}: {words.zh} {words.en}" for direction, words in rule.advice.items()]
    head = f"  {check}{measured}  ({rule.severity}; phone: {rule.phone})"
    return "\n".join([head, f"    source: {rule.source}", *advice])
