"""What `flask import` says: in Chinese where the terminal's language is Chinese, else in English."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.catalogue import english
from app.base.json_values import Json
from app.imports.report_rules import CaseChange, ImportReport

SHOWN = 20  # findings and cases on the terminal


def say(text: str, **facts: Json) -> str:
    """A text of ours."""
    words = text if os.environ.get("LANG", "").startswith("zh") else english(text)
    return words % facts if facts else words


def show(report: ImportReport) -> None:
    """Counts, mistakes, cases. What stands in a file is never read as markup."""
    console = Console(highlight=False, markup=False)
    counts = report.counts
    console.print(" · ".join(f"{name} {counts[name]:,}" for name in counts if counts[name] or name == "wrong"))
    if report.findings:
        table = Table("row", "column", "what is wrong")
        for each in report.findings[:SHOWN]:
            table.add_row(str(each.place), Text(each.heading), Text(say(each.text, **each.facts)))
        console.print(table)
        more = sum(report.problems.values()) - SHOWN
        if more > 0:
            console.print(f"… and {more:,} more; --errors FILE writes the first thousand")
    for case in report.cases[:SHOWN]:
        console.print(_case(case), soft_wrap=True)
    more = report.touched - SHOWN
    if more > 0:
        console.print(f"… and {more:,} more cases")


def _case(case: CaseChange) -> str:
    """Who, where it stands, what changes, what follows."""
    label = say(STATUSES[Status(case.status)].label)
    changes = [f"{say(words)} {before} → {after}" for words, (before, after) in case.changes.items()]
    return f"{' · '.join([f'{case.exam_number} {case.name}', label, *changes])}: {say(case.text)}"


def write_errors(report: ImportReport, path: Path) -> None:
    """All that the report has, as csv."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "column", "what is wrong"])
        writer.writerows([each.place, each.heading, say(each.text, **each.facts)] for each in report.findings)
