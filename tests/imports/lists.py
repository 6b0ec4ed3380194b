"""Lists as examination offices have them, and an import of one in this process."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import dbf
import xlsxwriter

from app.identity.actor_rules import Actor
from app.imports.import_actions import Order, WrongRows, carry_out
from app.imports.kind_actions import Kinds
from app.imports.layout_rules import Layout, layouts_of
from app.imports.readers.file_source import FileSource
from app.imports.report_rules import ImportReport
from app.imports.row_rules import BadFile
from app.jobs import actions
from app.jobs.runner import Running
from app.slices import SLICES
from tests.world import World

Given: TypeAlias = Any  # text, a number, a date
Line = Mapping[str, Given]
LAYOUTS = layouts_of()
KINDS = Kinds(SLICES).every
CHECKS = "10X98765432"


def id_number(number: int, county: str = "440104") -> str:
    """A resident ID number that is well-formed; its sequence may be 000, which is never issued."""
    body = f"{county}{1980 + number % 25}{1 + number % 12:02d}{1 + number % 28:02d}000"
    return body + CHECKS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) % 11]


def line(kind: str, /, **fields: Given) -> dict[str, Given]:
    """A row by field: the layout's own example, but for what is given."""
    return {column.field: column.example for column in LAYOUTS[kind].columns} | fields


def person(number: int, **fields: Given) -> dict[str, Given]:
    """A row of 考生, of somebody else for each number."""
    own = id_number(number)
    born = f"{own[6:10]}-{own[10:12]}-{own[12:14]}"
    usual = {"exam_number": f"0101{number:08d}", "id_number": own, "born_on": born, "initial_password": ""}
    return line("candidates", **{**usual, **fields})


def table(layout: Layout, lines: Iterable[Line], fields: Sequence[str] | None = None) -> list[list[Given]]:
    """Headings and rows, of all columns or of these."""
    columns = [column for column in layout.columns if fields is None or column.field in fields]
    return [[column.headings[0] for column in columns], *([row.get(c.field, "") for c in columns] for row in lines)]


def as_csv(rows: Sequence[Sequence[Given]], encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(*sheets: Sequence[Sequence[Given]], merged: str = "") -> bytes:
    """A workbook; numbers and dates are stored as such."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif isinstance(cell, float | int):
                        sheet.write_number(at, place, cell)
                    else:
                        sheet.write_string(at, place, cell)
            if merged:
                sheet.merge_range(merged, "合并")
    return out.getvalue()


def as_dbf(folder: Path, fields: Mapping[str, str], lines: Sequence[Sequence[str]]) -> bytes:
    """By the library, as others write it: name → its type and width, such as C(18)."""
    file = folder / "list.dbf"
    made = dbf.Table(str(file), "; ".join(f"{name} {kind}" for name, kind in fields.items()), codepage="cp936")
    made.open(dbf.READ_WRITE)
    for each in lines:
        made.append(tuple(each))
    made.close()
    return file.read_bytes()


def running(world: World) -> Running:
    """A job that this process has begun."""
    with world.dependencies.db.writing() as db:
        job = actions.ask(db, "import", {}, None, world.clock.now())
        assert actions.begin(db, job, world.clock.now())
    return Running(job, world.dependencies.db, world.clock, threading.Event())


def bring(
    world: World, kind: str, body: bytes, *, write: bool = True, drop_wrong: bool = False, actor: Actor | None = None
) -> ImportReport:
    """Import a file; the report, also of one with wrong rows. Raises BadFile."""
    job, layout = running(world), LAYOUTS[kind]
    order = Order(write, drop_wrong, "a test", actor)
    try:
        return carry_out(
            job, KINDS[kind], layout, FileSource(lambda: io.BytesIO(body), layout, LAYOUTS.values()), order
        )
    except WrongRows as error:
        return error.report
    finally:
        with world.dependencies.db.writing() as db:
            actions.finish(db, job.job, {}, world.clock.now())


def refusal(world: World, kind: str, body: bytes) -> str:
    """What is said about a file that cannot be imported at all."""
    try:
        bring(world, kind, body)
    except BadFile as error:
        return error.text % error.facts if error.facts else error.text
    raise AssertionError("it was taken")


def found(report: ImportReport) -> list[tuple[int, str, str]]:
    """Row, heading and words of everything that is wrong."""
    return [(each.place, each.heading, each.text % each.facts if each.facts else each.text) for each in report.findings]
